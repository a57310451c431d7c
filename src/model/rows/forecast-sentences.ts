// A forecast as text: what runs out, when, and which process is the cause; longest form first.
import { clean } from '../../text/clean.ts';
import { formatAhead, formatClocks, formatGrowth } from '../../text/format.ts';
import { titleOfLimit } from '../cgroup/gauge.ts';
import type { Forecast } from '../growth/near-end.ts';
import type { GroupLimit } from '../snapshot/cgroup-memory.ts';
import type { Exhaustion } from './exhaustion.ts';

/** A forecast made from seconds or a minute reaches at most this far, in milliseconds, and is qualified with "at this pace". */
const IMMINENT = 6 * 60_000;

/** The forecast in ever shorter forms; `now` is the time of the snapshot, in milliseconds since the epoch. */
export function forecastSentences({ forecast, limit, by }: Exhaustion, now: number): string[] {
  const { whole, when, pace, full } = forecast.fullFor === undefined ? toCome(forecast, now) : come(forecast.fullFor);
  const short = limit === undefined ? 'out of memory' : limit.slows === true ? 'throttled' : 'limit reached';
  const end = `${endText(limit)} ${whole}`;
  const sentences = [`! ${end}`, `! ${short} ${when}${pace}`, `! ${short} ${when}`, `! ${full}`];
  if (by !== undefined) {
    const name = by.row.label.program;
    const rate = formatGrowth(by.growth);
    sentences.unshift(
      `! ${name} ${by.row.process.who.pid} grows ${rate.replace('+', '')}/min: ${end}`,
      `! ${name} ${rate}/min, ${short} ${when}${pace}`,
      `! ${name} ${rate}/min, ${short} ${when}`,
      `! ${name.split(' ')[0]} ${rate}/min, ${full}`,
    );
  }
  // Without a pace the same sentence would be listed twice.
  return [...new Set(sentences)];
}

/** When the end comes, for the sentences. */
interface When {
  readonly whole: string;
  readonly when: string;
  readonly pace: string;
  readonly full: string;
}

function toCome(forecast: Forecast, now: number): When {
  const ahead = `~${formatAhead(forecast.middle)}`;
  const clocks = formatClocks(now + forecast.soonest, now + forecast.latest);
  const pace = forecast.middle < IMMINENT ? ' at this pace' : '';
  return { whole: `in ${ahead}${pace} (${clocks})`, when: `in ${ahead}`, pace, full: `full in ${ahead}` };
}

/** Of a limit that has been reached: the kernel still finds file pages to reclaim, and chance decides how long. */
function come(fullFor: number): When {
  const ago = formatAhead(fullFor);
  const when = `${ago} ago`;
  return { whole: `${when}, a kill may come at any moment`, when, pace: '', full: `full for ${ago}` };
}

/** What happens in the end: `out of memory`, `limit of docker 3f2a1b4c5d6e reached`, `web.service throttled (memory.high)`. */
function endText(limit: GroupLimit | undefined): string {
  if (limit === undefined) return 'out of memory';
  const title = clean(titleOfLimit(limit));
  return limit.slows === true ? `${title} throttled (memory.high)` : `limit of ${title} reached`;
}
