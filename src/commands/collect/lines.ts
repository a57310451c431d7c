// `memtop collect --lines`: watches programs for a while, and names what holds their memory.
import type { Agent } from '../../agent/client/agent.ts';
import { watchHolders } from '../../agent/client/leak-lines.ts';
import { checkStats } from '../../agent/client/replies.ts';
import type { Stats } from '../../agent/protocol/protocol.ts';
import type { Context } from '../../cli/context.ts';
import type { Request } from '../../cli/request.ts';
import { UserError } from '../../errors/user-error.ts';
import { formatHoldersJson } from '../../formats/holders-json.ts';
import { type Workload, workloadText } from '../../model/collection/pause.ts';
import { holderLines } from '../../model/lines/holder-lines.ts';
import { expectedSurvey, isLongSurvey, surveyObjection } from '../../model/lines/survey-cost.ts';
import { withSampler } from '../../sampling/samplers.ts';
import { formatInterval } from '../../text/format.ts';
import type { CollectRequest } from './collect-request.ts';
import { headroomOf } from './snapshot.ts';

/** The request to one process. */
interface LinesJob {
  readonly agent: Agent;
  readonly collectRequest: CollectRequest;
  readonly context: Context;
  readonly settings: Request['settings'];
  readonly signal: AbortSignal;
}

/** The note where Python's lines were not requested. */
const LINES_ARE_DEAR =
  'Lines of Python code need tracemalloc, which can slow allocation up to 10 times. Add --yes to do it anyway.';

/**
 * Names what holds the memory of one process. Settles with whether there was an answer.
 *
 * @param name of the process, cleaned
 * @throws UserError without `--yes` when the program would be stopped for long, or may not have the memory for it
 */
export async function nameHolders(job: LinesJob, name: string): Promise<boolean> {
  const { agent, collectRequest, context, settings } = job;
  const seconds = Math.round((collectRequest.lines ?? 0) / 1000);
  if (!collectRequest.yes) await refuseHarm(job, name);
  context.warn(`${name} (${agent.found.pid}): watching for ${formatInterval(seconds * 1000)}`);
  const wantsLines = collectRequest.yes || agent.hello?.runtime !== 'python';
  const watched = await untilAborted(watchHolders(agent, { seconds, wantsLines }), job.signal);
  if (watched === undefined) return false;
  if ('trouble' in watched) {
    context.warn(`${name} (${agent.found.pid}): ${watched.trouble.sentence}`);
    return false;
  }
  const holders = wantsLines ? watched.value : { ...watched.value, notes: [...watched.value.notes, LINES_ARE_DEAR] };
  const style = { ascii: settings.ascii, width: context.terminalWidth() };
  await context.print(
    collectRequest.json ? formatHoldersJson(holders) : `${holderLines(holders, name, style).join('\n')}\n`,
  );
  return true;
}

/** Ctrl-C disconnects, which makes the agent stop. */
function untilAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value | undefined> {
  return new Promise((resolve, reject) => {
    const end = () => resolve(undefined);
    if (signal.aborted) return end();
    signal.addEventListener('abort', end);
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', end));
  });
}

/** The work of a collection, or of a search for containers, in an agent's program. */
export function workloadOf({ hello }: Agent, { heapUsed, rss, blocks }: Stats): Workload {
  return { runtime: hello?.runtime ?? 'node', bytes: heapUsed ?? rss, blocks };
}

async function refuseHarm({ agent, settings, signal }: LinesJob, name: string): Promise<void> {
  const stats = await agent.request('stats', {}, checkStats);
  if ('trouble' in stats) return;
  const work = workloadOf(agent, stats.value);
  const next = 'Add --yes to do it anyway.';
  if (isLongSurvey(work)) {
    const { from, to } = expectedSurvey(work);
    throw new UserError(
      `${name} (${agent.found.pid}) holds ${workloadText(work)}: finding its containers would pause it for about ` +
        `${(from / 1000).toFixed(1)} to ${(to / 1000).toFixed(1)} s.`,
      next,
    );
  }
  if (work.runtime !== 'node') return;
  const headroom = await withSampler(settings, (sampler) => headroomOf(agent.found.pid, sampler, signal));
  const objection = surveyObjection(work.bytes, headroom);
  if (objection !== undefined) throw new UserError(`${name} (${agent.found.pid}): ${objection}`, next);
}
