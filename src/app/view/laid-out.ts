// The layout that a state keeps: computed once, at the end of an update, and read by everything else.
import type { ColumnId } from '../../model/columns/columns.ts';
import { type Layout, type LayoutInput, layoutOf } from '../layout/layout.ts';
import { wantsOf } from '../panes/panes.ts';
import { hasTimeline } from '../state/past.ts';
import type { State } from '../state/state.ts';
import { choicesOf } from './choices.ts';
import { hasAgents } from './selectors.ts';

/** The parts of a state that determine its layout: while all of them are the same objects, the layout is too. */
const SOURCES = [
  ...(['columns', 'lines', 'mode', 'pane', 'paneFraction'] as const),
  ...(['chosenColumns', 'shown', 'arrangement', 'order', 'isOrderChosen'] as const),
  // The input of pane lines and list entries.
  ...(['view', 'kernel', 'collects', 'appearance', 'tags'] as const),
  ...(['past', 'recorded', 'isTimelinePinned'] as const),
] satisfies readonly (keyof State)[];

/** The state after an update of another one: with its layout, and its cursor on a line that is on the screen. */
export function laidOut(before: State, state: State): State {
  if (state === before) return state;
  const isSame = SOURCES.every((source) => state[source] === before[source]);
  return scrolled(isSame ? state : { ...state, layout: layoutFrom(state, before) });
}

/**
 * Computes the layout from everything else in a state. What only the rows decide, and the columns, are taken from
 * the state before where the same rows and columns are in force: finding them again takes longer than most keys.
 */
export function layoutFrom(state: State, before?: State): Layout {
  const { columns, lines, chosenColumns, arrangement, order, isOrderChosen } = state;
  const list = openList(state);
  const input = {
    columns,
    lines,
    // The column chooser is below the table, which previews the choice.
    wants: list?.isBelow ? { place: 'below', fraction: 1, lines: list.count + 1 } : wantsOf(state.pane, state, columns),
    fraction: list?.isBelow ? undefined : state.paneFraction,
    chosenColumns,
    hasAgents: hasAgents(state),
    arrangement,
    sorted: isOrderChosen ? (order.column.id as ColumnId) : undefined,
    list,
    hasTimeline: hasTimeline(state),
  } satisfies LayoutInput;
  return layoutOf(input, before?.layout);
}

function openList(state: State): LayoutInput['list'] {
  const { mode } = state;
  if (mode.kind === 'columns') return { count: mode.list.length, index: mode.index, top: mode.top, isBelow: true };
  if (mode.kind !== 'choose') return undefined;
  return { count: choicesOf(state, mode.what).length, index: mode.index, top: mode.top, isBelow: false };
}

/** The state with the cursor on an existing line, and that line on the screen. */
function scrolled(state: State): State {
  const height = Math.max(1, state.layout.body);
  const cursor = Math.max(0, Math.min(state.cursor, state.shown.length - 1));
  const highest = Math.max(0, state.shown.length - height);
  const top = Math.max(0, Math.min(state.top, cursor, highest), cursor - height + 1);
  return cursor === state.cursor && top === state.top ? state : { ...state, cursor, top };
}
