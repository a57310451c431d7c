// An input line and the hints next to it.
import type { Line } from '../../app/actions/editing.ts';
import { cellWidth, codePointWidth, cut, fitLeft } from '../../text/width.ts';
import type { Theme } from '../theme/theme.ts';

/** Cells of the typed text that take precedence over its hints. */
const FEWEST_TYPED = 12;

/** Title and typed line with its cursor, and the first hint that fits next to it; exactly `columns` wide. */
export function prompt(
  { title, line }: { readonly title: string; readonly line: Line },
  hints: readonly string[],
  columns: number,
  theme: Theme,
): string {
  const size = cellWidth(title) + cellWidth(line.text);
  const needed = Math.min(size, Math.max(FEWEST_TYPED, Math.floor(columns / 2))) + 1;
  const hint = hints.find((each) => columns - cellWidth(each) - 3 >= needed);
  if (hint === undefined) return fitLeft(typed(title, line, columns, theme), columns);
  const width = columns - cellWidth(hint) - 3;
  return `${fitLeft(typed(title, line, width, theme), width)}  ${theme.paint('quiet', hint)} `;
}

/** The title and the line in the given number of cells: the part around the cursor where they are too long. */
function typed(title: string, { text, caret }: Line, columns: number, theme: Theme): string {
  const { cursor } = theme.signs;
  const before = title + text.slice(0, caret);
  const after = text.slice(caret);
  const width = columns - cellWidth(cursor);
  const behind = cellWidth(before) + cellWidth(after) <= width ? after : cut(after, Math.floor(width / 3));
  return tail(before, width - cellWidth(behind)) + cursor + behind;
}

/** The end of a text that is too long to be shown whole. */
export function tail(text: string, width: number): string {
  let used = 0;
  let begin = text.length;
  while (begin > 0) {
    const low = text.charCodeAt(begin - 1);
    const size = low >= 0xdc00 && low <= 0xdfff && begin > 1 ? 2 : 1;
    used += codePointWidth(text.codePointAt(begin - size) ?? 0);
    if (used > width) break;
    begin -= size;
  }
  return text.slice(begin);
}

/** A hint, cut where it is too long for the space after the typed text. */
export function cutHint(hint: string, typed: string, columns: number, theme: Theme): string {
  const width = columns - Math.min(cellWidth(typed), Math.floor(columns / 2)) - 4;
  return cellWidth(hint) <= width ? hint : cut(hint, width - 1) + theme.signs.cut;
}
