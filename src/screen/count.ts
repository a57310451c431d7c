// What is shown: how many processes, and their RSS together.
import type { State } from '../app/state.ts';
import { formatSize } from '../model/format.ts';

/** `187 shown, 1.02G`, or of how many where a filter or a user narrows them. */
export function count(state: State): string {
  const all = state.view?.rows.length ?? 0;
  const rss = state.shown.reduce((sum, row) => sum + row.process.rss, 0);
  const isNarrowed = state.filter !== '' || state.user !== undefined;
  const number = isNarrowed ? `${state.shown.length} of ${all}` : `${state.shown.length} shown`;
  const soFar = state.isLooking ? ' so far' : '';
  return `${number}${soFar}, ${formatSize(rss)}${state.user === undefined ? '' : ` of ${state.user}`}`;
}
