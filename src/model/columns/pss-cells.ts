// PSS and USS as columns, and whether their values may be out of date.

import { SMAPS_AGE, type SmapsSums, smapsAge } from '../snapshot/smaps.ts';
import type { Process } from '../snapshot/snapshot.ts';
import { type CellStyle, type Column, type Moment, sizeText } from './column.ts';

/**
 * Whether the PSS and USS shown may be out of date: older than two intervals while RSS has changed since, or older than
 * the time after which they are read again anyway.
 */
export function isStale({ smaps, rss }: Process, { time, timeline }: Moment): boolean {
  if (smaps === undefined) return false;
  const age = smapsAge(smaps, time);
  return age > 2 * (timeline.now - timeline.previous) + (smaps.rss === rss ? SMAPS_AGE : 0);
}

/** Put before a size that may be out of date. */
const ABOUT = '~';

/** A PSS or USS as a cell: `12.3M`, `~12.3M` when it may be out of date, the reason when it cannot be read at all. */
export function pssText(
  process: Process,
  measure: (smaps: SmapsSums) => number,
  moment: Moment,
  style: CellStyle,
): string {
  const { smaps, smapsGap } = process;
  if (smaps === undefined) return smapsGap === 'denied' || smapsGap === 'late' ? smapsGap : '';
  return `${isStale(process, moment) ? ABOUT : ''}${sizeText(measure(smaps), moment, style)}`;
}

/** A column of PSS or USS, in bytes. */
export const smapsColumn = (
  measure: (smaps: SmapsSums) => number,
): Pick<Column, 'kind' | 'value' | 'text' | 'align' | 'measure' | 'hasPercent'> => ({
  kind: 'bytes',
  align: 'right',
  measure: 'pss',
  hasPercent: true,
  value: ({ process: { smaps } }) => (smaps === undefined ? undefined : measure(smaps)),
  text: ({ process }, moment, style) => pssText(process, measure, moment, style),
});
