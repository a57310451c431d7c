// The sampler of Linux: /proc read directly, synchronously, in slices short enough to keep the keys alive.

import type { Details } from '../../model/snapshot/details.ts';
import type { Snapshot, SystemMemory } from '../../model/snapshot/snapshot.ts';
import { Gaps } from '../sampler/gaps.ts';
import type { Needs, Sampler } from '../sampler/sampler.ts';
import { MachineReader } from './machine/machine-reader.ts';
import { MemoryReader } from './machine/memory-reader.ts';
import { TmpfsReader } from './machine/tmpfs-reader.ts';
import { KillWatch } from './oom/kill-watch.ts';
import { Vmstat } from './proc/vmstat.ts';
import { Census, type CensusResult } from './processes/census.ts';
import { DESCRIPTOR_COST, Descriptors, ownDescriptorLimit } from './processes/descriptors.ts';
import { readDetails } from './processes/details.ts';
import { GappedRows } from './processes/gapped-rows.ts';
import { LateRows } from './processes/late-rows.ts';
import { NssUsers, renameUsers } from './processes/nss-users.ts';
import { UserNames } from './processes/passwd.ts';
import { Largest } from './processes/resident-pages.ts';
import { Roster } from './processes/roster.ts';
import type { ProcRow } from './processes/row.ts';
import { RowReader } from './processes/row-reader.ts';
import { Schedule } from './processes/schedule.ts';
import { ChildCommands } from './reading/child-commands.ts';
import { ChildReads } from './reading/child-reads.ts';
import { FileReader } from './reading/file-reader.ts';
import { openProcRoot, type ProcRoot } from './reading/proc-root.ts';
import { ReadGuard } from './reading/read-guard.ts';
import { Slices } from './reading/slices.ts';
import { type Clocks, SmapsReader } from './smaps/smaps-reader.ts';

/**
 * Opens a sampler on a /proc tree.
 *
 * @param folder what stands for /proc; the users and the distribution are those of the folder above it.
 * @throws UserError when it is not a procfs.
 */
export function openProcfs(folder = '/proc'): Sampler {
  return new Procfs(openProcRoot(folder));
}

class Procfs implements Sampler {
  readonly name = 'procfs';
  readonly #root: ProcRoot;
  readonly #reader: FileReader;
  readonly #commands = new ChildCommands();
  readonly #guard: ReadGuard;
  readonly #nss: NssUsers | undefined;
  readonly #userOf: (uid: number) => string;
  readonly #machine: MachineReader;
  readonly #census: Census;
  readonly #memory: MemoryReader;
  readonly #tmpfs: TmpfsReader;
  readonly #vmstat: Vmstat;
  readonly #kills: KillWatch;
  readonly #descriptors: Descriptors;
  readonly #rowReader: RowReader;
  readonly #schedule = new Schedule();
  readonly #roster = new Roster();
  readonly #smaps: SmapsReader;
  readonly #gapped = new GappedRows();
  readonly #late = new LateRows(this.#commands);
  #ofEveryRow: Needs['ofEveryRow'];

  constructor(root: ProcRoot) {
    this.#guard = new ReadGuard(root.path, root.live, new ChildReads(this.#commands));
    this.#guard.refresh();
    const reader = new FileReader(this.#guard);
    this.#reader = reader;
    this.#root = root;
    this.#memory = new MemoryReader(root, reader);
    this.#machine = new MachineReader(root, reader, this.#memory, this.#commands);
    this.#smaps = new SmapsReader(root, reader, this.#roster);
    this.#descriptors = new Descriptors(reader, () => (root.live ? ownDescriptorLimit(reader) : 0));
    this.#census = new Census(root, reader, () => this.#surrender());
    this.#nss = root.live && root.above === '/' ? new NssUsers(this.#commands) : undefined;
    const users = new UserNames(`${root.above}/etc/passwd`, this.#nss);
    const userOf = (uid: number) => users.nameOf(uid, performance.now());
    this.#userOf = userOf;
    this.#tmpfs = new TmpfsReader(root, reader);
    this.#vmstat = new Vmstat(root.path);
    this.#kills = new KillWatch(this.#vmstat, root.live ? { kmsg: '/dev/kmsg' } : undefined, userOf);
    this.#rowReader = new RowReader({
      reader,
      descriptors: this.#descriptors,
      users,
      units: root.units,
      live: root.live,
      boot: this.#machine.boot,
    });
  }

