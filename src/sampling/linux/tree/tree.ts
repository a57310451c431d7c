// The memory of a command and of all that it started, with the peaks between two samples (VmHWM of proc_pid_status(5)).
import { type MemberSearch, Members } from './members.ts';
import { type MemoryOfProcess, StatusReader } from './memory-of-process.ts';

/** Programs that start another one and wait for it: the command that is meant is their child. */
const WAITING = new Set(['time', 'timeout', 'sudo', 'doas', 'tini', 'dumb-init', 'catatonit', 'strace', 'ltrace']);
/** Shells that may have been started for one command line: `sh -c 'python3 a.py'`. */
const SHELLS = new Set(['sh', 'dash', 'bash', 'ash', 'ksh', 'zsh']);
/** Such programs may have started one another; this is as far as they are followed. */
const MOST_WAITING = 4;

/** The main process of a command at one moment. */
export interface MainReading extends MemoryOfProcess {
  readonly pid: number;
}

/** All processes of a command at one moment. Sizes are bytes. */
export interface TreeReading {
  readonly processes: number;
  /** The sum of RSS: pages that several share are counted in each. */
  readonly rss: number;
  /** The highest sum since the reading before, by the peak of the process that rose most above what it has now. */
  readonly peak: number;
  readonly main: MainReading | undefined;
}

export class CommandTree {
  readonly #members: Members;
  readonly #memory: StatusReader;
  readonly #root: number;
  #main: number;
  /** VmHWM of each member when it was last read. */
  #peaks = new Map<number, number>();

  /** @param root the pid of the command */
  constructor(root: number, search: MemberSearch) {
    this.#root = root;
    this.#main = root;
    this.#members = new Members(root, search);
    this.#memory = new StatusReader(search.proc);
  }

  /** How the processes are found. */
  get way(): Members['way'] {
    return this.#members.way;
  }

  /** Reads every process of the tree. */
  sample(): TreeReading {
    const pids = [...this.#members.find()];
    this.#main = this.#findMain();
    let [processes, rss, above] = [0, 0, 0];
    let main: MainReading | undefined;
    const peaks = new Map<number, number>();
    for (const pid of pids) {
      const memory = this.#memory.read(pid);
      if (memory === 'gone') {
        this.#members.forget(pid);
        continue;
      }
      if (memory === undefined) continue;
      processes += 1;
      rss += memory.rss;
      peaks.set(pid, memory.peak);
      if (memory.peak > (this.#peaks.get(pid) ?? 0)) above = Math.max(above, memory.peak - memory.rss);
      if (pid === this.#main) main = { pid, ...memory };
    }
    this.#peaks = peaks;
    return { processes, rss, peak: rss + above, main };
  }

  /** Reads the main process alone; undefined once it is gone. */
  readMain(): MainReading | undefined {
    const memory = this.#memory.readAgain(this.#main);
    return memory === undefined ? undefined : { pid: this.#main, ...memory };
  }

  /** Whether a process is, or was, one of the command's. */
  everHad(pid: number): boolean {
    return this.#members.everHad(pid);
  }

  close(): void {
    this.#memory.close();
  }

  /** The command itself, or the one that it only waits for. */
  #findMain(): number {
    let main = this.#root;
    for (let depth = 0; depth < MOST_WAITING; depth += 1) {
      const child = this.#isWaiting(main) ? this.#members.onlyChildOf(main) : undefined;
      if (child === undefined) return main;
      main = child;
    }
    return main;
  }

  #isWaiting(pid: number): boolean {
    const name = this.#memory.nameOf(pid);
    if (name === undefined) return false;
    return WAITING.has(name) || (SHELLS.has(name) && this.#memory.hasCommandLine(pid));
  }
}
