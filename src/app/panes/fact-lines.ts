// Facts as lines: a heading, and names with their texts, wrapped to the available width.
import { clean } from '../../text/clean.ts';
import { cellWidth, cut, fitLeft } from '../../text/width.ts';
import { wrapped } from '../../text/wrap.ts';
import type { Space } from '../layout/areas.ts';
import type { Paint } from '../state/pane.ts';

/** A name and a text; both are memtop's own or cleaned here. */
export type Fact = readonly [name: string, text: string];

/** Cells of the names, the blank after them included: more where one is longer, so that none is cut. */
const NAME_WIDTH = 16;
/** With fewer cells than this there is one column. */
const NARROW = 46;
/** Lines of one fact. */
const MOST_LINES = 8;

/** Facts under one heading. */
export interface FactGroup {
  readonly heading: string;
  readonly facts: readonly Fact[];
}

/** A heading and its facts; nothing at all where there are none. */
export function factLines({ heading, facts }: FactGroup, { width }: Space, { paint, plain }: Paint): string[] {
  if (facts.length === 0) return [];
  const nameWidth = nameWidthOf(facts, width, plain);
  const indent = ' '.repeat(2 + nameWidth);
  const lines = [paint('title', cut(plain(heading), width))];
  for (const fact of facts) {
    for (const [index, line] of textOf(fact, nameWidth, width, plain).entries()) {
      const before = index === 0 && nameWidth > 0 ? `  ${fitLeft(plain(fact[0]), nameWidth - 1)} ` : indent;
      lines.push(cut(before + line, width));
    }
  }
  return lines;
}

/** How many lines a heading and its facts have. */
export function factHeight({ facts }: FactGroup, { width }: Space): number {
  if (facts.length === 0) return 0;
  const nameWidth = nameWidthOf(facts, width, unchanged);
  return facts.reduce((sum, fact) => sum + textOf(fact, nameWidth, width, unchanged).length, 1);
}

function unchanged(text: string): string {
  return text;
}

/** Cells of the names; 0 where they stand in the text. */
function nameWidthOf(facts: readonly Fact[], width: number, plain: Paint['plain']): number {
  const longest = Math.max(...facts.map(([name]) => cellWidth(plain(name))));
  return width < NARROW ? 0 : Math.max(NAME_WIDTH, longest + 1);
}

/** The text of a fact, wrapped to the cells that its name leaves. */
function textOf([name, text]: Fact, nameWidth: number, width: number, plain: Paint['plain']): string[] {
  const cleaned = plain(clean(text));
  const shown = nameWidth === 0 ? `${plain(name).replace(/ +/g, ' ')} ${cleaned}` : cleaned;
  return wrapped(shown, Math.max(1, width - 2 - nameWidth), MOST_LINES);
}
