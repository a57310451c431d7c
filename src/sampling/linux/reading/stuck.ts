// Whether a process may be stuck, so that reading what needs its memory would be stuck with it.
import { readdirSync } from 'node:fs';
import { parseStat, StatFields } from '../proc/stat.ts';
import type { FileReader } from './file-reader.ts';

/** The state D of proc_pid_stat(5): a wait that only its cause can end. */
const UNINTERRUPTIBLE = 68;
/** With more threads than this a child is cheaper than asking each. */
const MOST_THREADS = 128;

/**
 * cmdline, environ, maps, smaps and smaps_rollup take mmap_lock of the process (fs/proc/base.c, task_mmu.c): as long as a
 * thread holds it and waits for a disk or a server that does not answer, each read waits too, and only SIGKILL ends it.
 * Such a thread is in state D, and so are those that wait for the lock. stat, statm and status take no such lock.
 */
export class Stuck {
  readonly #reader: FileReader;
  readonly #fields = new StatFields();

  constructor(reader: FileReader) {
    this.#reader = reader;
  }

  /**
   * Whether one of its threads waits uninterruptibly. Overwrites the reader's bytes.
   *
   * @param state the state of the process, as a character code, and `threads` how many it has, from its stat
   */
  isLikely(folder: string, state: number, threads: number): boolean {
    if (state === UNINTERRUPTIBLE) return true;
    if (threads <= 1) return false;
    // Asking more would take longer than a child does.
    return threads > MOST_THREADS || this.#threadsOf(folder).some((thread) => this.#isWaiting(`${thread}/stat`));
  }

  #threadsOf(folder: string): string[] {
    try {
      return readdirSync(`${folder}/task`).map((thread) => `${folder}/task/${thread}`);
    } catch {
      // It has ended, or this is a tree of plain files.
      return [];
    }
  }

  #isWaiting(path: string): boolean {
    const length = this.#reader.once(path);
    return (
      typeof length === 'number' &&
      parseStat(this.#reader.bytes, length, this.#fields) &&
      this.#fields.state === UNINTERRUPTIBLE
    );
  }
}
