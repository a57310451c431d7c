// Reads one process: stat each time, the more expensive files only when they can have changed.

import type { Identity, Process } from '../../../model/snapshot/snapshot.ts';
import type { Needs } from '../../sampler/sampler.ts';
import type { Units } from '../proc/auxv.ts';
import { parseStat, StatFields } from '../proc/stat.ts';
import type { FileReader, Why } from '../reading/file-reader.ts';
import { Stuck } from '../reading/stuck.ts';
import { CgroupReader } from './cgroup-reader.ts';
import { CommandBudget } from './command-budget.ts';
import type { Descriptors } from './descriptors.ts';
import {
  forgetCommand,
  hasMemory,
  isIdentityDue,
  isKernelThread,
  isLate,
  noteIdentified,
  readCommand,
  readName,
  shareIdentity,
} from './identify.ts';
import { hasOwnNumbers, OwnNumberReader } from './own-numbers.ts';
import type { UserNames } from './passwd.ts';
import { arePagesDue, readPages } from './resident-pages.ts';
import type { ProcRow } from './row.ts';
import { repeatReading, setReading } from './row-process.ts';
import { hasChanged, isPassing, keepLast, markUnreadable, noteStat, remember } from './row-stat.ts';
import { forgetSwap, isStatusDue, raisePeak, readStatus } from './row-status.ts';

/** What reading needs to know of the machine. */
export interface RowReaderContext {
  readonly reader: FileReader;
  readonly descriptors: Descriptors;
  readonly users: UserNames;
  readonly units: Units;
  /** True for a kernel's tree, where a file that is missing means that the process has gone. */
  readonly live: boolean;
  /** When the machine was booted, milliseconds since the epoch; it changes when the clock is set. */
  readonly boot: { readonly bootedAt?: number };
}

/** What has changed in stat, and which other files are to be read because of it. */
interface Due {
  readonly moved: boolean;
  readonly pagesDue: boolean;
  readonly identityDue: boolean;
  readonly measureDue: boolean;
  readonly cgroupDue: boolean;
  /** Bits of the numbers that have files of their own. */
  readonly ownDue: number;
}

export class RowReader {
  readonly #context: RowReaderContext;
  readonly #fields = new StatFields();
  readonly #cgroups: CgroupReader;
  readonly #own: OwnNumberReader;
  readonly #stuck: Stuck;
  readonly #commands = new CommandBudget();

  constructor(context: RowReaderContext) {
    this.#context = context;
    this.#stuck = new Stuck(context.reader);
    this.#own = new OwnNumberReader(context.reader);
    this.#cgroups = new CgroupReader(context.reader, context.live);
  }

  /** Brings a row up to date. Returns false when its process has gone. */
  read(row: ProcRow, now: number, tick: number, needs: Needs): boolean {
    const { reader } = this.#context;
    const length = this.#readStat(row);
    if (length === 'gone') return false;
    if (typeof length !== 'number')
      return isPassing(length) ? keepLast(row, length, now) : markUnreadable(row, length, now);
    const fields = this.#fields;
    if (!parseStat(reader.bytes, length, fields)) return markUnreadable(row, 'malformed', now);
    noteStat(row, fields);
    if (row.process !== undefined && fields.startTime !== row.startTime) row.reset();
    const visible = row.visible === tick;
    const identityDue = isIdentityDue(row, fields, reader.bytes, now, visible);
    const moved = row.process === undefined || hasChanged(row, fields);
    const measureDue = isStatusDue(row, fields, moved, now, visible, needs);
    const cgroupDue = this.#cgroups.isDue(row, now, visible, needs);
    const ownDue = hasMemory(fields) ? this.#own.due(row, moved, now, visible, needs) : 0;
    const pagesDue = arePagesDue(row, fields, moved, now, visible);
    const isDue = moved || pagesDue || identityDue || measureDue || cgroupDue || ownDue !== 0;
    if (!isDue && row.process?.who.ppid === fields.ppid) {
      repeatReading(row, now);
      return true;
    }
    return this.#update(row, now, { moved, pagesDue, identityDue, measureDue, cgroupDue, ownDue }, needs);
  }

