// The time axis that all histories share: ticks for slopes, and coarse cells of fixed spans for trends.

/** Coarse cells kept: enough for the widest trend column. */
export const CELLS = 32;
/** Ticks kept: the window over which growth is measured. */
export const TICKS = 64;

/** What the cells cover in the end; until then their span doubles as they fill. */
const COVERED = 10 * 60_000;
/** A pause of this many intervals is a gap in the sampling and is drawn as one. */
const GAP_INTERVALS = 2.5;

/** One clock for every series. Cells are fixed spans of time, so that a value that does not move is not redrawn. */
export class Timeline {
  /** Monotonic milliseconds of tick t, at t % TICKS. */
  readonly times = new Float64Array(TICKS);
  /** 1 where nothing was sampled during cell c, at c % CELLS. */
  readonly gaps = new Uint8Array(CELLS);
  /** Number of the newest tick; -1 before the first. */
  tick = -1;
  /** Number of the newest cell, and of the cell of the tick before. */
  cell = 0;
  previousCell = 0;
  /** Milliseconds that one cell covers, and how often that has doubled. */
  span = 0;
  doublings = 0;
  #origin = 0;

  /** Enters a new tick at `monotonic` milliseconds, samples being `interval` milliseconds apart. */
  advance(monotonic: number, interval: number): void {
    if (this.tick < 0) this.#begin(monotonic, interval);
    const last = this.timeOf(this.tick) ?? monotonic;
    this.tick += 1;
    this.times[this.tick % TICKS] = monotonic;
    this.previousCell = this.cell;
    this.cell = Math.max(this.cell, Math.floor((monotonic - this.#origin) / this.span));
    while (this.cell >= CELLS && CELLS * this.span < COVERED) this.#double();
    this.#markSkipped(monotonic - last > GAP_INTERVALS * interval);
  }

  /** Monotonic milliseconds of a tick, or undefined when it is no longer (or not yet) kept. */
  timeOf(tick: number): number | undefined {
    return tick < 0 || tick > this.tick || tick <= this.tick - TICKS ? undefined : this.times[tick % TICKS];
  }

  /** How many stored cells make one drawn cell, so that `count` of them cover the time so far, 10 minutes in the end. */
  grouping(count: number): number {
    let group = 1;
    while (
      count * group * 2 <= CELLS &&
      count * group * this.span < COVERED &&
      Math.floor(this.cell / group) >= count
    ) {
      group *= 2;
    }
    return group;
  }

  /** Milliseconds that a trend of `count` drawn cells covers. */
  covered(count: number): number {
    return count * this.grouping(count) * this.span;
  }

  /** Monotonic milliseconds at which a cell begins. */
  startOf(cell: number): number {
    return this.#origin + cell * this.span;
  }

  /** In which of `count` drawn cells, counted from the left, a moment lies; undefined when in none of them. */
  drawnCellOf(monotonic: number, count: number): number | undefined {
    const group = this.grouping(count);
    const cell = Math.floor((monotonic - this.#origin) / this.span);
    const at = count - 1 - (Math.floor(this.cell / group) - Math.floor(cell / group));
    return at < 0 || at >= count ? undefined : at;
  }

  /** Half an interval early, so that a tick that comes a little late or soon still falls into its own cell. */
  #begin(monotonic: number, interval: number): void {
    this.span = interval;
    this.#origin = monotonic - interval / 2;
  }

  #double(): void {
    this.span *= 2;
    this.doublings += 1;
    this.cell = Math.floor(this.cell / 2);
    this.previousCell = Math.floor(this.previousCell / 2);
    for (let cell = 0; cell < CELLS; cell += 1) {
      const both = (this.gaps[2 * cell] ?? 0) & (this.gaps[2 * cell + 1] ?? 0);
      this.gaps[cell] = both;
    }
  }

  #markSkipped(isGap: boolean): void {
    const first = Math.max(this.previousCell + 1, this.cell - CELLS + 1);
    for (let cell = first; cell < this.cell; cell += 1) this.gaps[cell % CELLS] = isGap ? 1 : 0;
    this.gaps[this.cell % CELLS] = 0;
  }
}
