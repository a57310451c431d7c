// Answers of a terminal to queries (xterm's ctlseqs), separated from keys so that no byte acts as one.

/** An answer that memtop makes use of. */
export type Reply =
  /** Primary device attributes: what nearly every terminal answers. */
  | { readonly what: 'attributes' }
  /** The colour of the background, as the terminal writes it: see `readColour`. */
  | { readonly what: 'background'; readonly colour: string };

/** Red, green and blue, each from 0 to 1. */
export interface ReportedColour {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
}

/** An operating system command: a number, or the letter of a window's title (`l`, `L`). Other keys follow on Alt-]. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what this file reads.
const COMMAND = /^\u001b\](?:[\dlL]|$)/;
/** What ends such a command: BEL or ST. Nothing else does: a title may have any other character in it. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what this file reads.
const COMMAND_END = /\u0007|\u001b\\/;
/** Characters kept of a command that has not ended. No requested answer is as long. */
const LONGEST_COMMAND = 1024;
/** What the characters of a command that are not kept are replaced by. */
const CUT_COMMAND = '\u001b]0;';
/** The rest of a colour, which may be without its end yet. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what this file reads.
const REST_OF_COLOUR = /^[\da-f:;/rg]*\u001b?$/i;
/** The rest of a report of the mouse or of an answer with parameters, which may be without its end yet. */
const REST_OF_MOUSE = /^[\d;]*[Mm]?/;
const REST_OF_ANSWER = /^[\d;]*\$?[A-Za-z]?/;
/** Milliseconds in which the rest of an abandoned sequence is still not taken for keys. */
const REST_WITHIN = 10_000;

/** The beginning of a text: the given number of characters, which are an answer or are skipped. */
export interface Taken {
  readonly length: number;
  readonly reply?: Reply;
}

/** Whether a text begins with a sequence that no key sends: a command, an answer, or a report of the mouse. */
export function isReport(text: string): boolean {
  return COMMAND.test(text) || text.startsWith('\u001b[?') || text.startsWith('\u001b[<');
}

/** Whether a text begins with an operating system command, or may do so. */
export function isCommand(text: string): boolean {
  return COMMAND.test(text);
}

/** The operating system command at the beginning of a text; undefined while it has not ended. */
export function takeCommand(text: string): Taken | undefined {
  const end = COMMAND_END.exec(text);
  if (end === null) return undefined;
  const length = end.index + end[0].length;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what this file reads.
  const [, colour] = /^\u001b\]11;(.{1,64})$/.exec(text.slice(0, end.index)) ?? [];
  return colour === undefined ? { length } : { length, reply: { what: 'background', colour } };
}

/** A command that has not ended, without what is too long to be kept. */
export function shortened(command: string): string {
  return command.length <= LONGEST_COMMAND ? command : cutCommand(command);
}

function cutCommand(command: string): string {
  return command.endsWith('\u001b') ? `${CUT_COMMAND}\u001b` : CUT_COMMAND;
}

/** The answer that a control sequence with these parameters and this last character is, if memtop makes use of it. */
export function replyIn(parameters: string, final: string): Reply | undefined {
  return parameters.startsWith('?') && final === 'c' ? { what: 'attributes' } : undefined;
}

/**
 * A colour as XParseColor(3) writes it: `rgb:R/G/B` with one to four hexadecimal digits each, of which the largest number
 * is full; or `rgba:R/G/B/A`, where how transparent it is does not count. Undefined for anything else.
 */
export function readColour(text: string): ReportedColour | undefined {
  const part = '([0-9a-f]{1,4})';
  const match = new RegExp(`^(?:rgb:${part}/${part}/${part}|rgba:${part}/${part}/${part}/[0-9a-f]{1,4})$`, 'i').exec(
    text,
  );
  if (match === null) return undefined;
  const [red, green, blue] = match
    .slice(1)
    .filter((digits) => digits !== undefined)
    .map((digits) => Number.parseInt(digits, 16) / (16 ** digits.length - 1));
  return { red: red ?? 0, green: green ?? 0, blue: blue ?? 0 };
}

/** The rest of a report that was abandoned after a timeout: when it arrives after all, it is not taken for keys. */
export class Rest {
  readonly #now: () => number;
  /** The abandoned sequence; empty without one. */
  #begun = '';
  #until = 0;

  /** @param now a clock in milliseconds that never jumps */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Remembers an abandoned sequence. Key sequences and plain input leave nothing to wait for. */
  giveUp(begun: string): void {
    if (isCommand(begun)) this.#awaitAfter(cutCommand(begun));
    else this.#awaitAfter(isReport(begun) || begun === '\u001b[' ? begun.slice(0, 3) : '');
  }

  #awaitAfter(begun: string): void {
    this.#begun = begun;
    this.#until = this.#now() + REST_WITHIN;
  }

  /** What came without the rest at its beginning. */
  without(chunk: string): string {
    if (this.#begun === '') return chunk;
    if (this.#now() > this.#until) {
      this.#begun = '';
      return chunk;
    }
    return isCommand(this.#begun) ? this.#withoutCommand(chunk) : this.#withoutReport(chunk);
  }

  #withoutCommand(chunk: string): string {
    const joined = this.#begun + chunk;
    const end = COMMAND_END.exec(joined);
    if (end === null && REST_OF_COLOUR.test(chunk)) {
      this.#awaitAfter(cutCommand(joined));
      return '';
    }
    const { length } = this.#begun;
    this.#begun = '';
    return end === null ? chunk : chunk.slice(end.index + end[0].length - length);
  }

  #withoutReport(chunk: string): string {
    // A bracket alone was abandoned: it belongs to a key, unless what comes cannot be one.
    const [opened = ''] = this.#begun === '\u001b[' ? (/^[?<](?=\d)/.exec(chunk) ?? []) : [];
    const begun = this.#begun + opened;
    this.#begun = '';
    if (begun === '\u001b[') return chunk;
    const rest = chunk.slice(opened.length);
    const [taken = ''] = (begun.endsWith('<') ? REST_OF_MOUSE : REST_OF_ANSWER).exec(rest) ?? [];
    if (taken === rest && !/[A-Za-z]$/.test(taken)) this.#awaitAfter(begun);
    return rest.slice(taken.length);
  }
}
