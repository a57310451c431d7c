// `memtop collect`: makes instrumented processes collect, and reports the verdict.
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Agent, AgentOutcome } from '../../agent/client/agent.ts';
import { collectFrom } from '../../agent/client/collect.ts';
import { runLeakTest } from '../../agent/client/leak-test.ts';
import { type Memory, memoryOf } from '../../agent/client/memory.ts';
import { type OpenedAgents, openAgents } from '../../agent/client/open-agents.ts';
import { checkStats } from '../../agent/client/replies.ts';
import type { Context } from '../../cli/context.ts';
import type { ParsedWords } from '../../cli/flags.ts';
import type { Request } from '../../cli/request.ts';
import { UserError } from '../../errors/user-error.ts';
import {
  type FailedSnapshot,
  formatCollectionJson,
  type LeakReport,
  type WrittenSnapshot,
} from '../../formats/collection-json.ts';
import type { Collection } from '../../model/collection/collection.ts';
import { leakLines, testLeak } from '../../model/collection/leak-report.ts';
import { expectedPause, isLongPause, workloadText } from '../../model/collection/pause.ts';
import { collectionLines } from '../../model/collection/report.ts';
import { Label } from '../../model/rows/label.ts';
import type { Process } from '../../model/snapshot/snapshot.ts';
import { withSampler } from '../../sampling/samplers.ts';
import { formatInterval, formatSize } from '../../text/format.ts';
import { type CollectRequest, readCollectRequest } from './collect-request.ts';
import { nameHolders, workloadOf } from './lines.ts';
import { headroomOf, writeSnapshot } from './snapshot.ts';
import { chooseTargets, type Targets } from './targets.ts';

/** The request to one process, and how its answer is reported. */
interface Job {
  readonly process: Process;
  readonly agent: Agent;
  readonly collectRequest: CollectRequest;
  readonly opened: OpenedAgents;
  readonly context: Context;
  readonly settings: Request['settings'];
  readonly signal: AbortSignal;
  /** Its memory before memtop attached to it. */
  readonly memoryBefore?: Memory;
}

/**
 * Collects in the processes that were named. Settles with 0, with 1 when none answered, a requested heap snapshot
 * was not written, or a leak test has another verdict than "no leak", or with 128 and the number of the signal that ended it.
 *
 * @throws UserError for wrong usage, and for a long pause without `--yes`
 */
export async function runCollect(
  request: Request,
  context: Context,
  flags: ParsedWords['flags'],
  words: readonly string[],
): Promise<number> {
  const { environment, platform } = context;
  const collectRequest = readCollectRequest(flags, (path) => resolve(path));
  const opened = openAgents({ environment, platform, mayRemove: true });
  try {
    return await context.untilSignal(async (signal) => {
      const targets = await chooseTargets(request, { words, collectRequest }, opened, { environment, signal });
      if ('sentences' in targets) {
        for (const sentence of targets.sentences) context.warn(sentence);
        if (!signal.aborted) await warnOfInspector(targets, context);
        return 1;
      }
      const jobs = targets.chosen.map((target) => ({
        ...{ ...target, collectRequest, opened, context, signal },
        settings: request.settings,
      }));
      if (!collectRequest.yes && collectRequest.lines === undefined) for (const job of jobs) await warnOfPause(job);
      const answers = await Promise.all(jobs.map(collectRequest.lines === undefined ? perform : holders));
      if (!signal.aborted) await warnOfInspector(targets, context);
      return answers.includes('well') && !answers.includes('leak') && !answers.includes('unwritten') ? 0 : 1;
    });
  } finally {
    opened.agents.close();
  }
}

/** Milliseconds for the inspector to be closed, after which the process that closes it continues on its own. */
const CLOSED_WITHIN = 5000;

/** Waits until the inspector that attaching opened is closed, and warns where it is not. */
async function warnOfInspector({ settled }: Targets, context: Context): Promise<void> {
  if (settled === undefined) return;
  const warning = await Promise.race([settled, pause(CLOSED_WITHIN, undefined)]);
  if (warning !== undefined) context.warn(warning);
}

/** @throws UserError when the program would be stopped for long */
async function warnOfPause({ agent, collectRequest, process }: Job): Promise<void> {
  const stats = await agent.request('stats', {}, checkStats);
  if ('trouble' in stats) return;
  const work = workloadOf(agent, stats.value);
  if (!isLongPause(collectRequest.level, work)) return;
  const { from, to } = expectedPause(collectRequest.level, work);
  throw new UserError(
    `${nameOf(process)} (${process.who.pid}) holds ${workloadText(work)}: collecting would pause it for about ` +
      `${(from / 1000).toFixed(1)} to ${(to / 1000).toFixed(1)} s.`,
    'Add --yes to collect anyway.',
  );
}

