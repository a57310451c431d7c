// How the cells of the screen are divided: header and columns shrink first, the table last.

/** What a pane requests from the layout. */
export interface Wants {
  readonly place: 'side' | 'below';
  readonly fraction: number;
  /** Lines it would like below the table. */
  readonly lines: number;
}

/** Cells to fill: lines of the pane without its title. */
export interface Space {
  readonly width: number;
  readonly height: number;
}

/** A cell of the screen, counted from 0 at the left and at the top. */
export interface Cell {
  readonly column: number;
  readonly row: number;
}

/** The position of the open pane. Cells are counted from 0 at the left and at the top of the screen. */
export interface PaneBox {
  /** `side` by side with the table, after a border of one column; `below` it, with the title as border; `instead` of it. */
  readonly place: 'side' | 'below' | 'instead';
  readonly left: number;
  readonly top: number;
  /** Cells and lines, the title line included, the border at the side not. */
  readonly width: number;
  readonly height: number;
}

/** Where the parts of the screen are. */
export interface Areas {
  /** `full`: host, memory, swap and a line for notices; `short`: memory and that line; `bare`: memory. */
  readonly header: 'full' | 'short' | 'bare';
  readonly headerLines: number;
  /** The last line of the header is the timeline. */
  readonly hasTimeline: boolean;
  /** Lines between header and status bar, for table and panes together. */
  readonly content: number;
  /** A line with the titles of the columns. */
  readonly hasTitles: boolean;
  /** Lines of the table (or of what replaces it), and its cells. */
  readonly body: number;
  readonly tableWidth: number;
  readonly pane: PaneBox | undefined;
  readonly hasStatus: boolean;
}

/** What else decides about areas. */
export interface AreaChoices {
  /** The fraction of columns or lines that the user gave the pane by moving its border. */
  readonly fraction?: number | undefined;
  /** Whether a timeline is wanted below the header: its last line, where there are lines enough. */
  readonly isTimed?: boolean;
}

/** The table keeps at least this many lines next to a pane; otherwise the pane takes its place. */
const FEWEST_ROWS = 3;
/** A pane of fewer lines than this takes the whole screen. */
const FEWEST_PANE = 6;
/** From this many columns and lines, a pane can be next to the table; each keeps at least ROOMY columns there. */
const WIDE = 140;
const TALL = 10;
const NARROWEST_TABLE = 60;
const NARROWEST_PANE = 40;
/** A pane that prefers the side takes the table's place when it would get fewer lines than this below it. */
const ROOMY = 60;
/** With fewer lines than this there is no timeline. */
const FEWEST_TIMED = 6;
/** Fraction of the columns that a pane next to the table takes until the border is moved. */
const SIDE_FRACTION = 0.4;

/**
 * The areas of a terminal of N columns and lines, from 1×1 upwards, with a pane and its wishes. The pane gets what it
 * requests while the table keeps a few lines; on a small terminal it replaces the table.
 *
 */
export function areasOf(columns: number, lines: number, wants?: Wants, { fraction, isTimed }: AreaChoices = {}): Areas {
  const header = lines >= 16 && columns >= 60 ? 'full' : lines >= 9 && columns >= 30 ? 'short' : 'bare';
  const hasTimeline = isTimed === true && lines >= FEWEST_TIMED;
  const headerLines = (lines < 3 ? 0 : header === 'full' ? 4 : header === 'short' ? 2 : 1) + Number(hasTimeline);
  const hasStatus = lines >= 5;
  const content = Math.max(1, lines - headerLines - Number(hasStatus));
  const titles = lines >= 5 ? 1 : 0;
  const base = { header, headerLines, hasTimeline, content, hasTitles: titles === 1, hasStatus } as const;
  const whole = { ...base, body: content - titles, tableWidth: columns, pane: undefined };
  if (wants === undefined) return whole;
  if (wants.place === 'side' && columns >= WIDE && content >= TALL) {
    const width = between(
      NARROWEST_PANE,
      Math.round(columns * (fraction ?? SIDE_FRACTION)),
      columns - NARROWEST_TABLE - 1,
    );
    const tableWidth = columns - width - 1;
    const pane = { place: 'side', left: tableWidth + 1, top: headerLines, width, height: content } as const;
    return { ...whole, tableWidth, pane };
  }
  const height = linesBelow(content - titles, columns, wants, fraction);
  if (height === 0) {
    const pane = { place: 'instead', left: 0, top: headerLines, width: columns, height: content } as const;
    return { ...whole, hasTitles: false, body: 0, pane };
  }
  const top = headerLines + content - height;
  const pane = { place: 'below', left: 0, top, width: columns, height } as const;
  return { ...whole, body: content - titles - height, pane };
}

/** The space for the lines of a pane: its box without the title, and next to the table without a blank at the border. */
export function spaceIn({ place, width, height }: PaneBox): Space {
  return { width: Math.max(0, width - (place === 'side' ? 1 : 0)), height: Math.max(0, height - 1) };
}

/** Lines of a pane below the table; 0 when it should replace the table. */
function linesBelow(available: number, columns: number, wants: Wants, fraction: number | undefined): number {
  if (wants.place === 'side' && columns < ROOMY) return 0;
  const wanted =
    fraction === undefined
      ? Math.min(wants.lines, Math.floor(available * wants.fraction))
      : Math.round(available * fraction);
  const height = Math.min(Math.max(wanted, fraction === undefined ? 0 : FEWEST_PANE), available - FEWEST_ROWS);
  return height < Math.min(wants.lines, FEWEST_PANE) ? 0 : height;
}

/** The fraction of a pane whose border is moved to a cell of the screen: what `areasOf` is to be given. */
export function fractionAt(
  { pane, tableWidth, headerLines, content, hasTitles }: Areas,
  cell: Cell,
): number | undefined {
  if (pane === undefined || pane.place === 'instead') return undefined;
  if (pane.place === 'side') {
    const columns = tableWidth + 1 + pane.width;
    return between(0, (columns - cell.column - 1) / columns, 1);
  }
  return between(0, (headerLines + content - cell.row) / (content - Number(hasTitles)), 1);
}

/** Whether a cell belongs to the border between pane and table, which is the title of a pane below the table. */
export function isBorder({ pane }: Areas, { column, row }: Cell): boolean {
  if (pane === undefined || pane.place === 'instead') return false;
  if (pane.place === 'below') return row === pane.top;
  return column === pane.left - 1 && row >= pane.top && row < pane.top + pane.height;
}

/** Whether a cell is of the pane. */
export function isInPane({ pane }: Areas, { column, row }: Cell): boolean {
  if (pane === undefined) return false;
  const { left, top, width, height } = pane;
  return column >= left && column < left + width && row >= top && row < top + height;
}

function between(least: number, wanted: number, most: number): number {
  return Math.max(least, Math.min(wanted, most));
}
