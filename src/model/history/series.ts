// The history of one number, such as a process's RSS: takes no memory until the value changes, then pages of a shared slab.

import { existing } from '../../numbers/existing.ts';
import { forecast } from '../growth/forecast.ts';
import { type Judgement, judge, LONGEST_WINDOW, STILL } from '../growth/growth.ts';
import { HOURS_STAND, hoursEnd, judgeHours, LONGEST_HOURS, SHORTEST_HOURS } from '../growth/hours.ts';
import type { Forecast } from '../growth/near-end.ts';
import type { Observed } from '../growth/readings.ts';
import { highestReading, isDue, standingOf, stands } from '../growth/standing.ts';
import { later, steadied } from '../growth/steadied.ts';
import type { History } from './history.ts';
import type { KnownAfter } from './known.ts';
import { StoredHistory } from './stored-history.ts';
import { CELLS, type Timeline } from './timeline.ts';

/** Growth is unknown before this many readings over this many milliseconds. */
const FEWEST_READINGS = 5;
const SHORTEST_WINDOW = 4000;
/** A forecast up to this many intervals old counts as the previous forecast. */
const NEXT = 3;
/** The same with growth and forecast, as columns need it. */
export const GROWTH_KNOWN_AFTER: KnownAfter = { samples: FEWEST_READINGS, milliseconds: SHORTEST_WINDOW };

/** A curve of steps for a chart: from `times[i]` on, in monotonic milliseconds, the value was `values[i]`; NaN: not known. */
export interface Curve {
  readonly times: Float64Array;
  readonly values: Float64Array;
}

/** Milliseconds until growth is known for the processes of the first reading; undefined when it already is. */
export function growthIn(timeline: Timeline, interval: number): number | undefined {
  const readings = timeline.tick + 1;
  const covered = timeline.now - timeline.began;
  if (readings >= FEWEST_READINGS && covered >= SHORTEST_WINDOW) return undefined;
  return Math.max((FEWEST_READINGS - readings) * interval, SHORTEST_WINDOW - covered);
}

/**
 * Exact for 15 minutes, then the lowest and the highest of each minute for 24 hours; coarser where memory is short and
 * the number hardly moves or has not moved for long. See docs/growth.md.
 */
export class Series implements History {
  value: number;
  /** When the series began, on the timeline, and in which tick. */
  #since: number;
  #firstTick: number;
  #stored: StoredHistory | undefined;

  constructor(timeline: Timeline, value: number) {
    this.value = value;
    this.#since = timeline.now;
    this.#firstTick = timeline.tick;
  }

  /** Records the value of the timeline's newest tick. Costs nothing when the value has not changed. */
  record(timeline: Timeline, value: number): void {
    if (value === this.value) return;
    this.#stored ??= StoredHistory.begin(timeline, this.#since, this.value);
    this.#stored.cells.move(timeline, timeline.cellOf(this.#since), this.value, value);
    this.#stored.move(timeline, value);
    this.value = value;
  }

  /** A separate series that was always higher by `by`, without cells for a trend. */
  raised(timeline: Timeline, by: number): Series {
    const copy = new Series(timeline, this.value + by);
    copy.#since = this.#since;
    copy.#firstTick = this.#firstTick;
    copy.#stored = this.#stored?.raised(timeline, by);
    return copy;
  }

  /** A copy of the series as it is now, on a copy of the timeline: later values do not reach it. */
  copy(from: Timeline, timeline: Timeline): Series {
    const copy = new Series(timeline, this.value);
    copy.#since = this.#since;
    copy.#firstTick = this.#firstTick;
    copy.#stored = this.#stored?.copy(from.slab, timeline.slab);
    return copy;
  }

