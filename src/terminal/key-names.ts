// The names of keys: what the parameters and last characters of sequences mean, and single characters.

/** CSI parameters with a final `~`: VT220 editing and function keys. */
const TILDE: Readonly<Record<string, string>> = {
  1: 'home',
  2: 'insert',
  3: 'delete',
  4: 'end',
  5: 'pageup',
  6: 'pagedown',
  7: 'home',
  8: 'end',
  11: 'f1',
  12: 'f2',
  13: 'f3',
  14: 'f4',
  15: 'f5',
  17: 'f6',
  18: 'f7',
  19: 'f8',
  20: 'f9',
  21: 'f10',
  23: 'f11',
  24: 'f12',
};

/** Final letters of CSI and SS3 sequences; the keypad's Enter has SS3 only, for CSI M is a report of the mouse. */
const LETTER: Readonly<Record<string, string>> = {
  A: 'up',
  B: 'down',
  C: 'right',
  D: 'left',
  F: 'end',
  H: 'home',
  P: 'f1',
  Q: 'f2',
  R: 'f3',
  S: 'f4',
  Z: 'shift-tab',
};

/** Arrows with Shift (xterm's ctlseqs, PC-style function keys: the second parameter is 2). */
const SHIFTED: Readonly<Record<string, string>> = { A: 'shift-up', B: 'shift-down' };

/** The Linux console's F1 to F5: `ESC [ [ A` and on. */
const CONSOLE: Readonly<Record<string, string>> = { A: 'f1', B: 'f2', C: 'f3', D: 'f4', E: 'f5' };

const CONTROL: Readonly<Record<string, string>> = {
  '\r': 'enter',
  '\n': 'enter',
  '\t': 'tab',
  '\u001b': 'escape',
  '\u007f': 'backspace',
  '\b': 'backspace',
  ' ': 'space',
};

/** The key that SS3 and this letter are. Undefined for none that is known. */
export function keypad(letter: string): string | undefined {
  return letter === 'M' ? 'enter' : LETTER[letter];
}

/** The key that CSI with these parameters and this last character is. Undefined for none that is known. */
export function cursorKey(parameters: string, final: string): string | undefined {
  const [number = '', modifier] = parameters.split(/[;:]/);
  if (final === '~') return TILDE[number];
  return (modifier === '2' ? SHIFTED[final] : undefined) ?? LETTER[final];
}

/** The key that a character by itself is. */
export function keyNameOf(character: string): string {
  const known = CONTROL[character];
  if (known !== undefined) return known;
  const code = character.charCodeAt(0);
  return code > 0 && code < 27 ? `ctrl-${String.fromCharCode(code + 96)}` : character;
}

/** The key that `ESC [ [` and this letter are. */
export function consoleKey(letter: string): string | undefined {
  return CONSOLE[letter];
}
