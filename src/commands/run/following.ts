// Follows a command while it runs: all of its processes at the interval, and its main process more often.
import type { RunMoment, RunReadings } from '../../model/run/run.ts';
import type { MemberSearch } from '../../sampling/linux/tree/members.ts';
import { CommandTree } from '../../sampling/linux/tree/tree.ts';
import { ReadingBudget } from './budget.ts';

/** Milliseconds between two readings of the main process: while its peak rises, and the most. */
const SOONEST = 8;
const LATEST = 40;
/** By how much longer the next pause is, while nothing rises. */
const EASING = 1.5;

/** How a command is followed. */
export interface FollowingOptions {
  /** Milliseconds between two samples of all processes. */
  readonly interval: number;
  /** When the command was started, by performance.now(). */
  readonly begun: number;
  readonly search: MemberSearch;
}

/** Reads from now on, until `end` is called. */
export class Following {
  readonly #tree: CommandTree;
  readonly #readings: RunReadings;
  readonly #interval: number;
  readonly #begun: number;
  #timer: NodeJS.Timeout | undefined;
  #pause = SOONEST;
  #treeDue = 0;
  readonly #treeBudget = new ReadingBudget();
  readonly #mainBudget = new ReadingBudget();

  /** @param pid of the command */
  constructor(pid: number, readings: RunReadings, { interval, begun, search }: FollowingOptions) {
    this.#tree = new CommandTree(pid, search);
    this.#readings = readings;
    this.#interval = interval;
    this.#begun = begun;
    this.#read();
  }

  get way(): CommandTree['way'] {
    return this.#tree.way;
  }

  /** Whether a process is, or was, one of the command's. */
  everHad(pid: number): boolean {
    return this.#tree.everHad(pid);
  }

  /** Stops reading. Returns how many processes of the command still run. */
  end(): number {
    clearTimeout(this.#timer);
    const { processes } = this.#tree.sample();
    this.#tree.close();
    return processes;
  }

  #read(): void {
    const at = { elapsed: performance.now() - this.#begun, time: Date.now() };
    const isDue = at.elapsed >= this.#treeDue;
    const rises = isDue
      ? this.#treeBudget.spend(() => this.#readAll(at))
      : this.#mainBudget.spend(() => this.#readMain(at));
    if (isDue) this.#treeDue = Math.max(at.elapsed + this.#interval, this.#treeBudget.due);
    this.#pause = rises ? SOONEST : Math.min(this.#pause * EASING, LATEST, this.#interval);
    this.#timer = setTimeout(() => this.#read(), Math.max(this.#pause, this.#mainBudget.due - at.elapsed));
  }

  #readAll(at: RunMoment): boolean {
    return this.#readings.takeTree(this.#tree.sample(), at);
  }

  #readMain(at: RunMoment): boolean {
    const main = this.#tree.readMain();
    return main !== undefined && this.#readings.takeMain(main, at);
  }
}
