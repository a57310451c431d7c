// The prompt of the filter: the typed text, the number of matches, its error, and completions.
import type { Line } from '../../app/actions/editing.ts';
import type { State } from '../../app/state/state.ts';
import { columnOf } from '../../model/columns/columns.ts';
import type { Completion } from '../../model/query/completion.ts';
import type { Complaint } from '../../model/query/expression.ts';
import { cellWidth } from '../../text/width.ts';
import type { Theme } from '../theme/theme.ts';
import { count } from './count.ts';
import { cutHint, prompt } from './prompt.ts';

/** Marks the position of the error. */
const WRONG = '^';
const TITLE = '/ ';

/** The last line while a filter is typed. */
export function filterPrompt(state: State, theme: Theme): string {
  const { filter, complaint, mode, columns } = state;
  const completion = mode.kind === 'filter' ? mode.completion : undefined;
  const line = { text: filter, caret: mode.kind === 'filter' ? mode.caret : filter.length };
  if (completion !== undefined)
    return prompt({ title: TITLE, line }, completionHints(completion, state, theme), columns, theme);
  if (complaint !== undefined) return complaining(line, complaint, columns, theme);
  const matching = count(state);
  const hints = [`${matching}  Enter keep  Esc clear`, `${matching}  Esc clear`, matching, matching.replace(/,.*/, '')];
  return prompt({ title: TITLE, line }, hints, columns, theme);
}

/** The text with a sign at the position of the error, unless that is its end. */
function complaining(
  { text, caret }: Line,
  { at, message, expected }: Complaint,
  columns: number,
  theme: Theme,
): string {
  const sign = at < text.length ? WRONG : '';
  const signed = { text: text.slice(0, at) + sign + text.slice(at), caret: at < caret ? caret + sign.length : caret };
  const hints = [`${message}: expected ${expected}`, `expected ${expected}`];
  const last = cutHint(`expected ${expected}`, TITLE + signed.text, columns, theme);
  const line = prompt({ title: TITLE, line: signed }, [...hints, last], columns, theme);
  return sign === '' ? line : line.replace(sign, theme.paint('bad', sign));
}

/** The candidates from the chosen one on, which has a mark; the meaning where there is only one. */
function completionHints({ candidates, index }: Completion, { columns, filter }: State, theme: Theme): string[] {
  const [only] = candidates;
  if (only === undefined) return ['No such column', 'No such column'];
  if (candidates.length === 1) {
    return [cutHint(columnOf(only)?.meaning ?? '', TITLE + filter, columns, theme)];
  }
  const listed = [...candidates.slice(index), ...candidates.slice(0, index)];
  const text = listed.map((id, place) => (place === 0 ? theme.signs.selected + id : id)).join(' ');
  return [cutHint(`Tab: ${text}`, TITLE + filter, columns, theme), `${index + 1} of ${candidates.length}`].filter(
    (hint) => cellWidth(hint) > 4,
  );
}
