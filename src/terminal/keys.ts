// Bytes from the keyboard to names of keys, and those of the mouse to reports. Sequences of xterm, VT220, rxvt, the Linux console and screen/tmux.

import { consoleKey, cursorKey, keyNameOf, keypad } from './key-names.ts';
import { type MouseReport, readMouse } from './mouse.ts';
import { isCommand, isReport, type Reply, Rest, replyIn, shortened, takeCommand } from './replies.ts';

/** What came: a key by name (`a`, `up`, `f6`, `ctrl-l`), a pasted text, or what the mouse did. */
export type Input = { readonly key: string } | { readonly paste: string } | { readonly mouse: MouseReport };

/**
 * A report of the mouse in the form of X10, which terminals that do not know SGR send: three characters after `ESC [ M`.
 * It is skipped: beyond column 95 it is no longer text.
 */
const OLD_MOUSE = '\u001b[M';
const OLD_MOUSE_LENGTH = 6;

const PASTE_BEGIN = '\u001b[200~';
const PASTE_END = '\u001b[201~';
/** A paste without an end is cut here, so that the keyboard cannot fill memory. */
const LONGEST_PASTE = 65_536;
/** No key sends a longer sequence: longer ones are dropped instead of waiting for their end. */
const LONGEST_SEQUENCE = 64;

// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what this file reads.
const SEQUENCE = /^\u001b(?:\[\[([A-E])|\[([\d;:<=>?]*)([ -/]*)([@-Z\\-~])|O([\d;]*)([A-Za-z]))/;
/** The beginning of a sequence whose rest may be in the next chunk. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what this file reads.
const UNFINISHED = /^\u001b(?:\[(?:\[|[\d;:<=>?]*[ -/]*)|O[\d;]*|)$/;

/** Milliseconds after which an Esc that nothing followed is the key itself. */
const ESCAPE_DELAY = 40;
/** The same while an answer of the terminal, which begins with Esc too, is on its way. */
const ESCAPE_DELAY_OF_ANSWERS = 300;
/** Milliseconds in which a `[`, `O` or `]` behind a lone Esc is the rest of a sequence that the line delayed. */
const LATE = 1000;
/** Milliseconds within which input that cannot be typed in one go counts as the rest of a terminal's answer. */
const ANSWER_LATE = 10_000;
/** Milliseconds after which that `[` or `O`, nothing having followed, is the key itself. */
const BRACKET_DELAY = 300;
/** Milliseconds without a byte after which a sequence is abandoned: longer than a lost packet takes to be sent again. */
const SEQUENCE_DELAY = 1500;
/** The same for a paste, whose rest would be keys. */
const PASTE_DELAY = 10_000;

/** Receives the answers of the terminal, and knows whether one is pending. */
export interface Asker {
  heard(reply: Reply): void;
  readonly isWaiting: boolean;
}

/**
 * Cuts the stream of characters into keys. An unfinished sequence waits for its rest, or for `flush`. Answers of the
 * terminal never are keys, whether they were requested or not.
 */
export class KeyReader {
  readonly #now: () => number;
  readonly #asker: Asker | undefined;
  readonly #givenUp: Rest;
  #rest = '';
  /** How many characters at the beginning of the rest have acted as keys: a lone Esc, and a `[` or `O` behind it. */
  #acted: 0 | 1 | 2 = 0;
  /** When a lone Esc that has acted came, on the clock given; undefined once something else has come. */
  #escapedAt: number | undefined;

  /** @param now a clock in milliseconds that never jumps */
  constructor(now: () => number, asker?: Asker) {
    this.#now = now;
    this.#asker = asker;
    this.#givenUp = new Rest(now);
  }

  /** True when a sequence has begun and not ended: a lone Esc, or one split between two reads. */
  get isWaiting(): boolean {
    return this.#rest !== '';
  }

  /** Milliseconds without another byte after which `flush` is due; undefined when nothing waits. */
  get timeout(): number | undefined {
    if (this.#rest === '') return undefined;
    if (this.#rest.startsWith(PASTE_BEGIN)) return PASTE_DELAY;
    if (this.#isBracket) return BRACKET_DELAY;
    return this.#rest === '\u001b' ? this.#escapeDelay : SEQUENCE_DELAY;
  }

  get #escapeDelay(): number {
    return this.#asker?.isWaiting === true ? ESCAPE_DELAY_OF_ANSWERS : ESCAPE_DELAY;
  }

  /** Whether a `[` or `O` behind an Esc that has acted may be a key. A `]` is not: it has no meaning, and answers have it. */
  get #isBracket(): boolean {
    return this.#acted === 1 && this.#rest.length === 2 && this.#rest !== '\u001b]';
  }

  /** The keys in what has come, in order. */
  read(chunk: string): Input[] {
    if (chunk === '') return [];
    if (this.#isLate(chunk)) {
      this.#rest = `\u001b${chunk}`;
      this.#acted = 1;
    } else this.#rest += this.#givenUp.without(chunk);
    this.#escapedAt = undefined;
    const inputs: Input[] = [];
    while (this.#rest !== '') {
      const taken = this.#next();
      if (taken === undefined) break;
      this.#rest = this.#rest.slice(taken.length);
      this.#acted = 0;
      if (taken.input !== undefined) inputs.push(taken.input);
      if (taken.reply !== undefined) this.#asker?.heard(taken.reply);
      if (taken.cutShort !== undefined) this.#givenUp.giveUp(taken.cutShort);
    }
    if (isCommand(this.#rest)) this.#rest = shortened(this.#rest);
    return inputs;
  }

  /** What waited too long for its rest: an Esc by itself, or the `[` or `O` behind one. A sequence cut short is dropped. */
  flush(): Input[] {
    const rest = this.#rest;
    if (this.#isBracket) {
      this.#acted = 2;
      return [{ key: rest.slice(1) }];
    }
    const acted = this.#acted;
    this.#rest = '';
    this.#acted = 0;
    this.#givenUp.giveUp(rest);
    if (rest === '\u001b') {
      this.#escapedAt = this.#now() - this.#escapeDelay;
      return [{ key: 'escape' }];
    }
    if (rest.startsWith(PASTE_BEGIN)) return [{ paste: rest.slice(PASTE_BEGIN.length) }];
    // What came behind a bracket that has acted and makes no sequence with it was typed.
    return acted === 2 && !isReport(rest) ? [...rest.slice(2)].map((character) => ({ key: keyNameOf(character) })) : [];
  }

  /** Whether a chunk goes on with the sequence whose Esc has acted already. */
  #isLate(chunk: string): boolean {
    const since = this.#escapedAt === undefined ? Number.POSITIVE_INFINITY : this.#now() - this.#escapedAt;
    if (this.#rest !== '') return false;
    return (since <= LATE && /^[[O\]]/.test(chunk)) || (since <= ANSWER_LATE && /^(?:\[\?\d|\]\d\d;)/.test(chunk));
  }

  #next(): Taken | undefined {
    const text = this.#rest;
    const taken = this.#take(text);
    if (this.#acted === 0 || taken === undefined) return taken;
    // Not a sequence after all: what has acted must not act twice.
    if (taken.length === 1) return { length: this.#acted };
    if (this.#acted === 1) return taken;
    // The user has seen the first two bytes of the key act: the key itself comes too late.
    const isWhole = taken.input !== undefined || text.startsWith(OLD_MOUSE) || isReport(text);
    return isWhole ? { ...taken, input: undefined } : { length: 2 };
  }

  #take(text: string): Taken | undefined {
    if (text.startsWith(PASTE_BEGIN)) return readPaste(text);
    if (text.startsWith('\u001b')) return readEscape(text);
    const character = String.fromCodePoint(text.codePointAt(0) ?? 0);
    return { length: character.length, input: { key: keyNameOf(character) } };
  }
}

/** What stands at the beginning of the characters: a key, an answer, or neither. */
interface Taken {
  readonly length: number;
  readonly input?: Input | undefined;
  readonly reply?: Reply | undefined;
  /** What was too long for a sequence, and may go on. */
  readonly cutShort?: string;
}

function readPaste(text: string): Taken | undefined {
  const end = text.indexOf(PASTE_END);
  if (end < 0 && text.length < LONGEST_PASTE) return undefined;
  const paste = text.slice(PASTE_BEGIN.length, end < 0 ? LONGEST_PASTE : end);
  return { length: end < 0 ? text.length : end + PASTE_END.length, input: { paste } };
}

function readEscape(text: string): Taken | undefined {
  if (text.startsWith(OLD_MOUSE)) return text.length < OLD_MOUSE_LENGTH ? undefined : { length: OLD_MOUSE_LENGTH };
  if (isCommand(text)) return takeCommand(text);
  const match = SEQUENCE.exec(text);
  // Esc with another key right behind it is Alt and that key, or two keys pressed quickly: reported one by one.
  if (match === null) {
    if (!UNFINISHED.test(text)) return { length: 1, input: { key: 'escape' } };
    return text.length > LONGEST_SEQUENCE ? { length: text.length, cutShort: text } : undefined;
  }
  const [whole, console_, parameters = '', , final = '', , letter] = match;
  if (parameters.startsWith('<')) {
    const mouse = readMouse(parameters, final);
    return mouse === undefined ? { length: whole.length } : { length: whole.length, input: { mouse } };
  }
  if (parameters.startsWith('?')) return { length: whole.length, reply: replyIn(parameters, final) };
  const key = console_ ? consoleKey(console_) : letter ? keypad(letter) : cursorKey(parameters, final);
  return key === undefined ? { length: whole.length } : { length: whole.length, input: { key } };
}
