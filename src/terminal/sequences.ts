// The control sequences memtop sends (xterm's ctlseqs; ECMA-48). Nothing else in src writes an escape to the tty.

export const ESC = '\u001b';

/** Alternate screen, homed and cleared, cursor hidden, pastes bracketed. */
export const ENTER_SCREEN = `${ESC}[?1049h${ESC}[H${ESC}[2J${ESC}[?25l${ESC}[?2004h`;

/** Everything ENTER_SCREEN did, undone in reverse; the style reset first so that nothing bleeds into the shell. */
export const LEAVE_SCREEN = `${ESC}[0m${ESC}[?2004l${ESC}[?25h${ESC}[?1049l`;

/** Reports of buttons, of the wheel and of moving with a button held (1002), in a form without limits (1006). */
export const MOUSE_ON = `${ESC}[?1002h${ESC}[?1006h`;
export const MOUSE_OFF = `${ESC}[?1006l${ESC}[?1002l`;

/**
 * Asks for the colour of the background (OSC 11). Ended by BEL: rxvt-unicode before 9.30 ends its answer in half of an ST
 * where it was asked with one.
 */
export const ASK_BACKGROUND = `${ESC}]11;?\u0007`;
/** Asks for the primary device attributes, which nearly every terminal answers, and in the order of the queries. */
export const ASK_ATTRIBUTES = `${ESC}[c`;

export const CLEAR_SCREEN = `${ESC}[0m${ESC}[H${ESC}[2J`;
export const CLEAR_TO_LINE_END = `${ESC}[K`;
export const RESET_STYLE = `${ESC}[m`;

/** Moves the cursor to a cell, both counted from zero. */
export function moveTo(row: number, column: number): string {
  if (row === 0 && column === 0) return `${ESC}[H`;
  return column === 0 ? `${ESC}[${row + 1}H` : `${ESC}[${row + 1};${column + 1}H`;
}

/** Moves the cursor right by some cells. */
export function moveRight(cells: number): string {
  return cells === 1 ? `${ESC}[C` : `${ESC}[${cells}C`;
}

/** Moves the cursor down by some lines, in its column. */
export function moveDown(lines: number): string {
  return lines === 1 ? `${ESC}[B` : `${ESC}[${lines}B`;
}

/** Moves the cursor up by some lines, in its column. */
export function moveUp(lines: number): string {
  return lines === 1 ? `${ESC}[A` : `${ESC}[${lines}A`;
}

/** Moves the cursor left by some cells: by backspaces while they are shorter than a sequence. */
export function moveLeft(cells: number): string {
  return cells <= 3 ? '\b'.repeat(cells) : `${ESC}[${cells}D`;
}

/** To the first column. */
export const CARRIAGE_RETURN = '\r';

/**
 * One line down or up in the same column (IND, RI), never from the last line or the first, where they scroll. A line feed
 * would be shorter, but the tty adds a carriage return to it: libuv's raw mode leaves ONLCR on.
 */
export const INDEX = `${ESC}D`;
export const REVERSE_INDEX = `${ESC}M`;

/** Inserts empty lines before the cursor's, or removes lines from it on; those below move (IL, DL). */
export function insertLines(lines: number): string {
  return lines === 1 ? `${ESC}[L` : `${ESC}[${lines}L`;
}

export function deleteLines(lines: number): string {
  return lines === 1 ? `${ESC}[M` : `${ESC}[${lines}M`;
}
