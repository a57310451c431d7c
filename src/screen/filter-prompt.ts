// The prompt of the filter: what is typed, how much of the table it keeps, what is wrong with it, what it may become.
import type { State } from '../app/state.ts';
import { columnOf } from '../model/columns.ts';
import type { Completion } from '../model/query/completion.ts';
import type { Complaint } from '../model/query/expression.ts';
import { cellWidth } from '../model/width.ts';
import { count } from './count.ts';
import { cutHint, prompt } from './prompt.ts';
import type { Theme } from './theme.ts';

/** Stands right before what is not understood. */
const WRONG = '^';

/** The last line while a filter is typed. */
export function filterPrompt(state: State, theme: Theme): string {
  const { filter, complaint, mode, columns } = state;
  const completion = mode.kind === 'filter' ? mode.completion : undefined;
  if (completion !== undefined) return prompt(`/ ${filter}`, completionHints(completion, state, theme), columns, theme);
  if (complaint !== undefined) return complaining(state, complaint, theme);
  const kept = count(state);
  const hints = [`${kept}  Enter keep  Esc clear`, `${kept}  Esc clear`, kept, kept.replace(/,.*/, '')];
  return prompt(`/ ${filter}`, hints, columns, theme);
}

/** The text with a sign at the place that is not understood, unless that is its end, where the cursor stands anyway. */
function complaining({ filter, columns }: State, { at, message, expected }: Complaint, theme: Theme): string {
  const sign = at < filter.length ? WRONG : '';
  const typed = `/ ${filter.slice(0, at)}${sign}${filter.slice(at)}`;
  const hints = [`${message}: expected ${expected}`, `expected ${expected}`];
  const line = prompt(typed, [...hints, cutHint(`expected ${expected}`, typed, columns, theme)], columns, theme);
  return sign === '' ? line : line.replace(sign, theme.paint('bad', sign));
}

/** The candidates from the chosen one on, which has a mark; the meaning where there is only one. */
function completionHints({ candidates, index }: Completion, { columns, filter }: State, theme: Theme): string[] {
  const [only] = candidates;
  if (only === undefined) return ['no column begins like that', 'no such column'];
  if (candidates.length === 1) {
    return [cutHint(columnOf(only)?.meaning ?? '', `/ ${filter}`, columns, theme)];
  }
  const listed = [...candidates.slice(index), ...candidates.slice(0, index)];
  const text = listed.map((id, place) => (place === 0 ? theme.signs.selected + id : id)).join(' ');
  return [cutHint(`Tab: ${text}`, `/ ${filter}`, columns, theme), `${index + 1} of ${candidates.length}`].filter(
    (hint) => cellWidth(hint) > 4,
  );
}
