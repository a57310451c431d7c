// What acts on a process: asked first where it is more than a short pause.
import { expectedPause, LARGE_HEAP } from '../model/collection.ts';
import { formatSize } from '../model/format.ts';
import { heldBytes } from '../model/heap.ts';
import { keyOf, membersOf } from '../model/members.ts';
import type { Row } from '../model/tracker.ts';
import { runningOf, targetOf } from './collects.ts';
import type { Effect } from './effects.ts';
import type { State, Update } from './state.ts';

/** The level that shows an effect on current runtimes. */
const LEVEL = 'reclaim';

/** `c`: collects in the selected process, or says what stands in the way. */
export function askToCollect(state: State): Update {
  const row = processUnderCursor(state);
  if (row === undefined) return said(state, 'there is no process to collect in');
  if ('several' in row) return said(state, row.several);
  const target = targetOf(row);
  const { heap } = row.process;
  if (heap === undefined) {
    return said(state, `${target.name} (${target.pid}) has no agent: memtop run starts it with one, a attaches one`);
  }
  if (runningOf(state.collects, row.process) !== undefined) return said(state, 'it is being collected in already');
  if (isBatchRunning(state)) return said(state, BATCH_RUNS);
  const live = heldBytes(heap) ?? 0;
  const effect: Effect = { do: 'collect', target };
  if (live < LARGE_HEAP) return { state, effects: [effect] };
  const { from, to } = expectedPause(LEVEL, live);
  const seconds = `${(from / 1000).toFixed(1)}–${(to / 1000).toFixed(1)} s`;
  return asked(state, `${target.name} (${target.pid}) holds ${formatSize(live)}: stop it for ${seconds}?`, effect);
}

/** `a`: puts an agent into the selected process, after a warning. */
export function askToAttach(state: State): Update {
  const row = processUnderCursor(state);
  if (row === undefined) return said(state, 'there is no process to attach to');
  if ('several' in row) return said(state, row.several);
  const target = targetOf(row);
  if (row.process.heap !== undefined)
    return said(state, `${target.name} (${target.pid}) has an agent already: c collects`);
  if (isBatchRunning(state)) return said(state, BATCH_RUNS);
  return asked(state, `Attach to ${target.name} (${target.pid})? Its debugger opens for 30 ms`, {
    do: 'attach',
    target,
  });
}

/** One collect at a time is promised while all tagged are gone through. */
const BATCH_RUNS = 'all tagged are being collected in: wait for the end of it, or stop it by Esc';

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
  return { several: `${title} stands for ${members.length} processes: + opens it, then choose one` };
}

function said(state: State, notice: string): Update {
  return { state: { ...state, notice }, effects: [] };
}

function asked(state: State, question: string, effect: Effect): Update {
  return { state: { ...state, mode: { kind: 'confirm', question, effect } }, effects: [] };
}
