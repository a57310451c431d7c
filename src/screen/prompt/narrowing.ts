// What narrows the table, for the status bar: filter, user and PIDs, and the key that removes them.

import type { State } from '../../app/state/state.ts';
import { existing } from '../../numbers/existing.ts';
import { clean } from '../../text/clean.ts';
import { cellWidth, cut } from '../../text/width.ts';
import type { Theme } from '../theme/theme.ts';
import { isNarrowed, number, totalText } from './count.ts';

/** When fewer cells of a filter than this would remain, the text next to it is left out. */
const FEWEST = 8;

/**
 * `/node  3 of 187, RSS 1.02G  Esc clears  `: the longest form that fits, with the filter cut where even the shortest does
 * not; empty where nothing narrows the table.
 */
export function narrowing(state: State, width: number, theme: Theme): string {
  if (!isNarrowed(state)) return '';
  const what = theme.plain(whatOf(state));
  const matching = `${number(state)}${state.isSearching ? ' so far' : ''}`;
  const total = `${matching}, ${totalText(state.shown, state)}`;
  const ending = state.filter === '' && state.user === undefined ? '' : '  Esc clears';
  const forms = [`${total}${ending}`, `${matching}${ending}`, matching, matching.replace(/ of .*/, '')];
  const wanted = Math.min(cellWidth(what), FEWEST);
  const form = forms.find((each) => cellWidth(each) + wanted + 4 <= width) ?? existing(forms.at(-1));
  const left = width - cellWidth(form) - 4;
  const shown = cellWidth(what) <= left ? what : `${cut(what, Math.max(1, left - 1))}${theme.signs.cut}`;
  return cut(`${shown}  ${form}  `, width);
}

function whatOf({ filter, user, pids }: State): string {
  return [
    ...(filter === '' ? [] : [`/${clean(filter)}`]),
    ...(user === undefined ? [] : [`user ${user}`]),
    ...(pids === undefined ? [] : [`pid ${[...pids].join(',')}`]),
  ].join('  ');
}