  #readStat(row: ProcRow): number | Why {
    const { reader, descriptors } = this.#context;
    if (row.descriptor !== -1) {
      const again = reader.again(row.descriptor);
      if (typeof again === 'number') return again;
      descriptors.release(row);
    }
    const once = reader.once(row.statPath);
    if (once === 'too-many-files' && descriptors.surrender()) return reader.once(row.statPath);
    return once;
  }

  #update(row: ProcRow, now: number, due: Due, needs: Needs): boolean {
    const { moved, pagesDue, identityDue, measureDue, cgroupDue, ownDue } = due;
    const before = row.process;
    // The name lies in the buffer that the next files are read into.
    const name =
      identityDue || before === undefined ? readName(this.#fields, this.#context.reader.bytes) : before.who.name;
    if (moved && !measureDue) forgetSwap(row);
    const isStatusRead = measureDue || identityDue;
    const status = isStatusRead ? readStatus(row, this.#fields, now, this.#context) : undefined;
    const user = status?.user ?? before?.who.user;
    const pagesMoved = pagesDue && this.#readPages(row, now, status?.rss);
    let command = before?.who.command ?? '';
    if (identityDue) command = this.#readCommand(row, needs);
    if (this.#context.live && (row.statusGap === 'gone' || row.commandGap === 'gone')) return false;
    if (cgroupDue || (identityDue && row.cgroup !== undefined)) this.#cgroups.read(row, now);
    this.#own.read(row, ownDue, moved, now);
    if (identityDue) noteIdentified(row, now);
    const isUnchanged = before?.who.ppid === this.#fields.ppid && !identityDue && before.who.user === user;
    const who = isUnchanged ? before.who : this.#identity(row, name, command, user);
    this.#store(row, now, who, pagesMoved);
    return true;
  }

  /** Frees what is held for a row whose process has exited. */
  forget(row: ProcRow): void {
    this.#commands.release(row);
  }

  #readCommand(row: ProcRow, needs: Needs): string {
    const { reader, live } = this.#context;
    const { state, threads } = this.#fields;
    if (!hasMemory(this.#fields)) {
      forgetCommand(row);
      this.#commands.release(row);
      return '';
    }
    const limit = this.#commands.limitFor(row, needs);
    const command = readCommand(row, reader, limit, live && this.#stuck.isLikely(row.folder, state, threads));
    this.#commands.hold(row, command);
    return command;
  }

  #readPages(row: ProcRow, now: number, rss: number | undefined): boolean {
    const { reader, units } = this.#context;
    return readPages(row, this.#fields, now, { reader, stated: rss === undefined ? undefined : rss / units.pageSize });
  }

  #identity(row: ProcRow, name: string, command: string, user: string | undefined): Identity {
    const { boot, units } = this.#context;
    const { startTime, ppid } = this.#fields;
    const startedAfter = Math.round((startTime * 1000) / units.ticksPerSecond);
    return shareIdentity(row.process?.who, {
      pid: row.pid,
      ppid,
      startTime,
      ...(boot.bootedAt !== undefined && { startedAt: boot.bootedAt + startedAfter }),
      startedAfter,
      name,
      command,
      ...(user !== undefined && { user }),
      kernel: isKernelThread(this.#fields),
    });
  }

  /** Puts the reading into the row: a new Process where it says something new, the same one where it does not. */
  #store(row: ProcRow, now: number, who: Identity, pagesMoved: boolean): void {
    const fields = this.#fields;
    const { pageSize, ticksPerSecond } = this.#context.units;
    const before = row.process;
    const rss = row.pages * pageSize;
    raisePeak(row, rss);
    const same =
      before !== undefined &&
      before.who === who &&
      before.peak === row.peak &&
      before.swap === row.swap &&
      hasOwnNumbers(before, row.own) &&
      before.late === (isLate(row) && who.command === '' ? true : undefined) &&
      before.cgroup === row.cgroup;
    if (same && !pagesMoved && !hasChanged(row, fields)) {
      repeatReading(row, now);
    } else {
      const process: Process = {
        who,
        state: String.fromCharCode(fields.state),
        rss,
        virtual: fields.virtual,
        threads: fields.threads,
        nice: fields.nice,
        majorFaults: fields.majorFaults,
        cpuTime: (fields.ticks * 1000) / ticksPerSecond,
        ...(before !== undefined && { sinceLastRead: now - row.readAt }),
        ...(row.peak !== undefined && { peak: row.peak }),
        ...(row.swap !== undefined && { swap: row.swap }),
        ...row.own,
        ...(row.cgroup !== undefined && { cgroup: row.cgroup }),
        ...(row.smaps !== undefined && { smaps: row.smaps }),
        ...(row.smaps === undefined && row.smapsGap !== undefined && { smapsGap: row.smapsGap }),
        ...(isLate(row) && who.command === '' && { late: true as const }),
      };
      setReading(row, process, now);
    }
    remember(row, fields);
  }
}
