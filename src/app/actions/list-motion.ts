// How keys move through a list, whatever it lists: the table, a menu, the chooser, help, the lines of a pane.
import { commandOf } from '../state/key-command.ts';
import type { State, Update } from '../state/state.ts';

/** How far a key moves: by N lines, by a page, or to an end. */
export type Motion = number | 'page-up' | 'page-down' | 'first' | 'last';

/** Where in a list one is. */
export interface ListPlace {
  /** The line that moves: the marked one, or the first on the screen. */
  readonly line: number;
  /** The last line it may be; below 0 for an empty list. */
  readonly last: number;
  /** Lines of a page. */
  readonly page: number;
}

/** The line after a motion; it never leaves the list, and is 0 in an empty one. */
export function lineMoved({ line, last, page }: ListPlace, by: Motion): number {
  switch (by) {
    case 'first':
      return 0;
    case 'last':
      return Math.max(0, last);
    case 'page-up':
      return clamped(line - page, last);
    case 'page-down':
      return clamped(line + page, last);
    default:
      return clamped(line + by, last);
  }
}

/** A line of a list nearest to the one wanted. */
export function clamped(line: number, last: number): number {
  return Math.max(0, Math.min(line, last));
}

/** A key while a list is open: it moves in the list, quits, suspends or repaints; else what `otherwise` returns. */
export function inList(
  state: State,
  key: string,
  place: ListPlace,
  { moved, otherwise }: { readonly moved: (line: number) => State; readonly otherwise: () => State },
): Update {
  const command = commandOf(key);
  if (command?.do === 'move') return { state: moved(lineMoved(place, command.by)), effects: [] };
  // The letter closes what is open first, as in every pager.
  const isForAll = command?.do === 'repaint' || command?.do === 'suspend' || (command?.do === 'quit' && key !== 'q');
  return isForAll ? { state, effects: [{ do: command.do }] } : { state: otherwise(), effects: [] };
}
