// All that watches a command: its readings, its cgroup where it has one, and the kernel's count of kills.
import { type RunEnding, type RunNotes, RunReadings, type RunResult } from '../../model/run/run.ts';
import { Enclosure } from './enclosure.ts';
import { Following } from './following.ts';
import { RunKills } from './kills.ts';

const KILLED = 'SIGKILL';

export class RunWatch {
  readonly #interval: number;
  readonly #mark: string | undefined;
  readonly #readings: RunReadings;
  readonly #kills = new RunKills();
  readonly #begun = performance.now();
  readonly #enclosure: Enclosure | undefined;
  #following: Following | undefined;
  #found: { readonly remaining: number; readonly way: 'cgroup' | 'parents'; readonly charged?: number } | undefined;

  /**
   * @param interval milliseconds between two samples
   * @param ownPid of memtop
   * @param mark an entry of the environment that only processes of this command have
   */
  constructor(interval: number, ownPid: number, mark: string | undefined) {
    this.#interval = interval;
    this.#mark = mark;
    this.#readings = new RunReadings(interval);
    this.#enclosure = Enclosure.make(ownPid);
  }

  /** The main process of the command; undefined before it was read. */
  get mainPid(): number | undefined {
    return this.#readings.mainPid;
  }

  /** The command has just been started. */
  begin(pid: number): void {
    const isEnclosed = this.#enclosure?.enter(pid) === true;
    if (isEnclosed) this.#enclosure?.enterAll(pid);
    const search = {
      ...(isEnclosed && { list: (this.#enclosure as Enclosure).list }),
      ...(this.#mark !== undefined && { mark: this.#mark }),
    };
    this.#following = new Following(pid, this.#readings, { interval: this.#interval, begun: this.#begun, search });
    this.#kills.begin();
  }

  /** The command has ended, or could not be started. Lets go of its cgroup. */
  end(how: Omit<RunEnding, 'elapsed'>): RunEnding {
    const elapsed = performance.now() - this.#begun;
    const way = this.#following?.way ?? 'parents';
    const charged = way === 'cgroup' ? this.#enclosure?.charged : undefined;
    const remaining = this.#following?.end() ?? 0;
    this.#enclosure?.remove();
    this.#found = { remaining, way, ...(charged !== undefined && { charged }) };
    return { ...how, elapsed };
  }

  /** What was seen of it. */
  async result(command: readonly string[], ending: RunEnding, notes: RunNotes): Promise<RunResult> {
    const isOurs = (pid: number) => this.#following?.everHad(pid) === true;
    const killed = ending.signal === KILLED ? this.mainPid : undefined;
    const oom = await this.#kills.find(isOurs, killed);
    const found = this.#found ?? { remaining: 0, way: 'parents' };
    return this.#readings.result(command, ending, notes, { ...found, ...(oom && { oom }) });
  }
}
