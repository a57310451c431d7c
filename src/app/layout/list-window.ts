// Which entries of an open list are on the screen, and where.

export interface ListWindow {
  /** The line of the screen with the first entry shown; the heading stands above it. */
  readonly top: number;
  /** Lines for entries. */
  readonly height: number;
  /** The entry in the first of them. */
  readonly first: number;
  /** Entries there are. */
  readonly count: number;
}

/** An open list. */
export interface OpenList {
  /** Entries there are. */
  readonly count: number;
  /** The marked one. */
  readonly index: number;
  /** The entry that was first on the screen; undefined for a list just opened. */
  readonly top: number | undefined;
}

/**
 * The window of a list in the given lines of the screen, its heading included. Entries stay where they are while the
 * marked one is among them; a list just opened has it in its middle.
 */
export function windowAt(heading: number, height: number, { count, index, top }: OpenList): ListWindow {
  const space = Math.max(0, height - 1);
  const wanted = top ?? index - Math.floor(space / 2);
  const first = Math.max(0, Math.min(Math.max(wanted, index - space + 1), index, count - space));
  return { top: heading + 1, height: space, first, count };
}
