// The few rows that may grow fastest, found without judging all: those that rose most by raw difference, or grew fastest when last judged.

import { existing } from '../../numbers/existing.ts';
import type { Timeline } from '../history/timeline.ts';
import type { Row } from './row.ts';

/** The rise is measured over each of these, in milliseconds: a leak of seconds, of a minute, and of a quarter of an hour. */
const SPANS = [10_000, 60_000, 15 * 60_000] as const;
/** Rows taken by each measure. */
const FEW = 8;

/** At most 32 of the rows, in their order; all of them where they are few anyway. */
export function risersOf(rows: readonly Row[], timeline: Timeline): readonly Row[] {
  if (rows.length <= FEW) return rows;
  const first = SPANS.map((span) => ({ span, highest: new Highest(FEW) }));
  const judged = new Highest(FEW);
  for (let place = 0; place < rows.length; place += 1) {
    const { rss, total } = existing(rows[place]);
    const history = total ?? rss;
    if (history.isAtRest(timeline)) continue;
    for (const { span, highest } of first) highest.offer(place, history.rise(timeline, span));
    judged.offer(place, history.lastGrowth);
  }
  const places = new Set([...first.map(({ highest }) => highest), judged].flatMap((highest) => highest.places()));
  return [...places].sort((one, other) => one - other).flatMap((place) => rows[place] ?? []);
}

/** The indexes of the highest of many values, which are offered one by one. Values up to 0 are left out. */
class Highest {
  readonly #places: number[] = [];
  readonly #values: number[] = [];
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  offer(place: number, value: number): void {
    const { length } = this.#values;
    if (!(value > 0) || (length === this.#most && value <= existing(this.#values[length - 1]))) return;
    let at = length === this.#most ? length - 1 : length;
    for (; at > 0 && existing(this.#values[at - 1]) < value; at -= 1) {
      this.#values[at] = existing(this.#values[at - 1]);
      this.#places[at] = existing(this.#places[at - 1]);
    }
    this.#values[at] = value;
    this.#places[at] = place;
  }

  places(): readonly number[] {
    return this.#places;
  }
}
