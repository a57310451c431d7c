// `C`: collects in all tagged processes, one after the other, never in two at the same time.

import { spaceIn } from '../layout/areas.ts';
import {
  type Batch,
  begunBatch,
  type CollectOutcome,
  ended,
  isSame,
  type Target,
  targetOf,
} from '../state/collects.ts';
import { PANE_END } from '../state/pane.ts';
import { only, type State, type Update } from '../state/state.ts';
import { isApproved, isLong, pauseText, workloadIn } from './acting.ts';
import { opened } from './pane-moves.ts';
import { taggedRows } from './tagging.ts';

const NO_AGENT = 'no agent: start it with memtop run, or press a to attach one';

/** Starts with the tagged processes, after a confirmation for new ones and for a long pause; or shows why it cannot. */
export function askToCollectAll(state: State): Update {
  const rows = taggedRows(state);
  const able = rows.filter(({ process }) => process.heap !== undefined);
  if (rows.length === 0) return withNotice(state, 'Nothing is tagged: Space tags a process, C collects in all tagged');
  if (able.length === 0)
    return withNotice(state, `None of the ${rows.length} tagged processes has an agent: start them with memtop run`);
  if (state.collects.running.length > 0)
    return withNotice(state, 'A collect is running: press C again when it has finished');
  const unable = rows.filter(({ process }) => process.heap === undefined);
  const batch = begunBatch(
    able.map(targetOf),
    unable.map((row) => ({ target: targetOf(row), outcome: { trouble: NO_AGENT } })),
  );
  const works = able.map(workloadIn);
  if (batch.waiting.every((target) => isApproved(state, target)) && !isLong(works)) return batchBegun(state, batch);
  const [first] = batch.waiting;
  const who = able.length === 1 ? `${first?.name} (${first?.pid})` : `${able.length} processes, one by one`;
  const question = `Collect in ${who}? ${able.length === 1 ? 'It pauses' : 'They pause'} ${pauseText(works)}${able.length === 1 ? '' : ' in all'}`;
  return only({ ...state, mode: { kind: 'confirm', question, batch } });
}

/** The first collect of a batch, and the pane that shows the progress. */
export function batchBegun(state: State, batch: Batch): Update {
  const open = opened(withBatch(state, batch), { kind: 'verdicts', top: 0, behind: undefined });
  return { state: open, effects: nextOf(batch) };
}

/** A collect of the batch has ended: its line is filled in and the next one starts. Undefined when it is not part of the batch. */
export function batchContinued(state: State, target: Target, outcome: CollectOutcome, at: number): Update | undefined {
  const { batch } = state.collects;
  const [current] = batch?.waiting ?? [];
  if (batch === undefined || current === undefined || !isSame(current, target)) return undefined;
  const rest = batch.waiting.slice(1);
  const next: Batch = {
    ...batch,
    done: [...batch.done, { target, outcome }],
    waiting: batch.isStopping ? [] : rest,
    left: batch.isStopping ? rest : [],
  };
  const collects = { ...ended(state.collects, target, outcome, at), batch: next };
  return { state: followed({ ...state, collects }, next), effects: nextOf(next) };
}

/** Esc in the pane while the batch runs: the current collect is completed, no other one starts. */
export function batchStopped(state: State): State | undefined {
  const { batch } = state.collects;
  if (state.pane?.kind !== 'verdicts' || batch === undefined) return undefined;
  if (batch.waiting.length === 0 || batch.isStopping) return undefined;
  return withBatch(state, { ...batch, isStopping: true });
}

function nextOf({ waiting: [target] }: Batch): Update['effects'] {
  return target === undefined ? [] : [{ do: 'collect', target }];
}

/** The pane scrolled so that the line of the collect under way is in it; opened again for the end of it. */
function followed(state: State, batch: Batch): State {
  const { pane, layout } = state;
  // The sum comes below all of them.
  const isOver = batch.waiting.length === 0;
  if (isOver && pane?.kind !== 'verdicts') return opened(state, { kind: 'verdicts', top: PANE_END, behind: undefined });
  if (pane?.kind !== 'verdicts' || layout.pane === undefined) return state;
  // The titles, those before it, the line itself.
  const lines = batch.done.length + 2;
  return { ...state, pane: { ...pane, top: isOver ? PANE_END : Math.max(0, lines - spaceIn(layout.pane).height) } };
}

function withBatch(state: State, batch: Batch): State {
  return { ...state, mode: { kind: 'table' }, collects: { ...state.collects, batch } };
}

function withNotice(state: State, notice: string): Update {
  return only({ ...state, notice });
}
