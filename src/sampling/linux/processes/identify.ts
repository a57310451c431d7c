// The identity of a process: name, command and user, read at its start, after an exec, and now and then for rows on screen.
import type { Identity } from '../../../model/snapshot/snapshot.ts';
import { parseCmdline } from '../proc/cmdline.ts';
import { KERNEL_THREAD, type StatFields, ZOMBIE } from '../proc/stat.ts';
import type { FileReader } from '../reading/file-reader.ts';
import { isNamed, processNameOf } from './name.ts';
import type { ProcRow } from './row.ts';

/** Programs rewrite their titles and change their users: rows on screen are read again this often, in milliseconds. */
const TITLE_AGE = 10_000;

/** Whether the facts beyond stat have to be read again. Nothing of a kernel thread is in any other file. */
// biome-ignore lint/complexity/useMaxParams: asked of each row in each tick: an object for it would cost more than the answer.
export function isIdentityDue(row: ProcRow, fields: StatFields, bytes: Buffer, now: number, visible: boolean): boolean {
  const who = row.process?.who;
  if (who === undefined) return true;
  if (fields.state !== row.state && fields.state === ZOMBIE) return true;
  if (isLate(row)) return true;
  if (!isNamed(who.name, bytes, fields.nameStart, fields.nameEnd)) return true;
  return visible && now - row.identifiedAt >= TITLE_AGE;
}

/** Whether the read of one of its files has not returned. */
export function isLate(row: ProcRow): boolean {
  return row.commandGap === 'late' || row.statusGap === 'late';
}

export function isKernelThread(fields: StatFields): boolean {
  return (fields.flags & KERNEL_THREAD) !== 0;
}

/** Kernel threads and zombies have no memory of their own: nothing of it is read. */
export function hasMemory(fields: StatFields): boolean {
  return fields.state !== ZOMBIE && !isKernelThread(fields);
}

/** The name in stat. Has to be taken out before the buffer is used for another file. */
export function readName(fields: StatFields, bytes: Buffer): string {
  return processNameOf(bytes, fields.nameStart, fields.nameEnd);
}

/**
 * The arguments, or an empty text where there are none; a failure is noted in the row, which keeps the previous command.
 *
 * @param isStuck whether the process may be stuck: then it is `late` at first, and read by a child when that is still so
 * the next time. Most waits for a disk are over by then.
 */
export function readCommand(row: ProcRow, reader: FileReader, limit: number, isStuck: boolean): string {
  const path = `${row.folder}/cmdline`;
  const wasLate = row.commandGap === 'late';
  const length = !isStuck ? reader.upToEnd(path, limit) : wasLate ? reader.byChild(path, limit) : 'late';
  row.commandGap = typeof length === 'number' ? undefined : length;
  if (typeof length === 'number') return parseCmdline(reader.bytes, length, limit);
  return row.process?.who.command ?? '';
}

/** A process without memory has no command: none is missing. */
export function forgetCommand(row: ProcRow): void {
  row.commandGap = undefined;
}

/** Name, command and user were read at `now`, in monotonic milliseconds. */
export function noteIdentified(row: ProcRow, now: number): void {
  row.identifiedAt = now;
}

/** The same object again when nothing of it has changed. */
export function shareIdentity(before: Identity | undefined, after: Identity): Identity {
  if (
    before !== undefined &&
    before.startTime === after.startTime &&
    before.name === after.name &&
    before.command === after.command &&
    before.ppid === after.ppid &&
    before.user === after.user &&
    before.kernel === after.kernel
  ) {
    return before;
  }
  return after;
}
