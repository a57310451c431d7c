// All rows, in columns: those that are not read in a tick, nearly all of thousands, are not even touched.

import type { Process } from '../../../model/snapshot/snapshot.ts';
import { existing } from '../../../numbers/existing.ts';
import type { Needs } from '../../sampler/sampler.ts';
import { ProcRow } from './row.ts';
import { amendReading } from './row-process.ts';

/** Equal readings after which a row is quiet. */
export const QUIET_AFTER = 3;

/** Empty places are closed up when there are more of them than this part. */
const MOST_EMPTY = 0.25;

/** Rows in the order of their births, each in a place of its own. */
export class Roster implements Iterable<ProcRow> {
  readonly #byPid = new Map<number, ProcRow>();
  /** Number of the newest listing. */
  #listing = 0;
  #rows: (ProcRow | undefined)[] = [];
  #processes: (Process | undefined)[] = [];
  /** By place: 1 for a row that has been still for a while, 0 for one to be read in every tick. */
  #quiet = new Uint8Array(256);
  /** By place: monotonic milliseconds of the last reading. */
  #readAt = new Float64Array(256);

  /** The pids that have a row. */
  get pids(): ReadonlyMap<number, unknown> {
    return this.#byPid;
  }

  /** How many places there are, empty ones included. */
  get length(): number {
    return this.#rows.length;
  }

  get(pid: number): ProcRow | undefined {
    return this.#byPid.get(pid);
  }

  /** The row in a place; undefined in one whose row has been removed. */
  at(place: number): ProcRow | undefined {
    return this.#rows[place];
  }

  isQuiet(place: number): boolean {
    return this.#quiet[place] === 1;
  }

  readAt(place: number): number {
    return existing(this.#readAt[place]);
  }

  add(row: ProcRow): void {
    this.#byPid.set(row.pid, row);
    this.#settle(row);
  }

  /** Takes a listing of /proc, which is at `root`: new processes get a row. */
  admit(pids: Iterable<number>, root: string): void {
    this.#listing++;
    for (const pid of pids) {
      let row = this.#byPid.get(pid);
      if (row === undefined) {
        row = new ProcRow(root, pid);
        this.add(row);
      }
      row.listing = this.#listing;
    }
  }

  /** Whether the newest listing named the row. */
  isListed(row: ProcRow): boolean {
    return row.listing === this.#listing;
  }

  /** Has a row read in this tick, whatever its turn. */
  wake(row: ProcRow): void {
    this.#quiet[row.place] = 0;
  }

  /** The same for all that are on screen in a tick. */
  wakeAll(visible: ReadonlySet<number>, tick: number): void {
    for (const pid of visible) {
      const row = this.get(pid);
      if (row === undefined) continue;
      row.visible = tick;
      this.wake(row);
    }
  }

  /** The cgroups of the processes on the screen, or of all where rows are grouped by them; none where none are wanted. */
  cgroups({ measures, everyMeasure, ofEveryRow, visible }: Needs): ReadonlySet<string> {
    const paths = new Set<string>();
    if (!measures.has('cgroup')) return paths;
    const add = (row: ProcRow | undefined) => row?.cgroup !== undefined && paths.add(row.cgroup);
    if (everyMeasure || ofEveryRow?.has('cgroup') === true) for (const row of this) add(row);
    else for (const pid of visible) add(this.get(pid));
    return paths;
  }

  /** When the clock was set, everything that was started has another time of day, and the same age. */
  setBootTime(bootedAt: number): void {
    for (const row of this) {
      const { process } = row;
      if (process === undefined) continue;
      const who = { ...process.who, startedAt: bootedAt + (process.who.startedAfter ?? 0) };
      amendReading(row, { ...process, who });
      this.note(row);
    }
  }

  /** Takes over what a reading brought. */
  note(row: ProcRow): void {
    this.#processes[row.place] = row.process;
    this.#quiet[row.place] = row.unchanged >= QUIET_AFTER ? 1 : 0;
    this.#readAt[row.place] = row.readAt;
  }

  remove(row: ProcRow): void {
    this.#byPid.delete(row.pid);
    this.#rows[row.place] = undefined;
    this.#processes[row.place] = undefined;
  }

  /** Closes up empty places when they have become many. Not to be done while places are gone through. */
  tidy(): void {
    if (this.#rows.length - this.#byPid.size <= this.#rows.length * MOST_EMPTY) return;
    this.#rows = [];
    this.#processes = [];
    for (const row of this.#byPid.values()) this.#settle(row);
  }

  /** What is known of all processes, in a new array. */
  processes(): Process[] {
    const processes: Process[] = [];
    for (let place = 0; place < this.#processes.length; place += 1) {
      const process = this.#processes[place];
      if (process !== undefined) processes.push(process);
    }
    return processes;
  }

  clear(): void {
    this.#byPid.clear();
    this.#rows = [];
    this.#processes = [];
  }

  [Symbol.iterator](): Iterator<ProcRow> {
    return this.#byPid.values();
  }

  #settle(row: ProcRow): void {
    row.place = this.#rows.length;
    this.#rows.push(row);
    if (row.place === this.#quiet.length) this.#grow();
    this.note(row);
  }

  #grow(): void {
    const quiet = new Uint8Array(this.#quiet.length * 2);
    const readAt = new Float64Array(quiet.length);
    quiet.set(this.#quiet);
    readAt.set(this.#readAt);
    this.#quiet = quiet;
    this.#readAt = readAt;
  }
}
