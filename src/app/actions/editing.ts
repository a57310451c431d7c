// Line editing in prompts, as in the line editors of shells (readline(3)).
import { clean } from '../../text/clean.ts';

/** A text and the position of the cursor in it, counted in UTF-16 units from 0. */
export interface Line {
  readonly text: string;
  readonly caret: number;
}

/** More than this typed or pasted into a prompt is cut. */
const LONGEST_INPUT = 1000;

type Edit = (line: Line) => Line;

const EDITS: Readonly<Record<string, Edit>> = {
  backspace: (line) => without(line, before(line), line.caret),
  delete: (line) => without(line, line.caret, after(line)),
  'ctrl-d': (line) => without(line, line.caret, after(line)),
  'ctrl-u': (line) => without(line, 0, line.caret),
  'ctrl-k': (line) => without(line, line.caret, line.text.length),
  'ctrl-w': (line) => without(line, line.text.slice(0, line.caret).replace(/\S*\s*$/, '').length, line.caret),
  left: (line) => ({ ...line, caret: before(line) }),
  'ctrl-b': (line) => ({ ...line, caret: before(line) }),
  right: (line) => ({ ...line, caret: after(line) }),
  'ctrl-f': (line) => ({ ...line, caret: after(line) }),
  home: (line) => ({ ...line, caret: 0 }),
  'ctrl-a': (line) => ({ ...line, caret: 0 }),
  end: ({ text }) => ({ text, caret: text.length }),
  'ctrl-e': ({ text }) => ({ text, caret: text.length }),
};

/** A line with the cursor at its end. */
export function lineOfText(text: string): Line {
  return { text, caret: text.length };
}

/** The line after a key of a prompt with a maximum length; undefined when the key does not edit. */
export function edited(line: Line, key: string, longest = LONGEST_INPUT): Line | undefined {
  const edit = EDITS[key];
  if (edit !== undefined) return edit(line);
  if (key === 'space') return inserted(line, ' ', longest);
  return [...key].length === 1 ? inserted(line, key, longest) : undefined;
}

/** Inserts a text at the cursor, without characters that cannot be typed; cut to the prompt's maximum length. */
export function inserted({ text, caret }: Line, added: string, longest = LONGEST_INPUT): Line {
  const fitting = clean(added).slice(0, Math.max(0, longest - text.length));
  return { text: text.slice(0, caret) + fitting + text.slice(caret), caret: caret + fitting.length };
}

/** The text after a key of a prompt whose cursor stays at its end; undefined when the key does not edit. */
export function editedText(text: string, key: string): string | undefined {
  const line = edited(lineOfText(text), key);
  return line === undefined || (line.text === text && [...key].length > 1) ? undefined : line.text;
}

function without({ text }: Line, from: number, to: number): Line {
  return { text: text.slice(0, from) + text.slice(to), caret: from };
}

/** The position one character before the cursor; a surrogate pair counts as one. */
function before({ text, caret }: Line): number {
  return Math.max(0, caret - (/[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(0, caret)) ? 2 : 1));
}

function after({ text, caret }: Line): number {
  return Math.min(text.length, caret + ((text.codePointAt(caret) ?? 0) > 0xffff ? 2 : 1));
}
