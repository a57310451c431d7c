// What the client must know of a process before it trusts or touches it, directly from /proc.
import { type Dir, opendirSync, readdirSync, readlinkSync } from 'node:fs';
import { parseStat, StatFields } from '../../../sampling/linux/proc/stat.ts';
import { FileReader } from '../../../sampling/linux/reading/file-reader.ts';
import { Stuck } from '../../../sampling/linux/reading/stuck.ts';

/** Maximum number of descriptors checked for one process, lowest first; each costs about 2 µs. */
const MOST_DESCRIPTORS = 65_536;

/** Files that the kernel reads from the memory of the process (fs/proc/base.c). */
const NEEDS_MEMORY: ReadonlySet<string> = new Set(['cmdline', 'environ']);

/** Descriptors checked between two yields. */
const WALKED_AT_ONCE = 64;

/** Reads single processes. What cannot be read is undefined. */
export class Processes {
  readonly root: string;
  readonly #reader = new FileReader();
  readonly #fields = new StatFields();
  readonly #stuck = new Stuck(this.#reader);

  constructor(root = '/proc') {
    this.root = root;
  }

  /** Field 22 of /proc/PID/stat, in clock ticks since boot; undefined when there is no such process. */
  startTime(pid: number): number | undefined {
    return this.#readStat(pid) ? this.#fields.startTime : undefined;
  }

  /** Its start time and state (fields 22 and 3) in one reading; undefined when there is no such process. */
  find(pid: number): { startTime: number; state: string } | undefined {
    if (!this.#readStat(pid)) return undefined;
    return { startTime: this.#fields.startTime, state: String.fromCharCode(this.#fields.state) };
  }

  /** Field 23, address space in bytes: no part of a process can be larger. */
  virtual(pid: number): number | undefined {
    return this.#readStat(pid) ? this.#fields.virtual : undefined;
  }

  /** The whole of /proc/PID/status. */
  status(pid: number): string | undefined {
    const length = this.#reader.once(`${this.root}/${pid}/status`);
    return typeof length === 'number' ? this.#reader.bytes.toString('latin1', 0, length) : undefined;
  }

  /** A file of a process, as bytes that are valid until the next read; undefined when it cannot be read. */
  file(pid: number | 'self', name: string, longest?: number): Buffer | undefined {
    if (typeof pid === 'number' && NEEDS_MEMORY.has(name) && this.#isStuck(pid)) return undefined;
    const length = this.#reader.all(`${this.root}/${pid}/${name}`, longest);
    return typeof length === 'number' ? this.#reader.bytes.subarray(0, length) : undefined;
  }

  /** Its arguments joined by spaces, up to a maximum of bytes; hostile until cleaned. */
  command(pid: number, longest = 4096): string | undefined {
    const bytes = this.file(pid, 'cmdline', longest);
    return bytes?.toString('utf8').replace(/\0+$/, '').replaceAll('\0', ' ');
  }

  /** What a magic link such as ns/net or exe points to (proc_pid_ns(5)). */
  link(pid: number | 'self', name: string): string | undefined {
    try {
      return readlinkSync(`${this.root}/${pid}/${name}`);
    } catch {
      return undefined;
    }
  }

  /**
   * Which of these sockets a process has open, lowest descriptors first: one walk for all of them. Undefined when that
   * is not permitted. Yields to the caller after every few descriptors: a process may have a million.
   */
  *socketsAmong(pid: number, inodes: ReadonlySet<string>): Generator<undefined, Set<string> | undefined, void> {
    let folder: Dir | undefined;
    try {
      folder = opendirSync(`${this.root}/${pid}/fd`, { bufferSize: 256 });
      const found = new Set<string>();
      for (let count = 1; count <= MOST_DESCRIPTORS; count += 1) {
        const entry = folder.readSync();
        if (entry === null) break;
        const inode = /^socket:\[(\d+)\]$/.exec(this.link(pid, `fd/${entry.name}`) ?? '')?.[1];
        if (inode !== undefined && inodes.has(inode)) found.add(inode);
        if (count % WALKED_AT_ONCE === 0) yield;
      }
      return found;
    } catch {
      return undefined;
    } finally {
      folder?.closeSync();
    }
  }

  /** Whether a process has a socket open, lowest descriptors first; undefined without permission. */
  holdsSocket(pid: number, inode: string): boolean | undefined {
    const names = this.#descriptors(pid);
    if (names === undefined) return undefined;
    const wanted = `socket:[${inode}]`;
    return names.some((name) => this.link(pid, `fd/${name}`) === wanted);
  }

  /** Inodes of the sockets that a process has open. Empty without permission. */
  sockets(pid: number): Set<string> {
    const inodes = new Set<string>();
    for (const name of this.#descriptors(pid) ?? []) {
      const inode = /^socket:\[(\d+)\]$/.exec(this.link(pid, `fd/${name}`) ?? '')?.[1];
      if (inode !== undefined) inodes.add(inode);
    }
    return inodes;
  }

  /** Numbers of the descriptors that link to `target`, lowest first. Empty without permission. */
  descriptorsTo(pid: number, target: string): number[] {
    const names = (this.#descriptors(pid) ?? []).filter((name) => this.link(pid, `fd/${name}`) === target);
    return names.map(Number).sort((one, other) => one - other);
  }

  /** Thread ids of a process. Empty without permission. */
  threads(pid: number): number[] {
    try {
      return readdirSync(`${this.root}/${pid}/task`).map(Number);
    } catch {
      return [];
    }
  }

  /** As startTime, for one thread. */
  startTimeOfThread(pid: number, thread: number): number | undefined {
    const length = this.#reader.once(`${this.root}/${pid}/task/${thread}/stat`);
    return typeof length === 'number' && parseStat(this.#reader.bytes, length, this.#fields)
      ? this.#fields.startTime
      : undefined;
  }

  /** All pids of the tree. */
  pids(): number[] {
    try {
      return readdirSync(this.root)
        .map(Number)
        .filter((pid) => Number.isInteger(pid) && pid > 0);
    } catch {
      return [];
    }
  }

  #descriptors(pid: number): string[] | undefined {
    try {
      return readdirSync(`${this.root}/${pid}/fd`).slice(0, MOST_DESCRIPTORS);
    } catch {
      return undefined;
    }
  }

  /** Reading its memory would wait as long as the process does, and its agent could not answer either. */
  #isStuck(pid: number): boolean {
    if (!this.#readStat(pid)) return false;
    const { state, threads } = this.#fields;
    return this.#stuck.isLikely(`${this.root}/${pid}`, state, threads);
  }

  #readStat(pid: number): boolean {
    const length = this.#reader.once(`${this.root}/${pid}/stat`);
    return typeof length === 'number' && parseStat(this.#reader.bytes, length, this.#fields);
  }
}
