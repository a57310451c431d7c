// The forecast in the header: which process grows how fast, and when memory is gone.

import type { View } from '../../app/state/state.ts';
import { exhaustionOf } from '../../model/rows/exhaustion.ts';
import { forecastSentences } from '../../model/rows/forecast-sentences.ts';
import { existing } from '../../numbers/existing.ts';
import { cellWidth, cut } from '../../text/width.ts';
import type { Theme } from '../theme/theme.ts';

/** A forecast nearer than this is alarming, in milliseconds. */
const ALARMING = 30 * 60_000;

/** The longest sentence that fits into the given number of cells; empty when there is no forecast. */
export function forecastLine({ snapshot, rows, tracker }: View, width: number, theme: Theme): string {
  const found = exhaustionOf(rows, tracker);
  if (found === undefined) return '';
  const sentences = forecastSentences(found, snapshot.time);
  const text = sentences.find((one) => cellWidth(one) <= width) ?? cut(existing(sentences.at(-1)), width);
  return theme.paint(found.forecast.middle < ALARMING ? 'bad' : 'warn', theme.plain(text));
}
