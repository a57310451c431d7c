// How the cells of rows are written: sizes or percent, programs by path or name, the list moved sideways.

/** How the cells of rows are written. */
export interface RowDisplay {
  /** Sizes in percent of the machine's memory. */
  readonly isPercent: boolean;
  /** Commands as they were given, with every path. */
  readonly isPathShown: boolean;
  /** Cells of the command that the list was moved past. */
  readonly pan: number;
}

/** Sizes in bytes, programs by their names, commands from their beginning. */
export const USUAL_DISPLAY: RowDisplay = { isPercent: false, isPathShown: false, pan: 0 };
