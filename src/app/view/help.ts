// The text of the help screen, made from the tables of keys and columns.
import { COLUMNS } from '../../model/columns/columns.ts';
import { wordLines } from '../../text/wrap.ts';
import { keysOf } from '../state/key-command.ts';
import { keysTitle } from '../state/key-title.ts';
import type { State } from '../state/state.ts';
import { LEGEND } from './legend.ts';

/** One line of help: a heading, or a term and what it means. */
export interface HelpLine {
  readonly term: string;
  readonly text: string;
  /** A heading or a line without a term. */
  readonly isWide?: true;
}

/** Cells for the keys, and for the signs and titles below them: none of them is cut. */
export const TERM_WIDTH = 13;

/** The lines of the help screen of a state, wrapped to its terminal. The first says how to close it and how to quit. */
export function helpLines({ columns: width, isReadonly }: State): HelpLine[] {
  const keys = keysOf(isReadonly);
  const lines: HelpLine[] = [
    { term: '', text: 'Press q, Esc or any other key to close this help; ↑ ↓ PgUp PgDn scroll.', isWide: true },
    { term: '', text: 'In the table q quits memtop; Ctrl-C quits everywhere.', isWide: true },
  ];
  for (const group of new Set(keys.map((binding) => binding.group))) {
    lines.push({ term: group, text: '' });
    for (const binding of keys.filter((each) => each.group === group)) {
      lines.push({ term: keysTitle(binding), text: binding.help });
    }
  }
  lines.push({ term: 'Signs', text: '' });
  for (const { sign, meaning } of LEGEND) lines.push({ term: sign, text: meaning });
  lines.push({ term: 'Columns', text: '' });
  for (const { title, meaning } of COLUMNS) lines.push({ term: title, text: meaning });
  return lines.flatMap((line) =>
    broken(line, Math.max(10, width - (line.isWide ? 1 : TERM_WIDTH + 4))).map((part) =>
      line.isWide ? { ...part, isWide: true } : part,
    ),
  );
}

export function helpHeight(state: State): number {
  return helpLines(state).length;
}

/** The line, its text broken between words where it is wider than `width`. */
function broken({ term, text }: HelpLine, width: number): HelpLine[] {
  return wordLines(text, width).map((line, index) => ({ term: index === 0 ? term : '', text: line }));
}
