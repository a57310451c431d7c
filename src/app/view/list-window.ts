// Which lines of an open list are on the screen, and where: asked by who draws it and by who is clicked.

import type { State } from '../state/state.ts';
import { choicesOf } from './choices.ts';
import { layoutIn } from './selectors.ts';

export interface ListWindow {
  /** The line of the screen with the first entry shown; the heading stands above it. */
  readonly top: number;
  /** Lines for entries. */
  readonly room: number;
  /** The entry in the first of them. */
  readonly first: number;
  /** Entries there are. */
  readonly count: number;
}

/** The window of the list that is open; undefined when none is. */
export function listWindow(state: State): ListWindow | undefined {
  const { mode } = state;
  const { headerLines, content, pane } = layoutIn(state);
  if (mode.kind === 'choose') {
    return windowAt(headerLines, content, choicesOf(state, mode.what).length, mode.index, mode.top);
  }
  if (mode.kind !== 'columns' || pane === undefined) return undefined;
  return windowAt(pane.top, pane.height, mode.list.length, mode.index, mode.top);
}

/** Entries stay where they are while the marked one is among them; a list just opened has it in its middle. */
function windowAt(heading: number, height: number, count: number, index: number, top: number | undefined): ListWindow {
  const room = Math.max(0, height - 1);
  const wanted = top ?? index - Math.floor(room / 2);
  const first = Math.max(0, Math.min(Math.max(wanted, index - room + 1), index, count - room));
  return { top: heading + 1, room, first, count };
}
