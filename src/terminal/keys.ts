// Bytes from the keyboard to names of keys, and those of the mouse to reports. Sequences of xterm, VT220, rxvt, the Linux console and screen/tmux.

import { type MouseReport, readMouse } from './mouse.ts';

/** What came: a key by name (`a`, `up`, `f6`, `ctrl-l`), a pasted text, or what the mouse did. */
export type Input = { readonly key: string } | { readonly paste: string } | { readonly mouse: MouseReport };

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

/**
 * A report of the mouse in the form of X10, which terminals that do not know SGR send: three characters after `ESC [ M`.
 * It is passed over: beyond column 95 it is no text any more.
 */
const OLD_MOUSE = '\u001b[M';
const OLD_MOUSE_LENGTH = 6;
/** What is left of a report whose beginning waited too long for it. */
const MOUSE_TAIL = /^[\d;]{0,16}[Mm]?/;

const PASTE_BEGIN = '\u001b[200~';
const PASTE_END = '\u001b[201~';
/** A paste without an end is cut here, so that nobody fills our memory through the keyboard. */
const LONGEST_PASTE = 65_536;
/** No key sends a longer sequence: what does is dropped, so that nobody waits for its end for ever. */
const LONGEST_SEQUENCE = 64;

// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what this file reads.
const SEQUENCE = /^\u001b(?:\[\[([A-E])|\[([\d;:<=>?]*)([ -/]*)([@-Z\\-~])|O([\d;]*)([A-Za-z]))/;
/** The beginning of a sequence whose rest may be in the next chunk. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what this file reads.
const UNFINISHED = /^\u001b(?:\[(?:\[|[\d;:<=>?]*[ -/]*)|O[\d;]*|)$/;

/** Milliseconds after which an Esc that nothing followed is the key itself. */
const ESCAPE_DELAY = 40;
/** Milliseconds in which a `[` or `O` behind a lone Esc is the rest of a key that the line delayed. */
const LATE = 1000;
/** Milliseconds after which that `[` or `O`, nothing having followed, is the key itself. */
const BRACKET_DELAY = 300;
/** Milliseconds that a sequence may be silent before it is given up: more than a lost packet takes to be sent again. */
const SEQUENCE_DELAY = 1500;
/** The same for a paste, whose rest would be keys. */
const PASTE_DELAY = 10_000;

/** Cuts the stream of characters into keys. An unfinished sequence waits for its rest, or for `flush`. */
export class KeyReader {
  readonly #now: () => number;
  #rest = '';
  /** How many characters at the beginning of the rest have acted as keys: a lone Esc, and a `[` or `O` behind it. */
  #acted: 0 | 1 | 2 = 0;
  /** When a lone Esc that has acted came, on the clock given; undefined once something else has come. */
  #escapedAt: number | undefined;
  /** The end of a mouse report is still to come, and is not a key. */
  #isInReport = false;

  /** @param now a clock in milliseconds that never jumps */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** True when a sequence has begun and not ended: a lone Esc, or one split between two reads. */
  get isWaiting(): boolean {
    return this.#rest !== '';
  }

  /** Milliseconds without another byte after which `flush` is due; undefined when nothing waits. */
  get patience(): number | undefined {
    if (this.#rest === '') return undefined;
    if (this.#rest.startsWith(PASTE_BEGIN)) return PASTE_DELAY;
    if (this.#acted === 1 && this.#rest.length === 2) return BRACKET_DELAY;
    return this.#rest === '\u001b' ? ESCAPE_DELAY : SEQUENCE_DELAY;
  }

  /** The keys in what has come, in order. */
  read(chunk: string): Input[] {
    if (chunk === '') return [];
    if (this.#isLate(chunk)) {
      this.#rest = `\u001b${chunk}`;
      this.#acted = 1;
    } else this.#rest += this.#isInReport ? chunk.replace(MOUSE_TAIL, '') : chunk;
    this.#isInReport = false;
    this.#escapedAt = undefined;
    const inputs: Input[] = [];
    while (this.#rest !== '') {
      const taken = this.#next();
      if (taken === undefined) break;
      this.#rest = this.#rest.slice(taken.length);
      this.#acted = 0;
      if (taken.input !== undefined) inputs.push(taken.input);
    }
    return inputs;
  }

  /** What waited too long for its rest: an Esc by itself, or the `[` or `O` behind one. A sequence cut short is dropped. */
  flush(): Input[] {
    const rest = this.#rest;
    if (this.#acted === 1 && rest.length === 2) {
      this.#acted = 2;
      return [{ key: rest.slice(1) }];
    }
    const acted = this.#acted;
    this.#rest = '';
    this.#acted = 0;
    this.#isInReport = rest.startsWith('\u001b[<');
    if (rest === '\u001b') {
      this.#escapedAt = this.#now() - ESCAPE_DELAY;
      return [{ key: 'escape' }];
    }
    if (rest.startsWith(PASTE_BEGIN)) return [{ paste: rest.slice(PASTE_BEGIN.length) }];
    // What came behind a bracket that has acted and makes no sequence with it was typed.
    return acted === 2 && !this.#isInReport ? [...rest.slice(2)].map((character) => ({ key: nameOf(character) })) : [];
  }

  /** Whether a chunk goes on with the sequence whose Esc has acted already. */
  #isLate(chunk: string): boolean {
    const since = this.#escapedAt === undefined ? Number.POSITIVE_INFINITY : this.#now() - this.#escapedAt;
    return this.#rest === '' && since <= LATE && /^[[O]/.test(chunk);
  }

  #next(): { length: number; input?: Input } | undefined {
    const text = this.#rest;
    const taken = this.#take(text);
    if (this.#acted === 0 || taken === undefined) return taken;
    // Not a sequence after all: what has acted must not act twice.
    if (taken.length === 1) return { length: this.#acted };
    if (this.#acted === 1) return taken;
    // Whoever sent a key has seen its first two bytes act: the key itself comes too late.
    return taken.input === undefined && !text.startsWith(OLD_MOUSE) ? { length: 2 } : { length: taken.length };
  }

  #take(text: string): { length: number; input?: Input } | undefined {
    if (text.startsWith(PASTE_BEGIN)) return readPaste(text);
    if (text.startsWith('\u001b')) return readEscape(text);
    const character = String.fromCodePoint(text.codePointAt(0) ?? 0);
    return { length: character.length, input: { key: nameOf(character) } };
  }
}

function readPaste(text: string): { length: number; input: Input } | undefined {
  const end = text.indexOf(PASTE_END);
  if (end < 0 && text.length < LONGEST_PASTE) return undefined;
  const paste = text.slice(PASTE_BEGIN.length, end < 0 ? LONGEST_PASTE : end);
  return { length: end < 0 ? text.length : end + PASTE_END.length, input: { paste } };
}

function readEscape(text: string): { length: number; input?: Input } | undefined {
  if (text.startsWith(OLD_MOUSE)) return text.length < OLD_MOUSE_LENGTH ? undefined : { length: OLD_MOUSE_LENGTH };
  const match = SEQUENCE.exec(text);
  // Esc with another key right behind it is Alt and that key, or two keys pressed quickly: told one by one.
  if (match === null) {
    if (!UNFINISHED.test(text)) return { length: 1, input: { key: 'escape' } };
    return text.length > LONGEST_SEQUENCE ? { length: text.length } : undefined;
  }
  const [whole, console_, parameters = '', , final = '', , letter] = match;
  if (parameters.startsWith('<')) {
    const mouse = readMouse(parameters, final);
    return mouse === undefined ? { length: whole.length } : { length: whole.length, input: { mouse } };
  }
  const key = console_ ? CONSOLE[console_] : letter ? keypad(letter) : cursorKey(parameters, final);
  return key === undefined ? { length: whole.length } : { length: whole.length, input: { key } };
}

function keypad(letter: string): string | undefined {
  return letter === 'M' ? 'enter' : LETTER[letter];
}

function cursorKey(parameters: string, final: string): string | undefined {
  const [number = '', modifier] = parameters.split(/[;:]/);
  if (final === '~') return TILDE[number];
  return (modifier === '2' ? SHIFTED[final] : undefined) ?? LETTER[final];
}

function nameOf(character: string): string {
  const known = CONTROL[character];
  if (known !== undefined) return known;
  const code = character.charCodeAt(0);
  return code > 0 && code < 27 ? `ctrl-${String.fromCharCode(code + 96)}` : character;
}
