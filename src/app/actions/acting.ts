// Keys that act on a process: with a confirmation first where it costs more than a short pause.
import { expectedPause, LONG_PAUSE, type Pause, type Workload, workloadText } from '../../model/collection/pause.ts';
import type { Headroom } from '../../model/collection/snapshot-headroom.ts';
import { expectedSurvey, isLongSurvey, surveyShortage } from '../../model/lines/survey-cost.ts';
import { keyOf, membersOf } from '../../model/rows/members.ts';
import type { Row } from '../../model/rows/row.ts';
import { formatSize } from '../../text/format.ts';
import { runningOf, type Target, targetOf } from '../state/collects.ts';
import type { Effect } from '../state/effects.ts';
import type { State, Update } from '../state/state.ts';

/** The level that has an effect on current runtimes. */
const LEVEL = 'reclaim';
/** The most processes for which a confirmation is remembered. */
const MOST_APPROVED = 1024;

/** `c`: collects in the selected process, or shows why that is not possible. */
export function askToCollect(state: State): Update {
  const found = withAgent(state, { toDo: 'collect in', doing: 'collecting in' });
  if ('refused' in found) return withNotice(state, found.refused);
  const { row, target } = found;
  const work = [workloadIn(row)];
  const effect: Effect = { do: 'collect', target };
  if (isApproved(state, target) && !isLong(work)) return { state, effects: [effect] };
  return withQuestion(state, `Collect in ${target.name} (${target.pid})? It pauses ${pauseText(work)}`, effect);
}

/** The process under the cursor and its agent, which must be idle; or a sentence with what is missing. */
function withAgent(
  state: State,
  { toDo, doing }: { readonly toDo: string; readonly doing: string },
): { readonly row: Row; readonly target: Target } | { readonly refused: string } {
  const row = processUnderCursor(state);
  if (row === undefined) return { refused: `No process to ${toDo}` };
  if ('several' in row) return { refused: row.several };
  const target = targetOf(row);
  const named = `${target.name} (${target.pid})`;
  if (row.process.heap === undefined)
    return { refused: `${named} has no agent: start it with memtop run, or press a to attach one` };
  if (runningOf(state.collects, row.process) !== undefined) return { refused: `Already ${doing} ${named}` };
  return isBatchRunning(state) ? { refused: BATCH_RUNS } : { row, target };
}

/** The work of a collect in a process. */
export function workloadIn({ process: { heap, rss } }: Row): Workload {
  return heap?.runtime === 'python'
    ? { runtime: 'python', bytes: rss, blocks: heap.blocks }
    : { runtime: 'node', bytes: heap?.used ?? 0 };
}

/** Whether collects, one after the other, are forecast to stop a program for a second or more, all together. */
export function isLong(works: readonly Workload[]): boolean {
  return pauseOf(works).to >= LONG_PAUSE;
}

/** How long the programs will be stopped, as far as that can be estimated. */
export function pauseText(works: readonly Workload[]): string {
  const [only] = works;
  const { from, to } = pauseOf(works);
  if (to === 0) return 'while it collects';
  const [least, most] = [from / 1000, to / 1000].map((seconds) => seconds.toFixed(seconds < 1 ? 2 : 1));
  const bytes = works.reduce((sum, work) => sum + work.bytes, 0);
  const visited = only !== undefined && works.length === 1 ? workloadText(only) : formatSize(bytes);
  return `${least === most ? `about ${most}` : `${least}–${most}`} s (${visited} live)`;
}

function pauseOf(works: readonly Workload[]): Pause {
  const pauses = works.map((work) => expectedPause(LEVEL, work));
  const sum = (of: (pause: Pause) => number) => pauses.reduce((total, pause) => total + of(pause), 0);
  return { from: sum(({ from }) => from), to: sum(({ to }) => to) };
}

