// A line that is typed into, and what stands beside it.
import { cellWidth, codePointWidth, cut, fitLeft } from '../model/width.ts';
import type { Theme } from './theme.ts';

/** So much of what is typed is kept in sight before its hints are. */
const FEWEST_TYPED = 12;

/** The typed text with the cursor behind it, and the first of the hints that leaves room for it; exactly `columns` wide. */
export function prompt(typed: string, hints: readonly string[], columns: number, theme: Theme): string {
  const { cursor } = theme.signs;
  const needed = Math.min(cellWidth(typed), Math.max(FEWEST_TYPED, Math.floor(columns / 2))) + 1;
  const hint = hints.find((each) => columns - cellWidth(each) - 3 >= needed);
  if (hint === undefined) return fitLeft(tail(typed, columns - 1) + cursor, columns);
  const room = columns - cellWidth(hint) - 3;
  return `${fitLeft(tail(typed, room - 1) + cursor, room)}  ${theme.paint('quiet', hint)} `;
}

/** The end of a text that is too long to be shown whole: what is being typed is there. */
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

/** A hint cut where it is too long for the room behind the typed text. */
export function cutHint(hint: string, typed: string, columns: number, theme: Theme): string {
  const room = columns - Math.min(cellWidth(typed), Math.floor(columns / 2)) - 4;
  return cellWidth(hint) <= room ? hint : cut(hint, room - 1) + theme.signs.cut;
}
