// How the screen paints: signs and charts for what the terminal can show, and styles by what they mean.

import type { Appearance, ColorDepth, ThemeName, Thresholds } from '../../model/appearance/appearance.ts';
import { type Level, levelOf } from '../../model/appearance/severity.ts';
import { ASCII_LINES, BOX_LINES, type BranchSet } from '../../model/arrangement/branch-lines.ts';
import { existing } from '../../numbers/existing.ts';
import { SPARKLINES, type SparklineSet } from '../../text/sparkline.ts';
import { codesOf } from './colour.ts';
import { type Role, type Style, stylesOf } from './themes.ts';

/** Signs that have an ASCII twin. */
export interface Signs {
  readonly branches: BranchSet;
  readonly selected: string;
  /** Before a tagged row, next to the sign of the selected one. */
  readonly tagged: string;
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
  /** Between table and pane: a column at the side, a line above; also before the title of what the arrow keys move. */
  readonly border: string;
  readonly rule: string;
  readonly focus: string;
}

const UNICODE: Signs = {
  branches: BOX_LINES,
  selected: '›',
  tagged: '◆',
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
  branches: ASCII_LINES,
  selected: '>',
  tagged: '+',
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
  readonly sparklines: SparklineSet;
  /** Whether anything is painted at all. */
  readonly hasColour: boolean;
  /** The text in the style of its role, reset behind it; the text alone without colour. */
  paint(role: Role, text: string): string;
  /** Bars and charts in the colour of a role, where `paint` might reverse them. */
  fill(role: Role, text: string): string;
  /** A text of the tables in the characters this terminal can show. */
  plain(text: string): string;
  /** The colour for a fraction in use, in percent. */
  severity(percent: number): { readonly role: Role };
}

/** The theme for an appearance. */
export function themeOf(appearance: Appearance): Theme {
  const codes = codesIn(appearance);
  return {
    signs: appearance.ascii ? PLAIN : UNICODE,
    sparklines: SPARKLINES[appearance.ascii ? 'ascii' : appearance.graph],
    hasColour: appearance.color,
    paint: (role, text) => styled(codes(role, false), text),
    fill: (role, text) => styled(codes(role, true), text),
    plain: appearance.ascii ? toAscii : (text) => text,
    severity: (percent) => severityOf(percent, appearance.thresholds),
  };
}

/** The codes of each role as text and as solid signs, made when it is first painted. */
function codesIn({ color, colorDepth, theme, background }: Appearance): (role: Role, isSolid: boolean) => string {
  if (!color) return () => '';
  const styles = stylesOf(themeOn(theme, colorDepth), background);
  const made = new Map<Role, { readonly text: string; readonly solid: string }>();
  return (role, isSolid) => {
    let codes = made.get(role);
    if (codes === undefined) {
      const text = codesOf(styles[role], colorDepth);
      codes = { text, solid: isOnPaper(styles[role], text) ? (styles[role].solid ?? '') : text };
      made.set(role, codes);
    }
    return isSolid ? codes.solid : codes.text;
  };
}

/** Whether the text of a style stands on something else than the terminal's background. */
function isOnPaper({ paper }: Style, codes: string): boolean {
  return paper !== undefined || codes.split(';').includes('7');
}

/** A terminal without colours still has bold and reverse, and a theme that makes do with them. */
function themeOn(theme: ThemeName, depth: ColorDepth): ThemeName {
  return depth === 1 ? 'monochrome' : theme;
}

function styled(codes: string, text: string): string {
  return codes === '' || text === '' ? text : `\u001b[${codes}m${text}\u001b[0m`;
}

const ASCII_TWINS: Readonly<Record<string, string>> = {
  Δ: 'D',
  '↑': 'Up',
  '↓': 'Down',
  '←': 'Left',
  '→': 'Right',
  '·': '.',
  '…': '~',
  '–': '-',
  '⇄': '/',
  ...twins(UNICODE, PLAIN),
  ...Object.fromEntries([...'▁▃▅█'].map((block, index) => [block, existing('_-=#'[index])])),
};

/** The signs of one character, each with its ASCII replacement. */
function twins(signs: Signs, plain: Signs): Record<string, string> {
  const pairs = Object.entries(signs).map(([name, sign]) => [sign, plain[name as keyof Signs]]);
  return Object.fromEntries(pairs.filter(([sign]) => typeof sign === 'string'));
}

function toAscii(text: string): string {
  return text.replace(/[^\x20-\x7e]/gu, (character) => ASCII_TWINS[character] ?? '?');
}

const ROLES = ['good', 'good', 'warn', 'bad'] as const;

/** The colour of a level. */
export function roleOfLevel(level: Level): Role {
  return ROLES[level];
}

function severityOf(percent: number, thresholds: Thresholds): { readonly role: Role } {
  return { role: roleOfLevel(levelOf(percent / 100, thresholds)) };
}
