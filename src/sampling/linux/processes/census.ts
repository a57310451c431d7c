// Finds the processes of a /proc tree, and those started since, without listing thousands each time.
import { existsSync, readdirSync } from 'node:fs';
import { UserError } from '../../../errors/user-error.ts';
import { parseLastPid } from '../proc/loadavg.ts';
import { isThread } from '../proc/stat.ts';
import { type FileReader, type Why, whyOf } from '../reading/file-reader.ts';
import type { ProcRoot } from '../reading/proc-root.ts';

/** At least once in this many ticks everything is listed, whatever the last PID is. */
const LONGEST_REST = 30;

/** Checking one PID costs as much as listing about eight others. */
const LISTED_PER_CHECKED = 8;

/** More PIDs than this are never checked one by one, so that it takes no longer than a slice. */
const MOST_CHECKED = 1000;

/** What a census found. */
export interface CensusResult {
  /** True when `pids` are all there are, false when they are only those that may be new. */
  readonly whole: boolean;
  readonly pids: readonly number[];
  /** Why the folder could not be listed: the previous list is then still used. */
  readonly why?: Why;
}

const NO_BIRTHS: CensusResult = { whole: false, pids: [] };

/**
 * The kernel hands out pids in order and says in loadavg which was the last (kernel/pid.c), so processes started since
 * has a number behind it. A fork takes its number before the process can be seen: each number is checked twice.
 */
export class Census {
  readonly #root: ProcRoot;
  readonly #reader: FileReader;
  readonly #freeOne: () => boolean;
  #trusted: boolean;
  /** The last pid as it was in this tick, and in the one before. */
  #lastPid: number | undefined;
  #formerPid: number | undefined;
  #rested = LONGEST_REST;

  /** @param freeOne gives back some of the descriptors that are not necessary, and returns whether there were any */
  constructor(root: ProcRoot, reader: FileReader, freeOne: () => boolean = () => false) {
    this.#root = root;
    this.#reader = reader;
    this.#freeOne = freeOne;
    this.#trusted = root.countsItsPids;
  }

  /**
   * All processes, or those that may have started since the last time.
   *
   * @param known the pids known so far.
   * @throws UserError when the folder is gone, or cannot be listed and no process is known yet.
   */
  take(known: ReadonlyMap<number, unknown>): CensusResult {
    if (!this.#trusted) return this.#takeAll(known);
    const from = this.#formerPid;
    this.#formerPid = this.#lastPid;
    this.#lastPid = this.#readLastPid();
    const to = this.#lastPid;
    this.#rested++;
    const most = Math.min(MOST_CHECKED, known.size / LISTED_PER_CHECKED);
    if (from === undefined || to === undefined || to < from || to - from > most || this.#rested >= LONGEST_REST) {
      return this.#takeWhole(known, from === to);
    }
    return from === to ? NO_BIRTHS : { whole: false, pids: this.#ask(from + 1, to, known) };
  }

  /** New processes that loadavg did not show make it unreliable for good. */
  #takeWhole(known: ReadonlyMap<number, unknown>, quiet: boolean): CensusResult {
    const found = this.#takeAll(known);
    if (!found.whole) return found;
    this.#rested = 0;
    const { pids } = found;
    if (quiet && this.#lastPid !== undefined && pids.some((pid) => !known.has(pid))) {
      this.#trusted = this.#readLastPid() !== this.#lastPid;
    }
    return found;
  }

  /** A listing that fails once is tried again in the next tick: processes do not end because of it. */
  #takeAll(known: ReadonlyMap<number, unknown>): CensusResult {
    const names = this.#names();
    if (typeof names !== 'string') return { whole: true, pids: this.#pidsAmong(names) };
    if (known.size === 0 || names === 'gone') {
      throw new UserError(
        `${this.#root.path} cannot be listed (${sentenceOf(names)}).`,
        names === 'too-many-files' ? 'Raise the limit with "ulimit -n".' : 'Check that it is still mounted.',
      );
    }
    return { whole: false, pids: [], why: names };
  }

  /** In order; the kernel lists them so, a folder of files does not. */
  #pidsAmong(names: readonly string[]): number[] {
    const pids: number[] = [];
    for (const name of names) {
      const first = name.charCodeAt(0);
      if (first < 49 || first > 57) continue;
      const pid = Number(name);
      if (Number.isSafeInteger(pid)) pids.push(pid);
    }
    return this.#root.live ? pids : pids.sort((one, other) => one - other);
  }

  #names(): string[] | Why {
    let names = this.#list();
    while (names === 'too-many-files' && this.#freeOne()) names = this.#list();
    return names;
  }

  #list(): string[] | Why {
    try {
      return readdirSync(this.#root.path);
    } catch (error) {
      return whyOf(error);
    }
  }

  #ask(from: number, to: number, known: ReadonlyMap<number, unknown>): number[] {
    const pids: number[] = [];
    for (let pid = from; pid <= to; pid++) {
      if (!known.has(pid) && existsSync(`${this.#root.path}/${pid}`) && this.#isProcess(pid)) pids.push(pid);
    }
    return pids;
  }

  #isProcess(pid: number): boolean {
    const length = this.#reader.once(`${this.#root.path}/${pid}/stat`);
    return typeof length === 'number' && !isThread(this.#reader.bytes, length);
  }

  #readLastPid(): number | undefined {
    const length = this.#reader.once(`${this.#root.path}/loadavg`);
    return typeof length === 'number' ? parseLastPid(this.#reader.bytes, length) : undefined;
  }
}

function sentenceOf(why: Why): string {
  if (why === 'too-many-files') return 'too many open files';
  return why === 'gone' ? 'it no longer exists' : why;
}
