// Which rows are read in this tick: quiet ones less often, spread evenly, and all at once when memory goes.
import type { Roster } from './roster.ts';

/** No row is read later than this, in milliseconds: five seconds, and what a timer may be late. */
const LATEST = 5_050;

/** A part of total memory: when available has fallen by more since the last full pass, everything is read. */
const ALARM = 0.01;

/** Ticks whose distance differs by less than this fraction are as far apart as before. */
const JITTER = 0.1;

export class Schedule {
  #tick = -1;
  #now = 0;
  /** Milliseconds between two ticks, as they usually are. */
  #usual = 0;
  /** A quiet row is read once in this many ticks. */
  #period = 1;
  /** At this age a row must be read, since the next tick would be too late. */
  #oldest = 0;
  #readAll = true;
  /** The memory that was available in the last full pass. */
  #available: number | undefined;

  /** Number of the tick that is being served. */
  get tick(): number {
    return this.#tick;
  }

  /** Begins a tick at `now` (monotonic milliseconds), knowing what is available of the total memory in bytes. */
  begin(now: number, available: number | undefined, total: number | undefined, everyRow: boolean): void {
    const gap = now - this.#now;
    this.#readAll = everyRow || this.#tick < 0 || this.#fell(available, total);
    // A tick that is some milliseconds early or late must not change whose turn it is.
    const isUsual = Math.abs(gap - this.#usual) < this.#usual * JITTER;
    this.#usual = isUsual ? this.#usual + (gap - this.#usual) / 8 : gap;
    this.#oldest = LATEST - this.#usual;
    this.#period = Math.max(1, Math.floor(LATEST / this.#usual));
    this.#now = now;
    this.#tick++;
    if (this.#readAll) this.#available = available;
  }

  /** Whether the row in a place is to be read in this tick. Its place says when the turn of a quiet one comes. */
  isDue(roster: Roster, place: number): boolean {
    if (this.#readAll || !roster.isQuiet(place)) return true;
    return (this.#tick + place) % this.#period === 0 || this.#now - roster.readAt(place) > this.#oldest;
  }

  #fell(available: number | undefined, total: number | undefined): boolean {
    // Where the available memory is unknown, no read may be skipped.
    if (available === undefined || total === undefined || this.#available === undefined) return true;
    return this.#available - available > total * ALARM;
  }
}