  async sample(needs: Needs, signal: AbortSignal): Promise<Snapshot> {
    signal.throwIfAborted();
    const time = Date.now();
    const slices = new Slices(signal);
    const monotonic = slices.now;
    const gaps = new Gaps();
    const timeout = needs.timeout ?? 0;
    this.#guard.refresh();
    const { memory, uptime, hasMoved } = await this.#machine.read(time, monotonic, timeout, gaps);
    if (hasMoved) this.#roster.setBootTime(this.#machine.boot.bootedAt ?? 0);
    const wanted = { wantsPast: needs.pastKills === true, wantsDaemons: needs.daemonKills === true };
    const { oomKills, events, earlier } = await this.#kills.sample({ time, monotonic, ...wanted, slices, gaps });
    const system = { ...memory, ...this.#swapped(), ...(oomKills !== undefined && { oomKills }) };
    if (needs.machineOnly === true) {
      const groups = this.#memory.groups.of({ paths: new Set(), always: needs.cgroups }, monotonic, system.total, gaps);
      const machine = { ...this.#snapshot(time, monotonic, system, gaps), processes: [] };
      return { ...machine, ...(groups !== undefined && { groups }), ...(events.length > 0 && { events }) };
    }
    const everyRow = needs.everyRow || this.#isNewOfEveryRow(needs);
    this.#schedule.begin(monotonic, system.available, system.total, everyRow);
    const found = this.#census.take(this.#roster.pids);
    if (found.why !== undefined) gaps.add('process list', found.why);
    this.#admit(found);
    this.#roster.wakeAll(needs.visible, this.#schedule.tick);
    await this.#readRows(needs, slices);
    await this.#late.readAgain(
      (row) => this.#readRow(row, needs, slices.now),
      () => this.#nss?.ask() === true && renameUsers(this.#roster, this.#userOf),
      timeout,
    );
    await this.#readSmaps(needs, { time, monotonic }, slices, gaps);
    const paths = this.#roster.cgroups(needs);
    const groups = this.#memory.groups.of({ paths, always: needs.cgroups }, monotonic, system.total, gaps);
    const snapshot = { ...this.#snapshot(time, monotonic, system, gaps), ...(uptime !== undefined && { uptime }) };
    const details = this.#details(needs.details);
    return {
      ...snapshot,
      ...(groups !== undefined && { groups }),
      ...(needs.tmpfs === true && { tmpfs: this.#tmpfs.read(monotonic) }),
      ...(details === undefined ? {} : { details }),
      ...(events.length === 0 ? {} : { events }),
      ...(earlier === undefined ? {} : { pastKills: earlier }),
    };
  }

  /** Closes descriptors kept open, those of rows first; returns whether there were any. */
  #surrender(): boolean {
    return this.#descriptors.surrender() || this.#vmstat.surrender() || this.#memory.surrender();
  }

  /** What was swapped since boot, in bytes; read with the OOM kills. */
  #swapped(): Pick<SystemMemory, 'swappedIn' | 'swappedOut'> {
    const { swappedIn, swappedOut } = this.#vmstat.counters;
    const { pageSize } = this.#root.units;
    if (swappedIn === undefined || swappedOut === undefined) return {};
    return { swappedIn: swappedIn * pageSize, swappedOut: swappedOut * pageSize };
  }

  #details(pid: number | undefined): Details | undefined {
    const row = pid === undefined ? undefined : this.#roster.get(pid);
    return row?.process === undefined ? undefined : readDetails(row, this.#reader, this.#root.live);
  }

  close(): void {
    this.#commands.close();
    this.#kills.close();
    this.#memory.close();
    this.#descriptors.releaseAll();
    this.#gapped.clear();
    this.#late.clear();
    this.#roster.clear();
  }

  /** A measure that is newly needed for every row must not arrive bit by bit: quiet rows are read immediately. */
  #isNewOfEveryRow({ ofEveryRow }: Needs): boolean {
    const before = this.#ofEveryRow;
    this.#ofEveryRow = ofEveryRow;
    return [...(ofEveryRow ?? [])].some((measure) => before?.has(measure) !== true);
  }

  /** Creates rows for new processes, and drops those that a complete listing does not contain. */
  #admit({ whole, pids }: CensusResult): void {
    this.#roster.admit(pids, this.#root.path);
    if (whole) for (const row of this.#roster) if (!this.#roster.isListed(row)) this.#forget(row);
    this.#roster.tidy();
  }

  async #readRows(needs: Needs, slices: Slices): Promise<void> {
    const roster = this.#roster;
    const schedule = this.#schedule;
    const largest = needs.largestOnly === true ? new Largest(this.#reader) : undefined;
    for (let place = 0; place < roster.length; place++) {
      const row = schedule.isDue(roster, place) ? roster.at(place) : undefined;
      if (row === undefined) continue;
      if (slices.isOver()) await slices.next();
      if (largest?.isPassed(row) === true) continue;
      this.#readRow(row, needs, slices.now);
      largest?.note(row);
    }
  }

  #readRow(row: ProcRow, needs: Needs, now: number): void {
    if (this.#rowReader.read(row, now, this.#schedule.tick, needs)) this.#note(row, needs.everyRow);
    else this.#forget(row);
  }

  /** PSS and USS that a child process reads are tried again, as late rows are. */
  async #readSmaps(needs: Needs, clocks: Clocks, slices: Slices, gaps: Gaps): Promise<void> {
    const first = new Gaps();
    await this.#smaps.read(needs, clocks, slices, first);
    const isLate = first.list().some(({ why }) => why === 'late');
    if (!isLate || needs.timeout === undefined) return gaps.addAll(first);
    await this.#commands.settled(needs.timeout);
    await this.#smaps.read(needs, clocks, slices, gaps);
  }

  #note(row: ProcRow, everyRow: boolean): void {
    this.#roster.note(row);
    this.#gapped.note(row);
    this.#late.note(row);
    this.#descriptors.keepOrRelease(row, this.#schedule.tick, everyRow);
  }

  #forget(row: ProcRow): void {
    this.#descriptors.release(row);
    this.#gapped.forget(row);
    this.#late.forget(row);
    this.#rowReader.forget(row);
    this.#roster.remove(row);
  }

  #snapshot(time: number, monotonic: number, system: SystemMemory, gaps: Gaps): Snapshot {
    this.#gapped.addTo(gaps);
    // A /proc mounted with hidepid=2 (proc(5)) does not even list what it hides, but pid 1 is always there.
    if (this.#root.live && this.#roster.get(1) === undefined) gaps.add('process list', 'denied');
    const { ownPid } = this.#root;
    const children = this.#commands.pids;
    return {
      time,
      monotonic,
      host: this.#machine.host,
      system,
      processes: this.#roster.processes(),
      gaps: gaps.list(),
      ...(ownPid !== undefined && {
        observer: {
          pid: ownPid,
          kernelMemory: this.#descriptors.count * DESCRIPTOR_COST,
          ...(children.length > 0 && { children }),
        },
      }),
    };
  }
}
