// PSS and USS as a column: its cells, and whether they may be out of date.

import { ageOfShares, SHARES_AGE, type Shares } from '../snapshot/smaps.ts';
import type { Process } from '../snapshot/snapshot.ts';
import { type CellStyle, type Column, type Moment, sizeText } from './column.ts';

/**
 * Whether the shares shown may no longer hold: older than two intervals and RSS has moved since, or older than any
 * that are read again in time.
 */
export function isStale({ shares, rss }: Process, { time, timeline }: Moment): boolean {
  if (shares === undefined) return false;
  const age = ageOfShares(shares, time);
  return age > 2 * (timeline.now - timeline.previous) + (shares.rss === rss ? SHARES_AGE : 0);
}

/** Put before a size that may no longer hold. */
const ABOUT = '~';

/** A share as a cell: `12.3M`, `~12.3M` when it may no longer hold, the reason when it cannot be read at all. */
export function shareText(
  process: Process,
  measure: (shares: Shares) => number,
  moment: Moment,
  style: CellStyle,
): string {
  const { shares, sharesGap } = process;
  if (shares === undefined) return sharesGap === 'denied' || sharesGap === 'late' ? sharesGap : '';
  return `${isStale(process, moment) ? ABOUT : ''}${sizeText(measure(shares), moment, style)}`;
}

/** A column of a true share in bytes. */
export const share = (
  measure: (shares: Shares) => number,
): Pick<Column, 'kind' | 'value' | 'text' | 'align' | 'measure' | 'hasPercent'> => ({
  kind: 'bytes',
  align: 'right',
  measure: 'pss',
  hasPercent: true,
  value: ({ process: { shares } }) => (shares === undefined ? undefined : measure(shares)),
  text: ({ process }, moment, style) => shareText(process, measure, moment, style),
});
