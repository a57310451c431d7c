// How the lines of the screen are shared out: header and columns give way first, the table last.

export interface Layout {
  /** `full`: host, memory, swap and a line kept free; `short`: memory and the free line; `bare`: memory. */
  readonly header: 'full' | 'short' | 'bare';
  readonly headerLines: number;
  /** A line with the titles of the columns. */
  readonly hasTitles: boolean;
  /** Lines of the table (or what stands in its place). */
  readonly body: number;
  /** Lines of the pane under the table. */
  readonly pane: number;
  readonly hasStatus: boolean;
}

/** The table keeps this many lines beside a pane, or the pane takes its place. */
const FEWEST_ROWS = 3;
/** A pane of fewer lines than this says too little to share the screen. */
const FEWEST_PANE = 6;

/**
 * The layout of a terminal of so many columns and lines, from 1×1 upwards, with a pane that would like `wanted`
 * lines under the table. The pane gets them while the table keeps a few; on a small terminal it is the table that goes.
 */
export function layoutOf(columns: number, lines: number, wanted = 0): Layout {
  const header = lines >= 16 && columns >= 60 ? 'full' : lines >= 9 && columns >= 30 ? 'short' : 'bare';
  const headerLines = lines < 3 ? 0 : header === 'full' ? 4 : header === 'short' ? 2 : 1;
  const hasStatus = lines >= 5;
  const room = Math.max(1, lines - headerLines - Number(hasStatus));
  const titles = lines >= 5 ? 1 : 0;
  const beside = wanted === 0 ? 0 : Math.min(wanted, room - titles - FEWEST_ROWS);
  if (wanted > 0 && beside < Math.min(wanted, FEWEST_PANE)) {
    return { header, headerLines, hasTitles: false, body: 0, pane: room, hasStatus };
  }
  return { header, headerLines, hasTitles: titles === 1, body: room - titles - beside, pane: beside, hasStatus };
}
