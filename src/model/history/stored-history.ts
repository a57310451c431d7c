// The stored history of a number since its first change: cells for the trend, and readings.

import { existing } from '../../numbers/existing.ts';
import type { Judgement } from '../growth/growth.ts';
import type { Forecast } from '../growth/near-end.ts';
import type { Readings } from '../growth/readings.ts';
import type { Standing } from '../growth/standing.ts';
import { CellRing } from './cell-ring.ts';
import { ChangeLog } from './change-log.ts';
import type { Slab } from './slab.ts';
import type { Timeline } from './timeline.ts';

/** A number that moved by less than this does not matter much: its history fits into a KiB, cells included. */
const SMALL = 2 ** 20;
const PAGES_OF_SMALL = 3;
/** Enough for 15 minutes by the second and a day by the minute of a value that changes all the time. */
const PAGES_OF_LARGE = 192;

const DAY = 24 * 60 * 60_000;
/** A history that has not moved for this long counts half when memory has to be freed. */
const HALVED_AFTER = 5 * 60_000;

interface Known {
  readonly lowest: number;
  readonly highest: number;
  readonly movedAt: number;
  readonly phase: number;
}

export class StoredHistory {
  readonly cells: CellRing;
  /** The slab with its readings; for a copy, the copied slab. */
  readonly #slab: Slab;
  readonly #log: ChangeLog;
  #lowest: number;
  #highest: number;
  /** When it last moved, on the timeline. */
  movedAt: number;
  /** The last judgement of its growth, and when it was made. */
  standing: Standing | undefined;
  /** The judgement over hours, made at the moment `hoursAt`: growth that a quarter of an hour does not show. */
  hours: Judgement | undefined;
  hoursAt = Number.NEGATIVE_INFINITY;
  /** The end that hours foretell, asked at the moment `hoursEndAt`. */
  hoursEnd: Forecast | undefined;
  hoursEndAt = Number.NEGATIVE_INFINITY;
  /** From 0 to 1, spread evenly over all series: when in its period it is judged again. */
  readonly phase: number;
  /** The forecast of when it runs out, made at the moment `foretoldAt`. */
  forecast: Forecast | undefined;
  foretoldAt = Number.NEGATIVE_INFINITY;
  /** An end that does not come of its history, which is reported in place of that. */
  givenEnd: Forecast | undefined;

  private constructor(slab: Slab, cells: CellRing, log: ChangeLog, known: Known) {
    this.#slab = slab;
    this.cells = cells;
    this.#log = log;
    this.#lowest = known.lowest;
    this.#highest = known.highest;
    this.movedAt = known.movedAt;
    this.phase = known.phase;
  }

  /** The history of a number that has been `value` since the moment `since` of the timeline. */
  static begin(timeline: Timeline, since: number, value: number): StoredHistory {
    const { slab, now } = timeline;
    const log = new ChangeLog();
    log.append(slab, Math.max(since, now - DAY), value, PAGES_OF_SMALL);
    const known = { lowest: value, highest: value, movedAt: now, phase: timeline.nextPhase() };
    return new StoredHistory(slab, new CellRing(slab), log, known);
  }

  /** The same history in a copy of the slab, where it does not change. A history in another slab than `from` is a copy already. */
  copy(from: Slab, slab: Slab): StoredHistory {
    if (this.#slab !== from) return this;
    const { movedAt, phase } = this;
    const known = { lowest: this.#lowest, highest: this.#highest, movedAt, phase };
    const copy = new StoredHistory(slab, this.cells.copy(slab), this.#log.copy(), known);
    const { standing, hours, hoursAt, hoursEnd, hoursEndAt, forecast, foretoldAt, givenEnd } = this;
    return Object.assign(copy, { standing, hours, hoursAt, hoursEnd, hoursEndAt, forecast, foretoldAt, givenEnd });
  }

  /** Records the current value. */
  move(timeline: Timeline, value: number): void {
    this.#lowest = Math.min(this.#lowest, value);
    this.#highest = Math.max(this.#highest, value);
    this.movedAt = timeline.now;
    const isSmall = this.#highest - this.#lowest < SMALL;
    this.#log.append(this.#slab, timeline.now, value, isSmall ? PAGES_OF_SMALL : PAGES_OF_LARGE);
  }

  /** The same history with `by` added to every value, without its cells. */
  raised(timeline: Timeline, by: number): StoredHistory {
    const { times, values, count } = this.readings(timeline, Number.NEGATIVE_INFINITY);
    // Appending may overwrite the shared arrays.
    const [own, raised] = [times.slice(0, count), values.slice(0, count).map((value) => value + by)];
    const copy = StoredHistory.begin(timeline, own[0] ?? timeline.now, raised[0] ?? by);
    for (let index = 1; index < count; index += 1) {
      copy.#log.append(timeline.slab, existing(own[index]), existing(raised[index]), PAGES_OF_LARGE);
    }
    copy.movedAt = this.movedAt;
    copy.#lowest = this.#lowest + by;
    copy.#highest = this.#highest + by;
    return copy;
  }

  /** The readings since a moment of the timeline, and the last one before it. Valid until the next call for any series. */
  readings(timeline: Timeline, since: number): Readings {
    return this.#log.read(this.#slab, timeline.now, since);
  }

  /** How much information would be lost with it: the more it moved and the more recently, the higher. In doublings. */
  interest(now: number): number {
    return Math.log2(1 + this.#highest - this.#lowest) - (now - this.movedAt) / HALVED_AFTER;
  }

  /** Halves its size. False when it cannot become smaller. */
  halve(timeline: Timeline): boolean {
    if (this.#log.pages <= PAGES_OF_SMALL) return false;
    this.#log.compact(this.#slab, timeline.now, Math.max(PAGES_OF_SMALL, this.#log.pages >> 1));
    return true;
  }

  /** Frees what is too old to be shown. False when nothing is left. */
  tidy(timeline: Timeline): boolean {
    const still = timeline.now - this.movedAt;
    if (still > timeline.longest) this.cells.clear();
    if (still <= DAY) return true;
    this.clear();
    return false;
  }

  clear(): void {
    this.cells.clear();
    this.#log.clear(this.#slab);
  }
}
