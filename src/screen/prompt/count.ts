// Counts: how many groups and processes are shown, their sum, and which rows are on the screen.
import type { State } from '../../app/state/state.ts';
import { groupingOf } from '../../model/arrangement/layout.ts';
import { membersOf, rowsOnce, tallyOf } from '../../model/rows/members.ts';
import { pssTotalOf, pssTotalText } from '../../model/rows/pss-total.ts';
import type { Row } from '../../model/rows/row.ts';
import { formatSize } from '../../text/format.ts';
import { counted } from '../../text/plural.ts';

/** `187 shown, RSS 1.02G`, or of how many where a filter or a user narrows them. */
export function count(state: State): string {
  const { user } = state;
  return `${number(state)}${ending(state)}, ${totalText(state.shown, state)}${user === undefined ? '' : ` of ${user}`}`;
}

/** `3 of 187`: the same without what they have together. */
export function number(state: State): string {
  const all = state.view?.rows.length ?? 0;
  const { processes, groups } = state.sums;
  const processesShown = isNarrowed(state) ? `${processes} of ${all}` : `${processes}`;
  return isGrouped(state) ? `${counted(groups, 'group')} of ${processesShown}` : processesShown;
}

/** `12–34 of 96 ↑11`: which rows are on the screen, and how many are hidden above; empty when all of them are. */
export function position({ shown, top, layout }: State): string {
  const height = layout.body;
  if (height === 0 || shown.length <= height) return '';
  const last = Math.min(shown.length, top + height);
  return `${top + 1}–${last} of ${shown.length}${top > 0 ? ` ↑${top}` : ''}`;
}

/** Whether a filter, a user or a list of pids leaves processes out. */
export function isNarrowed({ filter, user, pids }: State): boolean {
  return filter !== '' || user !== undefined || pids !== undefined;
}

function isGrouped({ arrangement }: State): boolean {
  return groupingOf(arrangement) !== undefined;
}

function ending(state: State): string {
  if (state.isSearching) return ' so far';
  return isGrouped(state) || isNarrowed(state) ? '' : ' shown';
}

/** `RSS 1.75G`, `PSS 1.20G`, or how many each of them is of. */
export function totalText(rows: readonly Row[], state: State): string {
  const usesSmaps = [state.order, ...state.layout.columns].some(({ column }) => column.measure === 'pss');
  if (!usesSmaps) return `RSS ${formatSize((rows === state.shown ? state.sums : tallyOf(rows)).rss)}`;
  const processes = rowsOnce(rows).flatMap((row) => membersOf(row).map(({ process }) => process));
  return pssTotalText(pssTotalOf(processes, state.view?.snapshot.time ?? 0));
}
