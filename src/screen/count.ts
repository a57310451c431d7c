// What is shown: how many groups, how many processes, and what they have together.
import type { State } from '../app/state.ts';
import { tallyOf } from '../model/members.ts';
import { groupingOf } from '../model/table-shape.ts';
import { totalText } from './total.ts';

/** `187 shown, RSS 1.02G`, or of how many where a filter or a user narrows them. */
export function count(state: State): string {
  const all = state.view?.rows.length ?? 0;
  const { processes, groups } = tallyOf(state.shown);
  const isNarrowed = state.filter !== '' || state.user !== undefined;
  const number = isNarrowed ? `${processes} of ${all}` : `${processes}`;
  const isGrouped = groupingOf(state.shape) !== undefined;
  const shown = isGrouped ? `${groups} ${groups === 1 ? 'group' : 'groups'} of ${number}` : number;
  const soFar = state.isLooking ? ' so far' : isGrouped || isNarrowed ? '' : ' shown';
  return `${shown}${soFar}, ${totalText(state.shown, state)}${state.user === undefined ? '' : ` of ${state.user}`}`;
}
