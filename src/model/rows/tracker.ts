// Snapshots in, rows out: adds what needs two or more snapshots (CPU percentage, growth, history).
import { existing } from '../../numbers/existing.ts';
import { type SwapRates, type SwapReading, swapRates } from '../breakdown/swap-rates.ts';
import { swapHeadroom } from '../breakdown/zram.ts';
import { Keeper } from '../history/retention.ts';
import { Series } from '../history/series.ts';
import { Timeline } from '../history/timeline.ts';
import { type GcRate, type Heap, heapHeadroomOf, heldBytes } from '../snapshot/heap.ts';
import type { Process, Snapshot } from '../snapshot/snapshot.ts';
import { GcMeter } from './gc-rate.ts';
import { Label } from './label.ts';
import { LimitHeadrooms } from './limit-headroom.ts';
import type { Row } from './row.ts';

/** A row of one process, with the history that is still being written. */
interface Followed extends Row {
  readonly rss: Series;
}

/** A copy of a tracker at one moment. */
export interface Frozen {
  readonly tracker: Tracker;
  /** The row of a process with copies of its histories. To be called before the next snapshot. */
  rowOf(row: Row): Row;
}

/** Follows processes from snapshot to snapshot. A process is pid and start time: a reused pid is another one. */
export class Tracker {
  readonly timeline: Timeline;
  /** The history of the machine's available memory; undefined until it is first known. */
  available: Series | undefined;
  /** The history of the machine's headroom: available memory and free swap, where zram counts for what compression saves. */
  headroom: Series | undefined;
  /** The headroom histories of memory limits. */
  readonly limits: LimitHeadrooms;
  /** How much the machine swaps; undefined until two snapshots show it. */
  swapRates: SwapRates | undefined;
  #swapReading: SwapReading | undefined;
  #rows = new Map<number, Followed>();
  /** The rows of the last snapshot, in its order, which that of the next one mostly repeats. */
  #last: readonly Followed[] = [];
  readonly #keeper = new Keeper((row: Followed) => this.#historiesOf(row));
  /** Only for processes with an agent, by their RSS history: how often they collect, and the history of their heap. */
  readonly #meters = new WeakMap<Series, GcMeter>();
  readonly #heaps = new WeakMap<Series, Series>();
  /** Only for processes whose swap has changed, by their RSS history: RSS and swap together. */
  readonly #totals = new WeakMap<Series, Series>();

  constructor(timeline = new Timeline(), limits = new LimitHeadrooms()) {
    this.timeline = timeline;
    this.limits = limits;
  }

  /** Takes a snapshot; the next one is expected in `interval` milliseconds. Forgets processes that are no longer in it. */
  advance(snapshot: Snapshot, interval: number): readonly Row[] {
    this.timeline.advance(snapshot.monotonic, interval);
    const { available } = snapshot.system;
    this.swapRates = swapRates(this.#swapReading, snapshot);
    this.#swapReading = { monotonic: snapshot.monotonic, system: snapshot.system };
    this.available = recorded(this.available, this.timeline, available);
    const headroom = available === undefined ? undefined : available + (swapHeadroom(snapshot.system) ?? 0);
    this.headroom = recorded(this.headroom, this.timeline, headroom);
    this.limits.record(this.timeline, snapshot);
    const { processes } = snapshot;
    const rows = new Array<Followed>(processes.length);
    const known = this.#rows;
    const last = this.#last;
    for (let index = 0, place = 0; index < rows.length; index += 1, place += 1) {
      const process = existing(processes[index]);
      while (place < last.length && last[place]?.process.who.pid !== process.who.pid) place += 1;
      const before = last[place] ?? known.get(process.who.pid);
      const row = this.#isStill(before, process) ? before : this.#follow(before, process, snapshot.monotonic);
      rows[index] = row;
      if (row !== before) known.set(process.who.pid, row);
    }
    this.#last = rows;
    if (known.size > rows.length) {
      this.#rows = new Map(rows.map((row) => [row.process.who.pid, row]));
      for (const row of known.values()) if (!this.#rows.has(row.process.who.pid)) this.#keeper.end(row, this.timeline);
    }
    this.#keeper.keep(rows, this.timeline);
    return rows;
  }

  /** The history of the used heap of a process, external memory included; undefined where no agent reports it. */
  heapOf(row: Row): Series | undefined {
    return row.rss instanceof Series ? this.#heaps.get(row.rss) : undefined;
  }

  /** The history of a process that is in the newest snapshot or exited within the last minutes. */
  historyOf(pid: number, startTime: number): Series | undefined {
    const row = this.#rows.get(pid);
    return row?.process.who.startTime === startTime ? row.rss : this.#keeper.historyOf(pid, startTime);
  }

  /**
   * A copy of all histories, which later snapshots do not change, and the way to make rows with them. Copies the
   * memory of all histories.
   */
  frozen(): Frozen {
    const timeline = this.timeline.copy();
    const copies = new Map<Series, Series>();
    const copyOf = (series: Series): Series => {
      const copy = copies.get(series) ?? series.copy(this.timeline, timeline);
      copies.set(series, copy);
      return copy;
    };
    const tracker = new Tracker(timeline, this.limits.copy(copyOf));
    tracker.available = this.available && copyOf(this.available);
    tracker.headroom = this.headroom && copyOf(this.headroom);
    tracker.swapRates = this.swapRates;
    const rowOf = (row: Row): Row => {
      const heap = this.heapOf(row);
      const frozen = withPasts(row, copyOf);
      if (heap !== undefined) tracker.#heaps.set(frozen.rss as Series, copyOf(heap));
      return frozen;
    };
    return { tracker, rowOf };
  }

  /** Whether nothing about a process has changed, so that its row stays: quick, since it is asked of each of thousands. */
  #isStill(before: Followed | undefined, process: Process): before is Followed {
    if (before?.process !== process || process.heap?.gc !== undefined) return false;
    const { cpuPercent, majorFaultsPerSecond, groupHeadroom } = before;
    return cpuPercent === 0 && !majorFaultsPerSecond && groupHeadroom === this.limits.of(process.cgroup);
  }

  #follow(before: Followed | undefined, process: Process, at: number): Followed {
    if (before === undefined || before.process.who.startTime !== process.who.startTime) {
      if (before !== undefined) this.#keeper.end(before, this.timeline);
      const rss = new Series(this.timeline, process.rss);
      const heapHeadroom = recorded(undefined, this.timeline, heapHeadroomOf(process.heap));
      return { process, label: new Label(process.who), rss, ...(heapHeadroom === undefined ? {} : { heapHeadroom }) };
    }
    // Before RSS has its newest value: a sum that begins now takes over the history of RSS.
    const total = this.#recordTotal(before, process);
    before.rss.record(this.timeline, process.rss);
    this.#recordHeap(before.rss, process.heap);
    const groupHeadroom = this.limits.of(process.cgroup);
    const label = before.label.who === process.who ? before.label : new Label(process.who);
    const cpuPercent = cpuPercentOf(before.process, process);
    const majorFaultsPerSecond = majorFaultRate(before.process, process);
    const gc = this.#gcRate(before.rss, process, at);
    const heapHeadroom = recorded(before.heapHeadroom, this.timeline, heapHeadroomOf(process.heap));
    return {
      process,
      label,
      rss: before.rss,
      ...(cpuPercent === undefined ? {} : { cpuPercent }),
      ...(majorFaultsPerSecond === undefined ? {} : { majorFaultsPerSecond }),
      ...(gc === undefined ? {} : { gc }),
      ...(total === undefined ? {} : { total }),
      ...(heapHeadroom === undefined ? {} : { heapHeadroom }),
      ...(groupHeadroom === undefined ? {} : { groupHeadroom }),
    };
  }

