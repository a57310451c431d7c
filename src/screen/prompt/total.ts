// What rows come to together, and which measure that is: true shares where the table shows them, else RSS.
import type { State } from '../../app/state/state.ts';
import { membersOf, rowsOnce, tallyOf } from '../../model/rows/members.ts';
import { shareTotalOf, shareTotalText } from '../../model/rows/pss-total.ts';
import type { Row } from '../../model/rows/row.ts';
import { formatSize } from '../../text/format.ts';

/** `RSS 1.75G`, `PSS 1.20G`, or how many each of them is of. */
export function totalText(rows: readonly Row[], state: State): string {
  const usesShares = [state.order, ...state.layout.columns].some(({ column }) => column.measure === 'pss');
  if (!usesShares) return `RSS ${formatSize(tallyOf(rows).rss)}`;
  const processes = rowsOnce(rows).flatMap((row) => membersOf(row).map(({ process }) => process));
  return shareTotalText(shareTotalOf(processes, state.view?.snapshot.time ?? 0));
}
