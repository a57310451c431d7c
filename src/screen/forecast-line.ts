// The forecast in the header: who grows how fast, and when memory is gone.
import type { View } from '../app/state.ts';
import { clean } from '../model/clean.ts';
import { formatAhead, formatClocks, formatGrowth } from '../model/format.ts';
import { titleOfLimit } from '../model/gauge.ts';
import { exhaustionOf } from '../model/limits.ts';
import { cellWidth, cut } from '../model/width.ts';
import type { Theme } from './theme.ts';

/** What lies less far ahead is alarming, in milliseconds. */
const ALARMING = 30 * 60_000;

/** The line in at most so many cells, empty when there is nothing to foretell. What has no room goes last words first. */
export function forecastLine({ snapshot, rows, tracker }: View, width: number, theme: Theme): string {
  const found = exhaustionOf(rows, tracker);
  if (found === undefined) return '';
  const { forecast, by, limit } = found;
  const ahead = formatAhead(forecast.middle);
  const clocks = formatClocks(snapshot.time + forecast.soonest, snapshot.time + forecast.latest);
  const whose = limit === undefined ? 'memory' : `limit of ${clean(titleOfLimit(limit))}`;
  const whole = `${whose} is ${limit === undefined ? 'exhausted' : 'reached'} in ${ahead} (${clocks})`;
  const short = limit === undefined ? 'memory full' : 'limit reached';
  const texts = [`! ${whole}`, `! ${short} in ${ahead}`, `! full in ${ahead}`];
  if (by !== undefined) {
    const name = by.row.label.name;
    const rate = formatGrowth(by.growth);
    texts.unshift(
      `! ${name} ${by.row.process.who.pid} grows ${rate.replace('+', '')}/min: ${whole}`,
      `! ${name} ${rate}/min, full in ${ahead}`,
    );
  }
  const text = texts.find((one) => cellWidth(one) <= width) ?? cut(texts.at(-1) as string, width);
  return theme.paint(forecast.middle < ALARMING ? 'bad' : 'warn', theme.plain(text));
}