/** The state that remembers the user's consent to collect in these processes: a short pause needs no second confirmation. */
export function approved(state: State, targets: readonly Target[]): State {
  const keys = targets.map(keyOfTarget);
  return { ...state, approvedCollects: new Set([...state.approvedCollects, ...keys].slice(-MOST_APPROVED)) };
}

/** Whether the user has confirmed a collect in this process before. */
export function isApproved({ approvedCollects }: State, target: Target): boolean {
  return approvedCollects.has(keyOfTarget(target));
}

function keyOfTarget({ pid, startTime }: Target): string {
  return `${pid}@${startTime}`;
}

/** `l`: names what holds the memory of the selected process, after a confirmation that shows the cost. */
export function askToWatch(state: State): Update {
  const found = withAgent(state, { toDo: 'watch', doing: 'working on' });
  if ('refused' in found) return withNotice(state, found.refused);
  const { row, target } = found;
  return withQuestion(
    state,
    `Watch ${target.name} (${target.pid}) for 30 s? ${watchCost(row, headroomOf(state, row))}`,
    {
      do: 'lines',
      target,
    },
  );
}

/** What watching costs the program, the worst first: memory that may not be there, a pause, slower allocations. */
function watchCost(row: Row, headroom: Headroom): string {
  const work = workloadIn(row);
  const { from, to } = expectedSurvey(work);
  const pause = `It pauses ${(from / 1000).toFixed(1)}–${(to / 1000).toFixed(1)} s`;
  if (work.runtime === 'python') {
    return isLongSurvey(work) ? `${pause} and allocates up to 10x slower` : 'Allocating gets up to 10x slower';
  }
  const left = surveyShortage(work.bytes, headroom);
  return left === undefined
    ? `${pause} (${formatSize(work.bytes)} live)`
    : `May take ${formatSize(work.bytes)}, only ${formatSize(left)} left`;
}

/** The memory that a process of the table may still allocate. */
function headroomOf({ view }: State, { process: { cgroup } }: Row): Headroom {
  const { system, groups } = view?.snapshot ?? {};
  const own = groups?.find(({ path }) => path === cgroup)?.limit;
  return { available: system?.available, limit: own };
}

/** `a`: puts an agent into the selected process, after a warning. */
export function askToAttach(state: State): Update {
  const row = processUnderCursor(state);
  if (row === undefined) return withNotice(state, 'No process to attach to');
  if ('several' in row) return withNotice(state, row.several);
  const target = targetOf(row);
  if (row.process.heap !== undefined)
    return withNotice(state, `${target.name} (${target.pid}) has an agent already: press c to collect`);
  if (isBatchRunning(state)) return withNotice(state, BATCH_RUNS);
  return withQuestion(state, `Attach to ${target.name} (${target.pid})? Its debugger is open for about 30 ms`, {
    do: 'attach',
    target,
  });
}

/** Collects in the tagged processes run one at a time. */
const BATCH_RUNS = 'Collecting in all tagged processes: wait, or press Esc to stop';

function isBatchRunning({ collects: { batch } }: State): boolean {
  return batch !== undefined && batch.waiting.length > 0;
}

/** The one process that the selected row stands for, or a sentence where it stands for several. */
function processUnderCursor({ shown, cursor }: State): Row | { readonly several: string } | undefined {
  const row = shown[cursor];
  if (row === undefined) return undefined;
  const members = membersOf(row);
  const [only] = members;
  if (only !== undefined && members.length === 1 && (row.group !== undefined || keyOf(only) === keyOf(row)))
    return only;
  const title = row.group?.title ?? `${row.label.name} (${row.process.who.pid})`;
  return { several: `${title} stands for ${members.length} processes: press + to open it, then choose one` };
}

function withNotice(state: State, notice: string): Update {
  return { state: { ...state, notice }, effects: [] };
}

function withQuestion(state: State, question: string, effect: Effect): Update {
  return { state: { ...state, mode: { kind: 'confirm', question, effect } }, effects: [] };
}
