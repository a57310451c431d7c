// Requests from one agent what holds its program's memory.
import type { Holders } from '../../model/lines/holders.ts';
import type { Agent, AgentOutcome, AgentTrouble } from './agent.ts';
import { checkGrowingContainers, checkSampleHeap } from './leak-line-replies.ts';

export interface WatchOptions {
  readonly seconds: number;
  /** Whether the allocating lines are wanted too. In Python they are expensive. */
  readonly wantsLines: boolean;
}

/** Milliseconds beyond the requested seconds: finding the containers may pause the program for long. */
const SURVEY_TIMEOUT = 120_000;

/** Watches one program for some seconds. Both answers cover the same seconds; one of them is enough. */
export async function watchHolders(
  agent: Agent,
  { seconds, wantsLines }: WatchOptions,
): Promise<AgentOutcome<Holders>> {
  const greeted = await agent.greet();
  if (greeted !== undefined) return { trouble: greeted };
  const missing = missingFrom(agent);
  if (missing !== undefined) return { trouble: missing };
  const timeout = seconds * 1000 + SURVEY_TIMEOUT;
  const [grown, sampled] = await Promise.all([
    agent.request('growingContainers', { seconds }, checkGrowingContainers, timeout),
    wantsLines ? agent.request('sampleHeap', { seconds }, checkSampleHeap, timeout) : undefined,
  ]);
  if ('trouble' in grown && (sampled === undefined || 'trouble' in sampled)) return grown;
  const reported = 'value' in grown ? grown.value : undefined;
  const lines = sampled !== undefined && 'value' in sampled ? sampled.value : undefined;
  const troubles = [grown, sampled].map((answer) =>
    answer !== undefined && 'trouble' in answer ? answer.trouble.sentence : undefined,
  );
  return {
    value: {
      pid: agent.found.pid,
      runtime: agent.hello?.runtime ?? 'node',
      seconds: reported?.seconds ?? lines?.seconds ?? seconds,
      ...(reported?.pauseMs !== undefined && { pauseMs: reported.pauseMs }),
      ...(reported !== undefined && { containers: reported.containers }),
      ...(lines !== undefined && { lines: lines.lines }),
      ...(lines?.bytes !== undefined && { bytes: lines.bytes }),
      notes: [reported?.note, lines?.note, ...troubles].filter((note) => note !== undefined),
    },
  };
}

/** An agent of an earlier version knows no such request; one in a program without an inspector cannot carry it out. */
function missingFrom({ hello }: Agent): AgentTrouble | undefined {
  const can = hello?.capabilities ?? [];
  if (can.includes('growingContainers') || can.includes('sampleHeap')) return undefined;
  const isOld = hello?.runtime === 'python' || can.includes('workers');
  return {
    kind: 'error',
    sentence: isOld
      ? 'Its agent is older than this memtop and cannot name what holds memory: start the program again with memtop run.'
      : 'This program does not allow an inspector, which is needed to name what holds its memory. Run it without --permission, or with --allow-inspector.',
  };
}
