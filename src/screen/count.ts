// What is shown: how many processes, and what they have together.
import type { State } from '../app/state.ts';
import { totalText } from './total.ts';

/** `187 shown, RSS 1.02G`, or of how many where a filter or a user narrows them. */
export function count(state: State): string {
  const all = state.view?.rows.length ?? 0;
  const isNarrowed = state.filter !== '' || state.user !== undefined;
  const number = isNarrowed ? `${state.shown.length} of ${all}` : `${state.shown.length} shown`;
  const soFar = state.isLooking ? ' so far' : '';
  return `${number}${soFar}, ${totalText(state.shown, state)}${state.user === undefined ? '' : ` of ${state.user}`}`;
}