  #recordHeap(rss: Series, heap: Heap | undefined): void {
    const before = this.#heaps.get(rss);
    if (before === undefined && heap === undefined) return;
    const history = recorded(before, this.timeline, heap === undefined ? undefined : heldBytes(heap));
    if (history === undefined) this.#heaps.delete(rss);
    else this.#heaps.set(rss, history);
  }

  /** The history of RSS and swap; undefined while swap never moved, or is not known. It has the whole history of RSS. */
  #recordTotal({ rss, process: before }: Followed, { rss: newest, swap }: Process): Series | undefined {
    if (swap === undefined) return undefined;
    let total = this.#totals.get(rss);
    if (total === undefined) {
      if (before.swap === undefined || before.swap === swap) return undefined;
      total = rss.raised(this.timeline, before.swap);
      this.#totals.set(rss, total);
    }
    total.record(this.timeline, newest + swap);
    return total;
  }

  /** All histories of a process. */
  #historiesOf({ rss, heapHeadroom }: Followed): Series[] {
    return [rss, this.#totals.get(rss), heapHeadroom, this.#heaps.get(rss)].filter((history) => history !== undefined);
  }

  #gcRate(series: Series, { heap }: Process, at: number): GcRate | undefined {
    if (heap?.gc === undefined) return undefined;
    const meter = this.#meters.get(series) ?? new GcMeter();
    this.#meters.set(series, meter);
    meter.record(heap, at);
    return meter.rate(at);
  }
}

/** The row with a copy of each history it has. */
function withPasts(row: Row, copyOf: (series: Series) => Series): Row {
  const { rss, total, heapHeadroom, groupHeadroom } = row;
  return {
    ...row,
    rss: rss instanceof Series ? copyOf(rss) : rss,
    ...(total instanceof Series ? { total: copyOf(total) } : {}),
    ...(heapHeadroom === undefined ? {} : { heapHeadroom: copyOf(heapHeadroom) }),
    ...(groupHeadroom === undefined ? {} : { groupHeadroom: copyOf(groupHeadroom) }),
  };
}

/**
 * The history of a number with its newest value; it begins when the number is known for the first time. It is
 * dropped when the number is no longer known: a forecast made of it would be out of date.
 */
function recorded(series: Series | undefined, timeline: Timeline, value: number | undefined): Series | undefined {
  if (value === undefined) series?.forget();
  else if (series === undefined) return new Series(timeline, value);
  else series.record(timeline, value);
  return value === undefined ? undefined : series;
}

function cpuPercentOf(before: Process, now: Process): number | undefined {
  if (before.cpuTime === undefined || now.cpuTime === undefined) return undefined;
  // The same reading, or one in which only something else changed: the process has not run.
  if (before.cpuTime === now.cpuTime) return 0;
  if (!now.sinceLastRead) return undefined;
  return Math.max(0, ((now.cpuTime - before.cpuTime) / now.sinceLastRead) * 100);
}

/** Computed like the CPU percentage: 0 where the count has not changed, undefined without an earlier reading. */
function majorFaultRate(before: Process, now: Process): number | undefined {
  if (before.majorFaults === undefined || now.majorFaults === undefined) return undefined;
  if (before.majorFaults === now.majorFaults) return 0;
  if (!now.sinceLastRead) return undefined;
  return Math.max(0, ((now.majorFaults - before.majorFaults) * 1000) / now.sinceLastRead);
}
