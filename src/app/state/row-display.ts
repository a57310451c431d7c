// How the cells of rows are written: sizes or percent, programs by path or name, the list moved sideways.

/** How the cells of rows are written. */
export interface RowDisplay {
  /** Sizes in percent of the machine's memory. */
  readonly isPercent: boolean;
  /** Full commands, with all paths. */
  readonly isPathShown: boolean;
  /** Cells by which the commands are scrolled sideways. */
  readonly pan: number;
}

/** Sizes in bytes, programs by their names, commands from their beginning. */
export const USUAL_DISPLAY: RowDisplay = { isPercent: false, isPathShown: false, pan: 0 };