async function perform(job: Job): Promise<'well' | 'leak' | 'unwritten' | 'nothing'> {
  const { agent, collectRequest, opened, context, signal, process, memoryBefore } = job;
  const memory = (pid: number) => memoryOf(opened.processes, pid);
  const options = { level: collectRequest.level, memory, signal, ...(memoryBefore !== undefined && { memoryBefore }) };
  const collected: AgentOutcome<{ last: Collection; leak?: LeakReport }> =
    collectRequest.repeat === undefined
      ? await once(collectFrom(agent, options))
      : await leakTest(job, { ...options, ...collectRequest.repeat });
  if ('trouble' in collected) {
    context.warn(`${nameOf(process)} (${process.who.pid}): ${collected.trouble.sentence}`);
    return 'nothing';
  }
  const { last, leak } = collected.value;
  const { heapSnapshot } = collectRequest;
  const snapshot = heapSnapshot === undefined ? undefined : await snapshotOf(job, heapSnapshot, last.after.heapUsed);
  await context.print(
    collectRequest.json ? formatCollectionJson(last, leak, snapshot) : inWords(job, last, leak, snapshot),
  );
  if (snapshot !== undefined && 'error' in snapshot) return 'unwritten';
  return leak === undefined || leak.test.verdict === 'no-leak' ? 'well' : 'leak';
}

async function holders(job: Job): Promise<'well' | 'nothing'> {
  return (await nameHolders(job, nameOf(job.process))) ? 'well' : 'nothing';
}

async function once(collecting: Promise<AgentOutcome<Collection>>): Promise<AgentOutcome<{ last: Collection }>> {
  const collected = await collecting;
  return 'trouble' in collected ? collected : { value: { last: collected.value } };
}

async function leakTest(
  { agent, context, process }: Job,
  options: Parameters<typeof runLeakTest>[1],
): Promise<AgentOutcome<{ last: Collection; leak: LeakReport }>> {
  const { times, every } = options;
  const run = await runLeakTest(agent, {
    ...options,
    onFloor: ({ heapUsed, external = 0, leastHeld, workers = 0, inUse, rss }, floors) => {
      const held = inUse ?? (heapUsed === undefined ? undefined : (leastHeld ?? heapUsed + external) + workers);
      const heap = held === undefined ? '' : `${formatSize(held)} ${inUse === undefined ? 'held' : 'in use'}, `;
      const next = floors.length < times ? `, the next in ${formatInterval(every)}` : '';
      context.warn(
        `${nameOf(process)} (${process.who.pid}): ${floors.length} of ${times}: ${heap}${formatSize(rss)} RSS${next}`,
      );
    },
  });
  if ('trouble' in run) return run;
  const { floors, last } = run.value;
  return { value: { last, leak: { floors, test: testLeak(floors) } } };
}

/** Requests the heap snapshot, and reports on stderr why it was not written. */
async function snapshotOf(
  { agent, collectRequest, context, process, settings, signal }: Job,
  directory: string,
  heapUsed: number | undefined,
): Promise<WrittenSnapshot | FailedSnapshot> {
  const headroom = () => withSampler(settings, (sampler) => headroomOf(process.who.pid, sampler, signal));
  const written = await writeSnapshot({ agent, directory, heapUsed, yes: collectRequest.yes, headroom });
  if ('error' in written)
    context.warn(`${nameOf(process)} (${process.who.pid}): no heap snapshot written. ${written.error}`);
  return written;
}

function inWords(job: Job, last: Collection, leak?: LeakReport, snapshot?: WrittenSnapshot | FailedSnapshot): string {
  const { context, process, settings } = job;
  const style = { ascii: settings.ascii, width: context.terminalWidth() };
  const lines =
    leak === undefined ? collectionLines(last, nameOf(process), style) : leakLines(leak, last, nameOf(process), style);
  if (snapshot !== undefined && 'error' in snapshot) {
    lines.push(`  Heap snapshot: not written. ${snapshot.error}`);
  } else if (snapshot !== undefined) {
    lines.push(
      `  Heap snapshot: ${snapshot.path} (${formatSize(snapshot.bytes)} in ${(snapshot.ms / 1000).toFixed(1)} s)`,
    );
  }
  return `${lines.join('\n')}\n`;
}

function nameOf(process: Process): string {
  return new Label(process.who).shortCommand;
}
