// Reports of the mouse as terminals send them in SGR form (xterm's ctlseqs, mode 1006): `ESC [ < button ; column ; row M`.

/** What the left button or the wheel did, and in which cell, both counted from 0. */
export interface MouseReport {
  readonly what: 'press' | 'drag' | 'release' | 'wheel-up' | 'wheel-down';
  readonly column: number;
  readonly row: number;
}

/** Bits next to the number of the button: Shift, and that the mouse was moving. Alt and Ctrl (8, 16) are let pass. */
const SHIFT = 4;
const MOVING = 32;
const MODIFIERS = 8 | 16;
/** No terminal is larger. */
const LARGEST = 10_000;

const WHAT: Readonly<Record<number, MouseReport['what']>> = {
  0: 'press',
  [MOVING]: 'drag',
  64: 'wheel-up',
  65: 'wheel-down',
};

/**
 * The report in the parameters of a sequence, its `<` included, and its final letter. Undefined for other sequences, and
 * for what memtop makes no use of: other buttons, and Shift, with which people select text.
 */
export function readMouse(parameters: string, final: string): MouseReport | undefined {
  const match = /^<(\d{1,3});(\d{1,5});(\d{1,5})$/.exec(parameters);
  if (match === null) return undefined;
  const [button = 0, column = 0, row = 0] = match.slice(1).map(Number);
  if (column < 1 || row < 1 || column > LARGEST || row > LARGEST || (button & SHIFT) !== 0) return undefined;
  const pressed = WHAT[button & ~MODIFIERS];
  const what = final === 'm' && pressed === 'press' ? 'release' : pressed;
  return what === undefined ? undefined : { what, column: column - 1, row: row - 1 };
}
