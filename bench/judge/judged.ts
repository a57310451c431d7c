// Judges processes from readings, with the tracker of the screen.

import { firstEnd } from '../../src/model/rows/exhaustion.ts';
import { judgementOf } from '../../src/model/rows/row-growth.ts';
import { Tracker } from '../../src/model/rows/tracker.ts';
import type { GroupLimit, MemoryGroup } from '../../src/model/snapshot/cgroup-memory.ts';
import type { Process, Snapshot, SystemMemory } from '../../src/model/snapshot/snapshot.ts';
import type { GivenLimit, ReadingLine } from './line.ts';

/** One line of output: bytes a second, and seconds from `t`. */
export interface Judged {
  readonly id: string;
  readonly t: number;
  /** The growth pattern; empty where it is unclear, absent where it is too early to judge. */
  readonly pattern?: string;
  readonly growth?: number;
  /** The window it was judged over, in seconds. */
  readonly window?: number;
  /** Soonest, middle, latest; absent where no end is in sight. */
  readonly forecast?: readonly [number, number, number];
}

/** The cgroup of a process here: it has no other name. */
const CGROUP = '/judged';
/** The last processes read are kept; a program with more of them at once needs more memory than a tool should take. */
const MOST_PROCESSES = 8192;

/** Takes readings in the order in which they come; processes may alternate. */
export class Judges {
  readonly #judges = new Map<string, Judge>();

  /** Takes a reading. The judgement, where the line asks for one. Throws an Error where time goes back. */
  take(line: ReadingLine): Judged | undefined {
    const judge = this.#judges.get(line.id) ?? new Judge();
    // The newest is the last of the map.
    this.#judges.delete(line.id);
    this.#judges.set(line.id, judge);
    if (this.#judges.size > MOST_PROCESSES) this.#judges.delete(this.#judges.keys().next().value as string);
    return judge.take(line);
  }
}

/** One process alone on a machine. */
class Judge {
  readonly #tracker = new Tracker();
  #system: SystemMemory = {};
  #limit: GroupLimit | undefined;
  #before: ReadingLine | undefined;
  #process: Process | undefined;

  take(line: ReadingLine): Judged | undefined {
    const before = this.#before;
    if (before !== undefined && line.t < before.t) throw new Error(`"t" of ${line.id} goes back`);
    this.#before = line;
    if (line.machine !== undefined) this.#system = line.machine;
    if (line.cgroup !== undefined) this.#limit = groupLimitOf(line.cgroup);
    const isSame = before !== undefined && before.rss === line.rss && before.swap === line.swap;
    this.#process = isSame && this.#process !== undefined ? this.#process : processOf(line);
    const [row] = this.#tracker.advance(this.#snapshot(line, this.#process), line.interval * 1000);
    if (!line.ask || row === undefined) return undefined;
    const judgement = judgementOf(row, this.#tracker.timeline);
    const forecast = firstEnd(this.#tracker)?.forecast;
    return {
      id: line.id,
      t: line.t,
      ...(judgement && {
        pattern: judgement.pattern ?? '',
        growth: judgement.growth,
        window: judgement.window / 1000,
      }),
      ...(forecast && { forecast: [forecast.soonest / 1000, forecast.middle / 1000, forecast.latest / 1000] }),
    };
  }

  #snapshot({ t }: ReadingLine, process: Process): Snapshot {
    const limit = this.#limit;
    const groups: MemoryGroup[] = limit === undefined ? [] : [{ path: CGROUP, charged: limit.charged, limit }];
    return {
      time: t * 1000,
      monotonic: t * 1000,
      host: { name: 'judged', platform: 'linux', kernel: '' },
      system: this.#system,
      processes: [process],
      gaps: [],
      groups,
    };
  }
}

function processOf({ id, rss, swap }: ReadingLine): Process {
  const who = { pid: 1, ppid: 0, startTime: 0, name: id, command: id, kernel: false };
  return { who, state: 'S', rss, cgroup: CGROUP, ...(swap !== undefined && { swap }) };
}

function groupLimitOf(given: GivenLimit): GroupLimit {
  return { path: CGROUP, ...given };
}
