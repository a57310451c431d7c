// The mouse: positions come from the functions that the screen is drawn with.

import { type Cell, fractionAt, isBorder, isInPane } from '../layout/areas.ts';
import { columnAt } from '../layout/fit-columns.ts';
import { timeAt, timelineOf } from '../recorder/timeline.ts';
import { shownAt } from '../recorder/travel.ts';
import { only, type State, type Update } from '../state/state.ts';
import { held } from '../view/selection.ts';
import { lineAt } from '../view/selectors.ts';
import { BOX_END, pointed, toggled } from './column-chooser.ts';
import { pointedAt } from './modes.ts';
import { sortedBy } from './moving.ts';
import { scrolledPane } from './pane-moves.ts';

/** What the left button or the wheel did, and in which cell. */
export interface Mouse extends Cell {
  readonly what: 'press' | 'drag' | 'release' | 'wheel-up' | 'wheel-down';
}

/** Lines that one step of the wheel scrolls. */
const WHEEL = 3;

type Press = (state: State, key: string) => Update;

/** The state after the mouse did something. Whatever a key does as well is delegated to `press`. */
export function moused(state: State, mouse: Mouse, press: Press): Update {
  switch (mouse.what) {
    case 'press':
      return clicked(state, mouse, press);
    case 'drag':
      return only(dragged(state, mouse));
    case 'release':
      return only(state.isBorderHeld ? { ...state, isBorderHeld: false } : state);
    case 'wheel-up':
      return wheeled(state, mouse, -1, press);
    case 'wheel-down':
      return wheeled(state, mouse, 1, press);
  }
}

function clicked(state: State, cell: Cell, press: Press): Update {
  const { mode } = state;
  if (mode.kind === 'choose' || mode.kind === 'columns') return clickedInList(state, cell, press);
  // A confirmation takes keys only: a stray click must not confirm.
  if (mode.kind !== 'table' && mode.kind !== 'filter') return only(state);
  const layout = state.layout;
  if (layout.hasTimeline && cell.row === layout.headerLines - 1) return clickedInTimeline(state, cell);
  if (isBorder(layout, cell)) return only({ ...state, isBorderHeld: true });
  if (isInPane(layout, cell)) return only(state.focus === 'pane' ? state : { ...state, focus: 'pane' });
  return cell.column < layout.tableWidth ? clickedInTable(state, cell, press) : only(state);
}

/** Shows the moment under the mouse. */
function clickedInTimeline(state: State, { column }: Cell): Update {
  const timeline = timelineOf(state);
  const time = timeline && timeAt(timeline, column);
  const sample = time === undefined ? undefined : state.recorded?.sampleAt(time);
  return sample === undefined ? only(state) : shownAt({ ...state, notice: undefined }, sample);
}

function clickedInTable(before: State, { column, row }: Cell, press: Press): Update {
  const state: State = { ...before, focus: 'table', notice: undefined };
  const { headerLines, hasTitles } = state.layout;
  if (hasTitles && row === headerLines) {
    const title = columnAt(state.layout.columns, column);
    return only(title === undefined ? state : sortedBy(state, title));
  }
  const line = lineAt(state, row);
  if (line === undefined) return only(state);
  if (line !== state.cursor) return only({ ...state, anchor: 'process', cursor: line });
  const isOpen = state.mode.kind !== 'table' || state.pane?.kind === 'detail';
  return isOpen ? only(state) : press(state, 'enter');
}

/** The first click selects a line of a list, the second accepts it; a click on the box of a column toggles it. */
function clickedInList(state: State, { column, row }: Cell, press: Press): Update {
  const { mode } = state;
  const window = state.layout.list;
  if (window === undefined || row < window.top || row >= window.top + window.height) return only(state);
  const index = window.first + row - window.top;
  if (index >= window.count) return only(state);
  if (mode.kind === 'columns') {
    const marked = pointed(state, mode, index);
    const isTaken = index === mode.index || column < BOX_END;
    return only(isTaken ? toggled(marked, { ...mode, index }) : marked);
  }
  if (mode.kind !== 'choose') return only(state);
  return index === mode.index ? press(state, 'enter') : only(pointedAt(state, mode, index));
}

/** The border follows the mouse, within the minimum sizes of table and pane. */
function dragged(state: State, cell: Cell): State {
  if (!state.isBorderHeld || state.mode.kind !== 'table') return state;
  const paneFraction = fractionAt(state.layout, cell);
  return paneFraction === undefined || paneFraction === state.paneFraction ? state : { ...state, paneFraction };
}

/** Scrolls what is under the mouse. */
function wheeled(state: State, cell: Cell, direction: 1 | -1, press: Press): Update {
  const by = direction * WHEEL;
  switch (state.mode.kind) {
    case 'choose':
    case 'columns':
      return press(state, direction === 1 ? 'down' : 'up');
    case 'help':
      return repeated(state, direction === 1 ? 'down' : 'up', press);
    case 'table':
    case 'filter': {
      const isOverPane = isInPane(state.layout, cell);
      return only(isOverPane || state.layout.body === 0 ? scrolledPane(state, by) : rolled(state, by));
    }
    default:
      return only(state);
  }
}

function repeated(state: State, key: string, press: Press): Update {
  let next = only(state);
  for (let step = 0; step < WHEEL; step += 1) next = press(next.state, key);
  return next;
}

/** The table scrolled; the selection stays on its process until that would leave the screen. */
function rolled(state: State, by: number): State {
  const height = Math.max(1, state.layout.body);
  const top = Math.max(0, Math.min(state.top + by, state.shown.length - height));
  const cursor = Math.max(top, Math.min(state.cursor, top + height - 1));
  if (top === state.top && cursor === state.cursor) return state;
  const anchor = cursor === state.cursor ? held(state.anchor) : 'process';
  return { ...state, anchor, top, cursor };
}
