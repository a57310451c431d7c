// Chooses the processes whose PSS and USS are read in this tick: the ones shown, oldest reading first, within a time budget.
// Reading them takes locks of the observed process (mmap_lock, fs/proc/task_mmu.c): never more than is needed.

import { COSTLY, COSTLY_REST, SMAPS_AGE } from '../../../model/snapshot/smaps.ts';
import { existing } from '../../../numbers/existing.ts';
import type { Gaps } from '../../sampler/gaps.ts';
import type { Needs } from '../../sampler/sampler.ts';
import { ZOMBIE } from '../proc/stat.ts';
import type { Roster } from '../processes/roster.ts';
import type { ProcRow } from '../processes/row.ts';
import { amendReading } from '../processes/row-process.ts';
import type { FileReader } from '../reading/file-reader.ts';
import type { ProcRoot } from '../reading/proc-root.ts';
import type { Slices } from '../reading/slices.ts';
import { Stuck } from '../reading/stuck.ts';
import { SmapsFile } from './smaps-file.ts';

/** A denied file is tried again after this many milliseconds: the process may have changed its user. */
const DENIED_REST = 30_000;
/** A budget of a few milliseconds has no time for more: only this many are sorted. */
const MOST_ORDERED = 512;
/** Milliseconds on the clock after which keys get their turn: more than any budget, on a machine that is busy otherwise. */
const LONGEST = 15;

/** The clocks of a sample: milliseconds of both at the same moment. */
export interface Clocks {
  readonly time: number;
  readonly monotonic: number;
}

export class SmapsReader {
  readonly #file: SmapsFile;
  readonly #roster: Roster;
  readonly #live: boolean;
  readonly #stuck: Stuck;

  constructor(root: ProcRoot, reader: FileReader, roster: Roster) {
    this.#file = new SmapsFile(reader, root.path, root.live);
    this.#roster = roster;
    this.#live = root.live;
    this.#stuck = new Stuck(reader);
  }

  /** Reads the PSS and USS that are due as far as the budget allows, and counts those that cannot be read. */
  async read(needs: Needs, clocks: Clocks, slices: Slices, gaps: Gaps): Promise<void> {
    const wanted = this.#wanted(needs);
    if (wanted.length === 0) return;
    const due = wanted.filter((row) => isDue(row, clocks.monotonic));
    const budget = needs.smapsBudget ?? Number.POSITIVE_INFINITY;
    if (due.length > 0)
      await this.#readDue(budget === Number.POSITIVE_INFINITY ? due : ordered(due), budget, clocks, slices);
    for (const { smapsGap } of wanted) if (smapsGap !== undefined) gaps.add('pss', smapsGap);
  }

  #wanted({ measures, everyMeasure, visible, details, keeps }: Needs): ProcRow[] {
    const isWanted = measures.has('pss');
    const pids = new Set(isWanted && !everyMeasure ? visible : []);
    if (details !== undefined) pids.add(details);
    if (isWanted && everyMeasure) {
      const all = [...this.#roster].filter(hasSmaps);
      return keeps === undefined ? all : all.filter(({ process }) => process !== undefined && keeps(process));
    }
    const rows = [...pids].map((pid) => this.#roster.get(pid)).filter((row) => row !== undefined);
    return rows.filter(hasSmaps);
  }

  async #readDue(due: readonly ProcRow[], budget: number, clocks: Clocks, slices: Slices): Promise<void> {
    await slices.next();
    let spent = 0;
    let now = slices.now;
    for (const row of due) {
      // What is known to take long comes first in some tick, or it would never have its turn.
      if (spent > 0 && spent + (row.smaps?.cost ?? 0) > budget) break;
      const done = this.#readOne(row, clocks, now);
      spent += done.cost;
      now = done.at;
      if (now - slices.now <= LONGEST) continue;
      if (budget < Number.POSITIVE_INFINITY) break;
      await slices.next();
      now = slices.now;
    }
  }

  /** Reads those of one process, and returns what that cost and the monotonic milliseconds it was done at. */
  #readOne(row: ProcRow, { time, monotonic }: Clocks, now: number): { readonly cost: number; readonly at: number } {
    const cpuBefore = process.cpuUsage();
    const reading = this.#file.read(row.folder, this.#live && this.#stuck.isLikely(row.folder, row.state, row.threads));
    const at = performance.now();
    const cost = costOf(at - now, cpuBefore);
    if (reading === 'gone') return { cost, at };
    row.smapsAt = now;
    row.smapsFaults = row.newestFaults;
    row.smapsGap = typeof reading === 'string' ? reading : undefined;
    // The previous reading is used until the child process has the next.
    if (reading !== 'late') row.smaps = undefined;
    if (typeof reading !== 'string') {
      const readAt = Math.round(time + now - monotonic);
      row.smaps = { ...reading, rss: row.process?.rss ?? 0, readAt, cost };
    }
    this.#store(row);
    return { cost, at };
  }

  /** The same process with the new reading, whether its stat was read in this tick or not. */
  #store(row: ProcRow): void {
    if (row.process === undefined) return;
    const { smaps: _, smapsGap: __, ...rest } = row.process;
    amendReading(row, {
      ...rest,
      ...(row.smaps !== undefined && { smaps: row.smaps }),
      ...(row.smaps === undefined && row.smapsGap !== undefined && { smapsGap: row.smapsGap }),
    });
    this.#roster.note(row);
  }
}

/** Kernel threads and zombies have no memory. */
function hasSmaps({ process, state }: ProcRow): boolean {
  return process !== undefined && !process.who.kernel && state !== ZOMBIE;
}

/** A reading stays valid for a while when nothing has changed: other processes that share pages may come and go. */
function isDue(row: ProcRow, now: number): boolean {
  const age = now - row.smapsAt;
  if (row.smapsGap === 'late') return true;
  if (row.smapsGap !== undefined) return age >= DENIED_REST;
  if (row.smaps === undefined) return true;
  if (row.smaps.cost > COSTLY) return age >= COSTLY_REST;
  return row.newestFaults !== row.smapsFaults || row.process?.rss !== row.smaps.rss || age >= SMAPS_AGE;
}

/** The oldest first; of those never read, the largest. */
function ordered(due: readonly ProcRow[]): readonly ProcRow[] {
  const keys = Float64Array.from(due, keyOf);
  const highest = due.length <= MOST_ORDERED ? Number.POSITIVE_INFINITY : keys.slice().sort()[MOST_ORDERED - 1];
  return due
    .filter((_, index) => existing(keys[index]) <= (highest as number))
    .sort((one, other) => keyOf(one) - keyOf(other));
}

function keyOf({ smapsAt, process }: ProcRow): number {
  return smapsAt === Number.NEGATIVE_INFINITY ? -1 - (process?.rss ?? 0) : smapsAt;
}

/** Milliseconds: those on the clock, less those in which the CPU was another's. */
function costOf(wall: number, before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return Math.min(wall, (user + system) / 1000);
}
