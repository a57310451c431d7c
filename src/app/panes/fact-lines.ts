// Facts as lines: a heading, and names with their texts, wrapped to the available width.
import { clean } from '../../text/clean.ts';
import { cellWidth, cut, fitLeft } from '../../text/width.ts';
import { wrapped } from '../../text/wrap.ts';
import type { Room } from '../layout/areas.ts';
import type { Paint } from '../state/pane.ts';

/** A name and a text, both of our own making or cleaned here. */
export type Fact = readonly [name: string, text: string];

/** Cells of the names, the blank after them included: more where one is longer, so that none is cut. */
const NAME_WIDTH = 16;
/** Fewer cells have no room for two columns. */
const NARROW = 46;
/** Lines of one fact. */
const MOST_LINES = 8;

/** A heading and its facts; nothing at all where there are none. */
export function factLines(heading: string, facts: readonly Fact[], { width }: Room, { paint, plain }: Paint): string[] {
  if (facts.length === 0) return [];
  const longest = Math.max(...facts.map(([name]) => cellWidth(plain(name))));
  const nameWidth = width < NARROW ? 0 : Math.max(NAME_WIDTH, longest + 1);
  const lines = [paint('title', cut(plain(heading), width))];
  for (const [name, text] of facts) {
    const cleaned = plain(clean(text));
    const shown = nameWidth === 0 ? `${plain(name).replace(/ +/g, ' ')} ${cleaned}` : cleaned;
    const indent = ' '.repeat(2 + nameWidth);
    const room = Math.max(1, width - cellWidth(indent));
    for (const [index, line] of wrapped(shown, room, MOST_LINES).entries()) {
      const before = index === 0 && nameWidth > 0 ? `  ${fitLeft(plain(name), nameWidth - 1)} ` : indent;
      lines.push(cut(before + line, width));
    }
  }
  return lines;
}
