// Which processes belong to a command: what it started, what these started, and what left its parent behind (a daemon).
import { readdirSync } from 'node:fs';
import { parseLastPid } from '../proc/loadavg.ts';
import { parseStat, StatFields } from '../proc/stat.ts';
import { FileReader } from '../reading/file-reader.ts';

/** Field numbers of proc_pid_stat(5). */
const PROCESS_GROUP = 5;
const SESSION = 6;
/** The state of a process that waits uninterruptibly: reading its environment might wait with it. */
const UNINTERRUPTIBLE = 68;

/** Bytes of an environment that are searched: more than the kernel gives a program by default (execve(2)). */
const LONGEST_ENVIRONMENT = 128 * 1024;

/** Where members are looked for. */
export interface MemberSearch {
  /** The file `cgroup.procs` of a cgroup that the command has to itself; it lists all members. */
  readonly list?: string;
  /** An entry of the environment that only processes of this command have: `NAME=value`. */
  readonly mark?: string;
  /** A mounted procfs. */
  readonly proc?: string;
}

/**
 * By cgroup where the command has one of its own. Else by parent: a process whose parent is a member is a member for good. One
 * whose parent ended before it was seen is recognized by its session or process group, when a member began that, or by the
 * mark in its environment.
 */
export class Members {
  readonly #proc: string;
  readonly #search: MemberSearch;
  readonly #reader = new FileReader();
  readonly #stat = new StatFields();
  /** Those that were there at the last search. */
  readonly #present = new Set<number>();
  /** All that ever were: ids of their sessions and process groups are among these. */
  readonly #former = new Set<number>();
  /** Processes that are known to belong to others. */
  #others = new Set<number>();
  #lastPid: number | undefined;
  #startTime = 0;

  /** @param root the pid of the command itself */
  constructor(root: number, search: MemberSearch) {
    this.#search = search;
    this.#proc = search.proc ?? '/proc';
    this.#add(root);
    if (this.#read(root)) this.#startTime = this.#stat.startTime;
  }

  /** How members are found. */
  get way(): 'cgroup' | 'parents' {
    return this.#search.list === undefined ? 'parents' : 'cgroup';
  }

  /** The pids of the members now, the command's own among them while it is there. */
  find(): ReadonlySet<number> {
    const { list } = this.#search;
    if (list === undefined) this.#findByParent();
    else this.#findInList(list);
    return this.#present;
  }

  /** Whether a process is, or was, a member. */
  everHad(pid: number): boolean {
    return this.#former.has(pid);
  }

  /** The only member whose parent is this process; undefined where there is not exactly one. */
  onlyChildOf(parent: number): number | undefined {
    const children = [...this.#present].filter((pid) => this.#read(pid) && this.#stat.ppid === parent);
    return children.length === 1 ? children[0] : undefined;
  }

  /** To be called for a member that is gone. */
  forget(pid: number): void {
    this.#present.delete(pid);
  }

  #findInList(list: string): void {
    const length = this.#reader.all(list);
    if (typeof length !== 'number') return;
    const pids = this.#reader.bytes.toString('latin1', 0, length).split('\n').map(Number);
    this.#present.clear();
    for (const pid of pids) if (pid > 0) this.#add(pid);
  }

  #findByParent(): void {
    const last = this.#newestPid();
    if (last !== undefined && last === this.#lastPid) return;
    this.#lastPid = last;
    const there = listed(this.#proc);
    const strangers = there.filter((pid) => !this.#present.has(pid) && !this.#others.has(pid));
    // A child may have a lower pid than its parent, where pids have begun again from the lowest.
    let left = strangers;
    for (let count = -1; left.length > 0 && left.length !== count; ) {
      count = left.length;
      left = left.filter((pid) => !this.#isMember(pid));
    }
    this.#others = new Set([...there.filter((pid) => this.#others.has(pid)), ...left]);
  }

  /** Threads have pids too: where this number is the same as before, no process was born. */
  #newestPid(): number | undefined {
    const length = this.#reader.once(`${this.#proc}/loadavg`);
    return typeof length === 'number' ? parseLastPid(this.#reader.bytes, length) : undefined;
  }

  #isMember(pid: number): boolean {
    if (!this.#read(pid)) return false;
    const { ppid, startTime, state } = this.#stat;
    if (startTime < this.#startTime) return false;
    if (!this.#present.has(ppid) && !this.#isOrphanOfOurs(pid, state)) return false;
    this.#add(pid);
    return true;
  }

  #isOrphanOfOurs(pid: number, state: number): boolean {
    const { numbers } = this.#stat;
    if (this.#former.has(numbers[SESSION] ?? 0) || this.#former.has(numbers[PROCESS_GROUP] ?? 0)) return true;
    const { mark } = this.#search;
    if (mark === undefined || state === UNINTERRUPTIBLE) return false;
    const length = this.#reader.all(`${this.#proc}/${pid}/environ`, LONGEST_ENVIRONMENT);
    if (typeof length !== 'number') return false;
    return `\0${this.#reader.bytes.toString('latin1', 0, length)}`.includes(`\0${mark}\0`);
  }

  #add(pid: number): void {
    this.#present.add(pid);
    this.#former.add(pid);
  }

  #read(pid: number): boolean {
    const length = this.#reader.once(`${this.#proc}/${pid}/stat`);
    return typeof length === 'number' && parseStat(this.#reader.bytes, length, this.#stat);
  }
}

function listed(proc: string): number[] {
  try {
    return readdirSync(proc).map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}
