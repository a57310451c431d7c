// The past of one number, such as a process's RSS: nothing while it does not move, small rings once it does.
import { slope } from './slope.ts';
import { CELLS, TICKS, type Timeline } from './timeline.ts';

/** Growth is not told before this many readings over this many milliseconds. */
const FEWEST_READINGS = 5;
const SHORTEST_WINDOW = 4000;

/**
 * Highest values by cell (for the trend) and values by tick (for the slope), both in one array of
 * (32 + 64) × 4 bytes that exists only while the value has moved within them. Between changes nothing is
 * written: what was missed is filled in when somebody asks or the value moves.
 */
export class Series {
  /** The newest value. */
  value: number;
  readonly #firstTick: number;
  #firstCell: number;
  #rings: Float32Array | undefined;
  /** The rings are filled up to this tick and cell, which was so many doublings ago. */
  #tick: number;
  #cell: number;
  #doublings: number;
  #lastMove: number;
  #growthTick = -1;
  #growth: number | undefined;

  constructor(timeline: Timeline, value: number) {
    this.value = value;
    this.#firstTick = timeline.tick;
    this.#firstCell = timeline.cell;
    this.#tick = timeline.tick;
    this.#cell = timeline.cell;
    this.#doublings = timeline.doublings;
    this.#lastMove = timeline.tick;
  }

  /** Takes the value of the timeline's newest tick. Costs next to nothing when it has not moved. */
  record(timeline: Timeline, value: number): void {
    if (value === this.value) {
      if (this.#rings !== undefined && this.#hasLainStill(timeline)) this.#rings = undefined;
      return;
    }
    const rings = this.#filled(timeline, timeline.tick - 1, timeline.previousCell);
    this.#fillCells(rings, timeline.cell, value);
    this.#emptyGaps(rings, timeline);
    const cell = timeline.cell % CELLS;
    rings[cell] = Math.max(rings[cell] ?? value, value);
    rings[CELLS + (timeline.tick % TICKS)] = value;
    this.#tick = timeline.tick;
    this.#lastMove = timeline.tick;
    this.value = value;
  }

  /**
   * The newest `count` cells of the trend, oldest first: the highest value in each, and the value of now in
   * the last. NaN before the series began and where nothing was sampled.
   */
  cells(timeline: Timeline, count: number): number[] {
    const group = timeline.grouping(count);
    const rings = this.#rings === undefined ? undefined : this.#filled(timeline, timeline.tick, timeline.cell);
    this.#followDoublings(timeline);
    const newest = Math.floor(timeline.cell / group);
    const cells = new Array<number>(count).fill(Number.NaN);
    for (let index = 0; index < count - 1; index += 1) {
      const first = (newest - count + 1 + index) * group;
      for (let cell = first; cell < first + group; cell += 1) {
        const value = this.#at(timeline, rings, cell);
        if (!(value <= (cells[index] as number))) cells[index] = Number.isNaN(value) ? (cells[index] as number) : value;
      }
    }
    cells[count - 1] = this.value;
    return cells;
  }

  /** Bytes a second over the window, zero when it did not move in it, undefined until there is enough to say. */
  growth(timeline: Timeline): number | undefined {
    if (this.#growthTick !== timeline.tick) {
      this.#growthTick = timeline.tick;
      this.#growth = this.#measureGrowth(timeline);
    }
    return this.#growth;
  }

  #measureGrowth(timeline: Timeline): number | undefined {
    const first = Math.max(this.#firstTick, timeline.tick - TICKS + 1);
    const count = timeline.tick - first + 1;
    const began = timeline.timeOf(first) ?? 0;
    if (count < FEWEST_READINGS || (timeline.timeOf(timeline.tick) ?? 0) - began < SHORTEST_WINDOW) return undefined;
    if (this.#rings === undefined || this.#lastMove <= first) return 0;
    const rings = this.#filled(timeline, timeline.tick, timeline.cell);
    const times = new Float64Array(count);
    const values = new Float64Array(count);
    for (let index = 0; index < count; index += 1) {
      const at = (first + index) % TICKS;
      times[index] = ((timeline.times[at] as number) - began) / 1000;
      values[index] = rings[CELLS + at] as number;
    }
    return slope(times, values);
  }

  #at(timeline: Timeline, rings: Float32Array | undefined, cell: number): number {
    if (cell < this.#firstCell || cell > timeline.cell || timeline.gaps[cell % CELLS] === 1) return Number.NaN;
    return rings === undefined ? this.value : (rings[cell % CELLS] ?? Number.NaN);
  }

  /** True when neither ring holds anything but the value of now. */
  #hasLainStill(timeline: Timeline): boolean {
    if (timeline.tick - this.#lastMove < TICKS || timeline.tick % TICKS !== 0) return false;
    const rings = this.#filled(timeline, timeline.tick, timeline.cell);
    const single = Math.fround(this.value);
    for (let cell = Math.max(this.#firstCell, timeline.cell - CELLS + 1); cell <= timeline.cell; cell += 1) {
      if (rings[cell % CELLS] !== single) return false;
    }
    return true;
  }

  /** The rings with the unmoved value written up to the given tick and cell. */
  #filled(timeline: Timeline, tick: number, cell: number): Float32Array {
    this.#followDoublings(timeline);
    let rings = this.#rings;
    if (rings === undefined) {
      rings = new Float32Array(CELLS + TICKS);
      this.#rings = rings;
      this.#tick = Math.max(this.#firstTick, tick - TICKS) - 1;
      this.#cell = Math.max(this.#firstCell, cell - CELLS) - 1;
    }
    for (let at = Math.max(this.#tick + 1, tick - TICKS + 1); at <= tick; at += 1) {
      rings[CELLS + (at % TICKS)] = this.value;
    }
    this.#tick = Math.max(this.#tick, tick);
    this.#fillCells(rings, cell, this.value);
    return rings;
  }

  #fillCells(rings: Float32Array, cell: number, value: number): void {
    for (let at = Math.max(this.#cell + 1, cell - CELLS + 1); at <= cell; at += 1) rings[at % CELLS] = value;
    this.#cell = Math.max(this.#cell, cell);
  }

  /** The new value was not there yet while the sampling paused: merged cells must not take it from the gap. */
  #emptyGaps(rings: Float32Array, timeline: Timeline): void {
    for (let at = Math.max(timeline.previousCell + 1, timeline.cell - CELLS + 1); at < timeline.cell; at += 1) {
      if (timeline.gaps[at % CELLS] === 1) rings[at % CELLS] = Number.NaN;
    }
  }

  /** Merges cells as often as the timeline has doubled their span since; cells are not yet wrapped then. */
  #followDoublings(timeline: Timeline): void {
    for (; this.#doublings < timeline.doublings; this.#doublings += 1) {
      if (this.#rings !== undefined) this.#mergeCells(this.#rings);
      this.#firstCell = Math.floor(this.#firstCell / 2);
      this.#cell = Math.floor(this.#cell / 2);
    }
  }

  #mergeCells(rings: Float32Array): void {
    const last = Math.min(this.#cell, CELLS - 1);
    for (let cell = 0; cell * 2 <= last; cell += 1) {
      const left = cell * 2 < this.#firstCell ? Number.NaN : (rings[cell * 2] ?? Number.NaN);
      const right = cell * 2 + 1 > last ? Number.NaN : (rings[cell * 2 + 1] ?? Number.NaN);
      rings[cell] = Number.isNaN(left) ? right : Number.isNaN(right) ? left : Math.max(left, right);
    }
  }
}
