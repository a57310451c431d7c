// The prompt of the search: what is typed, and which of how many matches is selected.
import { matchesOf } from '../../app/actions/searching.ts';
import type { Mode, State } from '../../app/state/state.ts';
import type { Theme } from '../theme/theme.ts';
import { prompt } from './prompt.ts';

/** The last line while a text to search for is typed. */
export function searchPrompt(state: State, mode: Mode & { kind: 'search' }, theme: Theme): string {
  const matches = mode.text.trim() === '' ? [] : matchesOf(state, mode.text);
  const place = matches.indexOf(state.cursor) + 1;
  const found =
    mode.text.trim() === ''
      ? ''
      : matches.length === 0
        ? 'no match'
        : `match ${place === 0 ? '?' : place} of ${matches.length}`;
  const gap = found === '' ? '' : '  ';
  const hints = [`${found}${gap}F3 next  Enter keep  Esc back`, `${found}${gap}Esc back`, found].filter(
    (hint) => hint !== '',
  );
  return prompt({ title: 'Search: ', line: mode }, hints, state.columns, theme);
}
