// Colours by what they mean. A colour never says anything that a word or a sign does not say too.
import { ASCII, BLOCKS, type SparklineSet } from '../model/sparkline.ts';

const CODES = {
  /** Titles of columns, keys in the status bar. */
  title: '1',
  quiet: '2',
  selected: '30;46',
  key: '36',
  good: '32',
  warn: '33',
  bad: '31',
  trend: '36',
  mark: '1;36',
} as const;

export type Role = keyof typeof CODES;

/** Signs that have an ASCII twin. */
export interface Signs {
  readonly sparklines: SparklineSet;
  readonly selected: string;
  readonly descending: string;
  readonly ascending: string;
  readonly cut: string;
  readonly still: string;
  readonly cursor: string;
  /** Before the command of a process that can be asked to collect. */
  readonly agent: string;
  readonly barUsed: string;
  readonly barCache: string;
  readonly barFree: string;
  /** Between table and pane: a column beside it, a line above it; before the title of what the arrows move. */
  readonly border: string;
  readonly rule: string;
  readonly focus: string;
}

const UNICODE: Signs = {
  sparklines: BLOCKS,
  selected: '›',
  descending: '▼',
  ascending: '▲',
  cut: '…',
  still: '·',
  cursor: '▏',
  agent: '●',
  barUsed: '█',
  barCache: '▒',
  barFree: '░',
  border: '│',
  rule: '─',
  focus: '▸',
};

const PLAIN: Signs = {
  sparklines: ASCII,
  selected: '>',
  descending: 'v',
  ascending: '^',
  cut: '~',
  still: '.',
  cursor: '_',
  agent: '*',
  barUsed: '#',
  barCache: ':',
  barFree: '.',
  border: '|',
  rule: '-',
  focus: '>',
};

export interface Theme {
  readonly signs: Signs;
  /** The text in the style of its role, reset behind it; the text alone without colour. */
  paint(role: Role, text: string): string;
  /** A text of the tables in the characters this terminal can show. */
  plain(text: string): string;
}

/** The theme of a look: with or without colour, with blocks or in ASCII. */
export function themeOf(look: { readonly ascii: boolean; readonly color: boolean }): Theme {
  return {
    signs: look.ascii ? PLAIN : UNICODE,
    paint: look.color
      ? (role, text) => (text === '' ? '' : `\u001b[${CODES[role]}m${text}\u001b[0m`)
      : (_, text) => text,
    plain: look.ascii ? toAscii : (text) => text,
  };
}

const ASCII_TWINS: Readonly<Record<string, string>> = { Δ: 'D', '↑': 'Up', '↓': 'Down', '·': '.', '…': '~', '–': '-' };

function toAscii(text: string): string {
  return text.replace(/[^\x20-\x7e]/gu, (character) => ASCII_TWINS[character] ?? '?');
}

/** How full is how bad: the colour and the word of a share of memory in use, thresholds 50, 70 and 90 %. */
export function severityOf(percent: number): { role: Role; word: string } {
  if (percent >= 90) return { role: 'bad', word: 'short' };
  if (percent >= 70) return { role: 'warn', word: 'tight' };
  if (percent >= 50) return { role: 'good', word: 'fine' };
  return { role: 'good', word: 'ample' };
}
