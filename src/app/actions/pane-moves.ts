// Opens, closes and scrolls panes, and lets the detail pane follow the selection.
import { zoomed } from '../../chart/window.ts';
import type { Row } from '../../model/rows/row.ts';
import type { Details } from '../../model/snapshot/details.ts';
import { formatSpan } from '../../text/format.ts';
import { spaceIn } from '../layout/areas.ts';
import { spanOf } from '../panes/detail-chart.ts';
import { paneHeight } from '../panes/panes.ts';
import type { DetailPane, Pane } from '../state/pane.ts';
import { only, type State, type Update, type View } from '../state/state.ts';
import { folded } from './folding.ts';
import { lineMoved, type Motion } from './list-motion.ts';

/** The state with a pane in front. The pane below comes back when it closes; there is one pane of each kind. */
export function opened(state: State, pane: Pane): State {
  return { ...state, pane: { ...pane, behind: without(state.pane, pane.kind) } };
}

/** The state without the pane in front. */
export function shut(state: State): State {
  const pane = state.pane?.behind;
  return { ...state, pane, focus: pane === undefined ? 'table' : state.focus };
}

/** Enter: opens the detail pane on the selected process, or closes it when it shows that one already; opens or folds a group. */
export function detailToggled(state: State): Update {
  const selected = state.shown[state.cursor];
  if (selected?.group !== undefined) return only(folded(state, selected.tree?.isFolded === false ? 'fold' : 'unfold'));
  const row = processOf(state, selected);
  if (state.pane?.kind === 'detail' && (row === undefined || isSame(row, state.pane.row))) return only(shut(state));
  if (row === undefined || state.view === undefined) return only({ ...state, notice: 'No process to show' });
  // Sample now: what is read only for this pane must not wait for the next tick.
  return { state: opened(state, detailOf(row, state.view, undefined)), effects: [{ do: 'sample' }] };
}

/** The process whose details a row can show: for a folded subtree the one at its top, for a group none. */
function processOf({ view }: State, row: Row | undefined): Row | undefined {
  if (row === undefined || row.group !== undefined) return undefined;
  return row.tree?.isFolded ? view?.rows.find((other) => isSame(other, row)) : row;
}

/** O: opens the pane of OOM kills, whose lines the arrows move, or closes it. */
export function oomToggled(state: State): Update {
  if (state.pane?.kind === 'oom') return only(shut(state));
  const pane = { kind: 'oom', top: 0, behind: undefined } as const;
  // Sample now: earlier kills from the kernel's log must not wait for the next tick.
  return { state: { ...opened(state, pane), focus: 'pane' }, effects: [{ do: 'sample' }] };
}

/** m: opens the pane of the machine's memory, whose lines the arrows move, or closes it. */
export function memoryToggled(state: State): Update {
  if (state.pane?.kind === 'memory') return only(shut(state));
  const pane = { kind: 'memory', top: 0, behind: undefined } as const;
  // Sample now: the names of the largest tmpfs must not wait for the next tick.
  return { state: { ...opened(state, pane), focus: 'pane' }, effects: [{ do: 'sample' }] };
}

/** Tab: switches the arrow keys between table and pane. */
export function focusMoved(state: State): State {
  if (state.pane === undefined) return { ...state, notice: 'No pane is open: Enter shows the selected process' };
  if (state.layout.pane?.place === 'instead')
    return { ...state, notice: 'No space for the table next to this pane: Esc closes it' };
  return { ...state, focus: state.focus === 'table' ? 'pane' : 'table' };
}

/** `,` and `.`: the chart covers more time, or less. */
export function chartZoomed(state: State, by: 1 | -1): State {
  const { pane, view } = state;
  if (pane?.kind !== 'detail' || view === undefined) return { ...state, notice: 'No chart is open: Enter opens one' };
  const span = zoomed(spanOf(pane, view.tracker.timeline), by);
  return { ...state, pane: { ...pane, span }, notice: `Chart covers ${formatSpan(span)}` };
}

/** The pane scrolled by lines, by pages, or to an end; never beyond its last line. */
export function scrolledPane(state: State, by: Motion): State {
  const { pane } = state;
  const box = state.layout.pane;
  if (pane === undefined || box === undefined) return state;
  const space = spaceIn(box);
  const highest = Math.max(0, paneHeight(pane, state, space) - space.height);
  const place = { line: Math.min(pane.top, highest), last: highest, page: Math.max(1, space.height - 1) };
  return { ...state, pane: { ...pane, top: lineMoved(place, by) } };
}

/** The detail pane follows the selection when a key has moved it, but not when its process has exited. */
export function following(before: State, after: Update): Update {
  const { state } = after;
  const row = processOf(state, state.shown[state.cursor]);
  const previous = before.shown[before.cursor];
  if (state.pane === undefined || state.view === undefined || row === undefined) return after;
  if (previous !== undefined && isSame(previous, row)) return after;
  const { view } = state;
  return { ...after, state: withDetail(state, (pane) => detailOf(row, view, pane)) };
}

/** The detail pane with the newest row of its process; unchanged when the process has none any more. */
export function refreshed(state: State): State {
  const { view } = state;
  if (state.pane === undefined || view === undefined) return state;
  return withDetail(state, (pane) => {
    const selected = processOf(state, state.shown[state.cursor]);
    const isSelected = selected !== undefined && isSame(selected, pane.row);
    const row = isSelected ? selected : view.rows.find((other) => isSame(other, pane.row));
    // A zombie has no details any more: the last ones are kept.
    if (row === undefined || (isZombie(row) && !isZombie(pane.row))) return pane;
    // What is read only for the pane is not recorded: that of now would be wrong for the past.
    const details = state.past === undefined ? (detailsOf(row, view) ?? pane.details) : undefined;
    return { ...pane, row, seen: view.snapshot, details };
  });
}

function detailOf(row: Row, view: View, before: DetailPane | undefined): DetailPane {
  return {
    kind: 'detail',
    row,
    seen: view.snapshot,
    details: detailsOf(row, view),
    span: before?.span,
    top: 0,
    behind: before?.behind,
  };
}

/** The details of exactly this process in the snapshot. */
function detailsOf({ process: { who } }: Row, { snapshot: { details } }: View): Details | undefined {
  return details?.pid === who.pid && details.startTime === who.startTime ? details : undefined;
}

/** The state with the detail pane changed, also behind another one. */
export function withDetail(state: State, change: (pane: DetailPane) => DetailPane): State {
  const pane = changed(state.pane, change);
  return pane === state.pane ? state : { ...state, pane };
}

/** The panes with the detail pane among them changed. */
function changed(pane: Pane | undefined, change: (pane: DetailPane) => DetailPane): Pane | undefined {
  if (pane === undefined || pane.kind === 'detail') return pane && change(pane);
  const behind = changed(pane.behind, change);
  return behind === pane.behind ? pane : { ...pane, behind };
}

function without(pane: Pane | undefined, kind: Pane['kind']): Pane | undefined {
  if (pane === undefined) return undefined;
  const behind = without(pane.behind, kind);
  return pane.kind === kind ? behind : { ...pane, behind };
}

function isZombie({ process }: Row): boolean {
  return process.state === 'Z';
}

function isSame({ process: { who: one } }: Row, { process: { who: other } }: Row): boolean {
  return one.pid === other.pid && one.startTime === other.startTime;
}
