// What the checks found, for people and as one JSON document.
import { clean, escapeUnprintable } from '../../text/clean.ts';
import { wordLines } from '../../text/wrap.ts';
import type { Check, CheckState, Finding } from './checks/check.ts';

/** One check with what it found. */
export interface Checked {
  readonly group: string;
  readonly check: Check;
  readonly finding: Finding;
}

const STATE_WORDS: Readonly<Record<CheckState, string>> = {
  ok: 'ok',
  limited: 'limited',
  missing: 'missing',
  'not-here': 'n/a',
};

const STATE_WIDTH = 9;
const TITLE_WIDTH = 22;
const INDENT = 2 + STATE_WIDTH + TITLE_WIDTH;
/** Lines are read better when they are no longer than this. */
const WIDEST = 110;
/** The least width of sentences on a narrow terminal. */
const NARROWEST = 24;

/** Whether memtop cannot do its main job. */
export function isBroken(checked: readonly Checked[]): boolean {
  return checked.some(({ check, finding }) => check.vital === true && finding.state === 'missing');
}

/** Tints the word of a state. */
export type Tint = (state: CheckState, word: string) => string;

/** The report: a line per check and, below it, what is missing without it and what to do. `width` in cells. */
export function formatReport(checked: readonly Checked[], width = 100, tint: Tint = (_, word) => word): string {
  const textWidth = Math.max(NARROWEST, Math.min(width, WIDEST) - INDENT);
  const lines: string[] = [];
  let group = '';
  for (const entry of checked) {
    if (entry.group !== group) lines.push(...(group === '' ? [] : ['']), entry.group);
    group = entry.group;
    lines.push(...linesOf(entry, textWidth, tint));
  }
  return `${[...lines, '', summaryOf(checked)].join('\n')}\n`;
}

function linesOf({ check, finding }: Checked, width: number, tint: Tint): string[] {
  const word = STATE_WORDS[finding.state];
  const state = tint(finding.state, word) + ' '.repeat(STATE_WIDTH - word.length);
  const head = `  ${state}${check.title.padEnd(TITLE_WIDTH)}`;
  const [first = '', ...rest] = wordLines(clean(finding.found), width);
  const below = [...rest];
  if (finding.state === 'limited' || finding.state === 'missing') {
    below.push(...wordLines(`For ${check.purpose}. ${check.cost}`, width));
    for (const { say, type } of finding.remedies ?? []) {
      below.push(...wordLines(say, width), ...(type === undefined ? [] : [`    ${type}`]));
    }
  }
  return [head + first, ...below.map((line) => ' '.repeat(INDENT) + clean(line))];
}

function summaryOf(checked: readonly Checked[]): string {
  const count = (state: CheckState) => checked.filter(({ finding }) => finding.state === state).length;
  const parts = [`${count('ok')} ok`, `${count('limited')} limited`, `${count('missing')} missing`];
  const verdict = isBroken(checked) ? 'memtop cannot watch this machine.' : 'memtop can watch this machine.';
  return `${verdict} ${parts.join(', ')}, ${count('not-here')} n/a.`;
}

/** The same as one document. */
export function formatReportJson(checked: readonly Checked[]): string {
  const checks = checked.map(({ group, check, finding }) => ({
    id: check.id,
    group,
    title: check.title,
    purpose: check.purpose,
    state: finding.state,
    found: finding.found,
    ...((finding.state === 'limited' || finding.state === 'missing') && {
      cost: check.cost,
      remedies: finding.remedies ?? [],
    }),
  }));
  return `${escapeUnprintable(JSON.stringify({ version: 1, broken: isBroken(checked), checks }))}\n`;
}
