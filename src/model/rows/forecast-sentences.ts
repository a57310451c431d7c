// A forecast as text: what runs out, when, and which process is the cause; longest form first.
import { clean } from '../../text/clean.ts';
import { formatAhead, formatClocks, formatGrowth } from '../../text/format.ts';
import { titleOfLimit } from '../cgroup/gauge.ts';
import type { GroupLimit } from '../snapshot/cgroup-memory.ts';
import type { Exhaustion } from './exhaustion.ts';

/** A forecast made from seconds or a minute reaches at most this far, in milliseconds, and is qualified with "at this pace". */
const IMMINENT = 6 * 60_000;

/** The forecast in ever shorter forms; `now` is the time of the snapshot, in milliseconds since the epoch. */
export function forecastSentences({ forecast, limit, by }: Exhaustion, now: number): string[] {
  const ahead = `~${formatAhead(forecast.middle)}`;
  const clocks = formatClocks(now + forecast.soonest, now + forecast.latest);
  const pace = forecast.middle < IMMINENT ? ' at this pace' : '';
  const whole = `${endText(limit)} in ${ahead}${pace} (${clocks})`;
  const short = limit === undefined ? 'out of memory' : limit.slows === true ? 'throttled' : 'limit reached';
  const sentences = [`! ${whole}`, `! ${short} in ${ahead}${pace}`, `! ${short} in ${ahead}`, `! full in ${ahead}`];
  if (by !== undefined) {
    const name = by.row.label.program;
    const rate = formatGrowth(by.growth);
    sentences.unshift(
      `! ${name} ${by.row.process.who.pid} grows ${rate.replace('+', '')}/min: ${whole}`,
      `! ${name} ${rate}/min, ${short} in ${ahead}${pace}`,
      `! ${name} ${rate}/min, ${short} in ${ahead}`,
      `! ${name.split(' ')[0]} ${rate}/min, full in ${ahead}`,
    );
  }
  // Without a pace the same sentence would be listed twice.
  return [...new Set(sentences)];
}

/** What happens in the end: `out of memory`, `limit of docker 3f2a1b4c5d6e reached`, `web.service throttled (memory.high)`. */
function endText(limit: GroupLimit | undefined): string {
  if (limit === undefined) return 'out of memory';
  const title = clean(titleOfLimit(limit));
  return limit.slows === true ? `${title} throttled (memory.high)` : `limit of ${title} reached`;
}
