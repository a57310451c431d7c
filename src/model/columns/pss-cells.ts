// PSS and USS as columns, and whether their values may be out of date.

import { ageOfShares, SHARES_AGE, type Shares } from '../snapshot/smaps.ts';
import type { Process } from '../snapshot/snapshot.ts';
import { type CellStyle, type Column, type Moment, sizeText } from './column.ts';

/**
 * Whether the PSS and USS shown may be out of date: older than two intervals while RSS has changed since, or older than
 * the time after which they are read again anyway.
 */
export function isStale({ shares, rss }: Process, { time, timeline }: Moment): boolean {
  if (shares === undefined) return false;
  const age = ageOfShares(shares, time);
  return age > 2 * (timeline.now - timeline.previous) + (shares.rss === rss ? SHARES_AGE : 0);
}

/** Put before a size that may be out of date. */
const ABOUT = '~';

/** A PSS or USS as a cell: `12.3M`, `~12.3M` when it may be out of date, the reason when it cannot be read at all. */
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

/** A column of PSS or USS, in bytes. */
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
