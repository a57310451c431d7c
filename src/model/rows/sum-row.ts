// Several processes as one row: every measure that adds up, added up.

import { existing } from '../../numbers/existing.ts';
import type { History } from '../history/history.ts';
import type { Timeline } from '../history/timeline.ts';
import type { Heap } from '../snapshot/heap.ts';
import type { SmapsSums } from '../snapshot/smaps.ts';
import type { Process } from '../snapshot/snapshot.ts';
import type { Label } from './label.ts';
import type { Row } from './row.ts';

/**
 * The summed history of several rows, computed only on request. It is the history of the current members:
 * exited processes are not in it, and new ones count as zero before their start.
 */
export class SumHistory implements History {
  readonly value: number;
  readonly #parts: readonly History[];
  #cells: { readonly tick: number; readonly values: number[] } | undefined;
  #growth: { readonly tick: number; readonly value: number | undefined } | undefined;

  constructor(parts: readonly History[]) {
    this.#parts = parts;
    this.value = parts.reduce((sum, part) => sum + part.value, 0);
  }

  /** As in a single series, but the highest values of a cell may be from different times, so that their sum is an upper bound. */
  cells(timeline: Timeline, count: number): number[] {
    const known = this.#cells;
    if (known?.tick === timeline.tick && known.values.length === count) return known.values;
    const values = new Array<number>(count).fill(Number.NaN);
    for (const part of this.#parts) {
      const cells = part.cells(timeline, count);
      for (let index = 0; index < count; index += 1) {
        const value = existing(cells[index]);
        if (!Number.isNaN(value)) values[index] = Number.isNaN(values[index]) ? value : existing(values[index]) + value;
      }
    }
    this.#cells = { tick: timeline.tick, values };
    return values;
  }

  isAtRest(timeline: Timeline): boolean {
    return this.#parts.every((part) => part.isAtRest(timeline));
  }

  rise(timeline: Timeline, span: number): number {
    return this.#parts.reduce((sum, part) => sum + (part.isAtRest(timeline) ? 0 : part.rise(timeline, span)), 0);
  }

  get lastGrowth(): number {
    return this.#parts.reduce((sum, part) => sum + part.lastGrowth, 0);
  }

  /** The growth of those whose growth is known, so that a process that has just started does not make the sum jump. */
  growth(timeline: Timeline): number | undefined {
    if (this.#growth?.tick !== timeline.tick) {
      this.#growth = { tick: timeline.tick, value: sumOf(this.#parts, (part) => part.growth(timeline)) };
    }
    return this.#growth.value;
  }
}

/**
 * One row for several processes, known by `label`. RSS, virtual memory, swap, threads, CPU, major faults and used heap are sums over
 * the processes with a known value, absent when there is none; PSS and USS are there only when all are known. A peak is absent: the members
 * had theirs at different times. What all have in common (state, nice value, cgroup) is kept, and the start time is the oldest.
 */
export function sumRow(members: readonly Row[], label: Label): Row {
  const total = (measure: (process: Process) => number | undefined) => sumOf(members, (row) => measure(row.process));
  const cpuPercent = sumOf(members, (row) => row.cpuPercent);
  const majorFaultsPerSecond = sumOf(members, (row) => row.majorFaultsPerSecond);
  const process = {
    who: label.who,
    state: common(members, ({ process: { state } }) => state) ?? '',
    rss: total(({ rss }) => rss) ?? 0,
    ...named(
      'virtual',
      total(({ virtual }) => virtual),
    ),
    ...named(
      'threads',
      total(({ threads }) => threads),
    ),
    ...named(
      'cpuTime',
      total(({ cpuTime }) => cpuTime),
    ),
    ...named(
      'nice',
      common(members, ({ process: { nice } }) => nice),
    ),
    ...named(
      'swap',
      total(({ swap }) => swap),
    ),
    ...named(
      'cgroup',
      common(members, ({ process: { cgroup } }) => cgroup),
    ),
    ...named('heap', heapOf(members)),
    ...named('smaps', smapsOf(members)),
  };
  const rss = new SumHistory(members.map((row) => row.rss));
  const isSwapping = members.some((row) => row.total !== undefined);
  const both = isSwapping ? new SumHistory(members.map((row) => row.total ?? row.rss)) : undefined;
  return {
    process,
    label,
    rss,
    ...named('total', both),
    ...named('cpuPercent', cpuPercent),
    ...named('majorFaultsPerSecond', majorFaultsPerSecond),
  };
}

/** The sum of PSS and USS, as old as its oldest reading; undefined until they are known for every process with memory. */
function smapsOf(members: readonly Row[]): SmapsSums | undefined {
  const read = members.filter(({ process }) => process.rss > 0).map(({ process }) => process.smaps);
  if (read.length === 0 || read.includes(undefined)) return undefined;
  const known = read.filter((smaps) => smaps !== undefined);
  const total = (part: (smaps: SmapsSums) => number) => known.reduce((sum, smaps) => sum + part(smaps), 0);
  return {
    pss: total(({ pss }) => pss),
    uss: total(({ uss }) => uss),
    shared: total(({ shared }) => shared),
    rss: total(({ rss }) => rss),
    readAt: Math.min(...known.map(({ readAt }) => readAt)),
    cost: total(({ cost }) => cost),
  };
}

/** Used heap added up; limits and pauses do not add up. */
function heapOf(members: readonly Row[]): Heap | undefined {
  const used = sumOf(members, ({ process: { heap } }) => heap?.used);
  const runtime = members.find(({ process }) => process.heap !== undefined)?.process.heap?.runtime;
  return used === undefined || runtime === undefined ? undefined : { runtime, used };
}

/** The sum of the known values; undefined when there is none. */
function sumOf<Part>(parts: readonly Part[], value: (part: Part) => number | undefined): number | undefined {
  let sum: number | undefined;
  for (const part of parts) {
    const known = value(part);
    if (known !== undefined) sum = (sum ?? 0) + known;
  }
  return sum;
}

/** The value that all have; undefined when they differ. */
export function common<Part, Value>(parts: readonly Part[], value: (part: Part) => Value): Value | undefined {
  const first = parts[0] === undefined ? undefined : value(parts[0]);
  return parts.every((part) => value(part) === first) ? first : undefined;
}

/** An object with the field, or without it where it is unknown. */
function named<Name extends string, Value>(name: Name, value: Value | undefined): { [Key in Name]?: Value } {
  return (value === undefined ? {} : { [name]: value }) as { [Key in Name]?: Value };
}
