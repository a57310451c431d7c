// Keeps all histories within their memory: those of exited processes are dropped after a while, and the least interesting are thinned when space is short.
import { existing } from '../../numbers/existing.ts';
import type { Series } from './series.ts';
import type { Timeline } from './timeline.ts';

/** Milliseconds for which the history of an exited process is kept, to explain its death. */
const AFTERLIFE = 2 * 60_000;
/** The most that are kept; the oldest are dropped first. */
const MOST_ENDED = 512;
/** Every history is checked once in this many ticks. */
const ROUND = 256;
/** Histories thin out when less than this fraction of the pages is left, until twice as much is. */
const SHORT = 1 / 16;

/** What this file needs of a process. */
interface Remembered {
  readonly process: { readonly who: { readonly pid: number; readonly startTime: number } };
  readonly rss: Series;
}

interface Ended<Row> {
  readonly row: Row;
  readonly at: number;
  readonly histories: readonly Series[];
}

export class Keeper<Row extends Remembered> {
  readonly #historiesOf: (row: Row) => readonly Series[];
  #ended: Ended<Row>[] = [];

  /** Limits the histories of these rows. */
  constructor(historiesOf: (row: Row) => readonly Series[]) {
    this.#historiesOf = historiesOf;
  }

  /** A process has exited. */
  end(row: Row, timeline: Timeline): void {
    const histories = this.#historiesOf(row).filter((series) => series.interest(timeline) !== undefined);
    if (histories.length > 0) this.#ended.push({ row, at: timeline.now, histories });
  }

  /** The RSS history of a process that exited recently. */
  historyOf(pid: number, startTime: number): Series | undefined {
    return this.#ended.find(({ row: { process } }) => process.who.pid === pid && process.who.startTime === startTime)
      ?.row.rss;
  }

  /** To be called once a tick, with the current rows. */
  keep(rows: readonly Row[], timeline: Timeline): void {
    const { slab } = timeline;
    while (this.#ended.length > 0 && this.#isOver(existing(this.#ended[0]), timeline)) {
      for (const series of this.#ended.shift()?.histories ?? []) series.forget();
    }
    for (let index = timeline.tick % ROUND; index < rows.length; index += ROUND) {
      for (const series of this.#historiesOf(existing(rows[index]))) series.tidy(timeline);
    }
    if (slab.left < slab.capacity * SHORT) this.#thinOut(rows, timeline);
  }

  #isOver(oldest: Ended<Row>, { now }: Timeline): boolean {
    return this.#ended.length > MOST_ENDED || now - oldest.at > AFTERLIFE;
  }

  /** Exited processes first, then those that moved least and longest ago. */
  #thinOut(rows: readonly Row[], timeline: Timeline): void {
    const { slab } = timeline;
    for (const { histories } of this.#ended) for (const series of histories) series.forget();
    this.#ended = [];
    const all = rows
      .flatMap((row) => this.#historiesOf(row))
      .map((series) => ({ series, interest: series.interest(timeline) }))
      .filter((ended): ended is { series: Series; interest: number } => ended.interest !== undefined)
      .sort((one, other) => one.interest - other.interest);
    const enough = slab.capacity * SHORT * 2;
    // Each history once before any is reduced again; small ones are dropped completely if necessary.
    for (const { series } of all) if (slab.left < enough) series.halve(timeline);
    for (const { series } of all) if (slab.left < enough) series.forget();
  }
}