  cells(timeline: Timeline, count: number): number[] {
    const group = timeline.grouping(count);
    const firstCell = timeline.cellOf(this.#since);
    const first = Math.max(firstCell, timeline.cell - CELLS + 1);
    const stored = this.#stored?.cells.filled(timeline, firstCell, this.value);
    const newest = Math.floor(timeline.cell / group);
    const cells = new Array<number>(count).fill(Number.NaN);
    for (let index = 0; index < count - 1; index += 1) {
      const begin = (newest - count + 1 + index) * group;
      for (let cell = begin; cell < begin + group; cell += 1) {
        if (cell < first || cell > timeline.cell || timeline.gaps[cell % CELLS] === 1) continue;
        const value = stored === undefined ? this.value : stored(cell);
        if (!(value <= existing(cells[index]))) cells[index] = Number.isNaN(value) ? existing(cells[index]) : value;
      }
    }
    cells[count - 1] = this.value;
    return cells;
  }

  isAtRest(timeline: Timeline): boolean {
    return this.#stored === undefined || timeline.now - this.#stored.movedAt >= LONGEST_WINDOW;
  }

  rise(timeline: Timeline, span: number): number {
    const firstCell = timeline.cellOf(this.#since);
    const back = Math.max(1, Math.round(span / timeline.span));
    const cell = Math.max(firstCell, timeline.cell - Math.min(back, CELLS - 1));
    if (this.#stored === undefined || cell >= timeline.cell) return 0;
    const high = this.#stored.cells.at(timeline, firstCell, this.value, cell);
    return Number.isNaN(high) ? 0 : ((this.value - high) * 1000) / ((timeline.cell - cell) * timeline.span);
  }

  get lastGrowth(): number {
    return this.#stored?.standing?.judgement.growth ?? 0;
  }

  growth(timeline: Timeline): number | undefined {
    return this.judgement(timeline)?.growth;
  }

  judgement(timeline: Timeline): Judgement | undefined {
    const known = timeline.now - this.#since;
    if (timeline.tick - this.#firstTick + 1 < FEWEST_READINGS || known < SHORTEST_WINDOW) return undefined;
    const history = this.#stored;
    if (history === undefined || this.isAtRest(timeline)) return STILL;
    const observed = this.#observed(timeline);
    if (history.standing === undefined || !stands(history.standing, this.value, observed, history.phase)) {
      const readings = history.readings(timeline, timeline.now - LONGEST_WINDOW);
      const highest = highestReading(readings);
      const judgement = this.#withHours(timeline, history, judge(readings, observed));
      history.standing = standingOf(judgement, timeline.now, highest);
    }
    return history.standing.judgement;
  }

  /** The judgement over hours, where the last quarter of an hour shows no growth. */
  #withHours(timeline: Timeline, history: StoredHistory, judgement: Judgement): Judgement {
    const known = timeline.now - this.#since;
    if (known < SHORTEST_HOURS || judgement.pattern === 'growing' || judgement.pattern === 'shrinking')
      return judgement;
    if (isDue(history.hoursAt, timeline.now, HOURS_STAND, history.phase)) {
      history.hoursAt = timeline.now;
      history.hours = judgeHours(history.readings(timeline, timeline.now - LONGEST_HOURS), this.#observed(timeline));
    }
    return history.hours ?? judgement;
  }

  /** When the number reaches zero, where it is the headroom of something; undefined where its history gives no forecast. */
  forecast(timeline: Timeline): Forecast | undefined {
    const history = this.#stored;
    if (history === undefined || history.givenEnd !== undefined) return history?.givenEnd;
    const elapsed = timeline.now - history.foretoldAt;
    if (elapsed > 0) {
      const observed = this.#observed(timeline);
      const isStill = timeline.now - history.movedAt >= LONGEST_WINDOW;
      const readings = isStill ? undefined : history.readings(timeline, timeline.now - LONGEST_WINDOW);
      const found = (readings && forecast(readings, observed)) ?? this.#endByHours(timeline, history);
      const isNext = found !== undefined && history.forecast !== undefined && elapsed < observed.interval * NEXT;
      history.forecast = isNext ? steadied(found, history.forecast as Forecast, elapsed) : found;
      history.foretoldAt = timeline.now;
    }
    return history.forecast;
  }

  /** Reports this end in place of the one that its history foretells, until it is undefined again. */
  giveEnd(end: Forecast | undefined): void {
    if (this.#stored !== undefined) this.#stored.givenEnd = end;
  }

  /** The end that hours foretell, where the last quarter of an hour foretells none. */
  #endByHours(timeline: Timeline, history: StoredHistory): Forecast | undefined {
    if (timeline.now - this.#since < SHORTEST_HOURS) return undefined;
    if (isDue(history.hoursEndAt, timeline.now, HOURS_STAND, history.phase)) {
      history.hoursEndAt = timeline.now;
      history.hoursEnd = hoursEnd(history.readings(timeline, timeline.now - LONGEST_HOURS), this.#observed(timeline));
    }
    return history.hoursEnd && later(history.hoursEnd, timeline.now - history.hoursEndAt);
  }

  /**
   * Its values between two moments in monotonic milliseconds, as a curve of steps that begins at `from` (or when the
   * series began) and ends at `to` (or now). During a pause of the sampling the value is NaN, and known again after it.
   */
  readings(timeline: Timeline, from: number, to: number): Curve {
    const first = Math.max(timeline.at(from), this.#since);
    const last = Math.min(timeline.at(to), timeline.now);
    const read = this.#stored?.readings(timeline, first);
    const steps: [number, number][] = [];
    if (first <= last) steps.push([first, read === undefined ? this.value : (read.values[0] ?? this.value)]);
    for (let index = 1; read !== undefined && index < read.count; index += 1) {
      if (existing(read.times[index]) <= last) steps.push([existing(read.times[index]), existing(read.values[index])]);
    }
    const all = withPauses(steps, timeline.pauses, last);
    if (first < last && (all.at(-1)?.[0] ?? last) < last) all.push([last, all.at(-1)?.[1] ?? this.value]);
    return {
      times: Float64Array.from(all, ([time]) => timeline.monotonicOf(time)),
      values: Float64Array.from(all, ([, value]) => value),
    };
  }

  #observed({ now, previous }: Timeline): Observed {
    return { since: this.#since, now, interval: now - previous };
  }

  /** How much information would be lost with its history, when memory has to be freed; undefined when it has none. */
  interest(timeline: Timeline): number | undefined {
    return this.#stored?.interest(timeline.now);
  }

  /** Makes its history half as large; false when it is small already. */
  halve(timeline: Timeline): boolean {
    return this.#stored?.halve(timeline) === true;
  }

  /** Frees what is too old to be shown; called from time to time. */
  tidy(timeline: Timeline): void {
    if (this.#stored?.tidy(timeline) === false) this.#stored = undefined;
  }

  /** Frees its history: the process has exited. */
  forget(): void {
    this.#stored?.clear();
    this.#stored = undefined;
  }
}

function withPauses(steps: readonly [number, number][], pauses: Timeline['pauses'], last: number): [number, number][] {
  const all: [number, number][] = [];
  let next = 0;
  const untilPauseAt = (time: number) => {
    for (; next < pauses.length && (pauses[next]?.to ?? 0) <= time; next += 1) {
      const { from, to } = existing(pauses[next]);
      const before = all.at(-1);
      if (before === undefined || from < before[0]) continue;
      all.push([from, Number.NaN], [to, before[1]]);
    }
  };
  for (const step of steps) {
    untilPauseAt(step[0]);
    if (all.at(-1)?.[0] === step[0]) all.pop();
    all.push([step[0], step[1]]);
  }
  untilPauseAt(last);
  return all;
}
