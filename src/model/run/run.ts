// One run of a command: what was read of its memory while it ran, and the result.
import type { Collection } from '../collection/collection.ts';
import type { GrowthPattern } from '../growth/growth.ts';
import type { Kill } from '../snapshot/oom-kill.ts';
import { RunCurve } from './run-curve.ts';

/** Cells of the curve. */
export const RUN_CELLS = 60;
/** The last part of a run that resting memory is read in: this many milliseconds, or this fraction of a short run. */
const RESTING_SPAN = 1000;
const RESTING_FRACTION = 0.2;
/** A peak that rose in these last milliseconds before the last reading may have risen on after it, */
const RECENTLY = 250;
/** which is worth mentioning from this fraction of it on. */
const NOTICEABLE = 0.01;

/** When something was read: milliseconds since the run began, and since the epoch. */
export interface RunMoment {
  readonly elapsed: number;
  readonly time: number;
}

/** One process at one moment. */
export interface ProcessMemory {
  readonly pid: number;
  readonly rss: number;
  /** The highest RSS that it has had (VmHWM). */
  readonly peak: number;
}

/** All processes of a command at one moment. */
export interface TreeMemory {
  readonly processes: number;
  /** The sum of RSS. */
  readonly rss: number;
  /** The highest sum since the reading before. */
  readonly peak: number;
  readonly main: ProcessMemory | undefined;
}

/** How a command ended. */
export interface RunEnding {
  /** As a shell reports it: 128 and the number of the signal that ended it. */
  readonly exitCode: number;
  /** The signal that ended it, such as SIGKILL. */
  readonly signal?: string;
  readonly elapsed: number;
}

/** Collections of one kind, with their pauses in milliseconds. */
export interface KindOfCollections {
  readonly count: number;
  /** All pauses together; absent where only the number is known. */
  readonly ms?: number;
  readonly maxMs?: number;
}

/** What agents in the programs reported, of all processes together. */
export interface RunNotes {
  /** By kind. Absent where no agent reported any. */
  readonly collections?: Readonly<Record<string, KindOfCollections>>;
  /** The last collection, in the main process. */
  readonly lastCollect?: Collection;
  /** The peak and the RSS of the main process right before it ended. */
  readonly peak?: number;
  readonly resting?: number;
}

/** The result of a run. Sizes are bytes; what is not known is absent. */
export interface RunResult extends RunEnding, Omit<RunNotes, 'peak' | 'resting'> {
  readonly command: readonly string[];
  readonly main?: {
    readonly pid: number;
    readonly peak: number;
    /** When that was first read. */
    readonly peakAt: RunMoment;
    /** The peak may have been up to this, after the last reading. */
    readonly peakAtMost?: number;
    readonly resting?: number;
  };
  readonly tree?: {
    readonly peak: number;
    readonly resting: number;
    /** The most at one time. */
    readonly processes: number;
    /** Those that still run. */
    readonly remaining: number;
    readonly way: 'cgroup' | 'parents';
    /** The highest charge of the command's own cgroup: file cache and kernel memory count in it. */
    readonly charged?: number;
  };
  /** Bytes a second, and the pattern, of the whole tree. */
  readonly growth?: number;
  readonly pattern?: GrowthPattern;
  readonly oom?: Kill;
  /** RSS of the tree in equal parts of the run; NaN where unknown. */
  readonly curve: readonly number[];
}

/** Takes readings while a command runs. */
export class RunReadings {
  readonly #interval: number;
  readonly #tree = new RunCurve();
  /** RSS of the process that has the highest peak, and of the one that is the main process now. */
  #main = new RunCurve();
  #current = this.#main;
  #treePeak = 0;
  #mostProcesses = 0;
  /** The sum of all other processes when the tree was last read. */
  #others = 0;
  #pid = 0;
  #peakPid = 0;
  #peak = 0;
  #peakAt: RunMoment | undefined;
  /** The peak of the main process at its latest readings. */
  #latest: { readonly elapsed: number; readonly peak: number }[] = [];

  /** @param interval milliseconds between two readings of the tree */
  constructor(interval: number) {
    this.#interval = interval;
  }

  /** The main process whose peak is the highest; undefined before one was read. */
  get mainPid(): number | undefined {
    return this.#peakAt === undefined ? undefined : this.#peakPid;
  }

  /** The main process alone. Returns whether its peak has risen. */
  takeMain({ pid, rss, peak }: ProcessMemory, at: RunMoment): boolean {
    if (pid !== this.#pid && this.#pid !== 0) this.#current = new RunCurve();
    this.#current.take(at.elapsed, rss);
    this.#tree.take(at.elapsed, this.#others + rss);
    const rises = peak > this.#peak;
    if (rises) {
      this.#treePeak = Math.max(this.#treePeak, this.#others + peak);
      this.#peak = peak;
      this.#peakAt = at;
      this.#peakPid = pid;
      this.#main = this.#current;
    }
    const latest = pid === this.#pid ? this.#latest : [];
    this.#latest = [...latest.filter(({ elapsed }) => elapsed >= at.elapsed - RECENTLY), { elapsed: at.elapsed, peak }];
    this.#pid = pid;
    return rises;
  }

  /** All processes, the main one among them while it is there. */
  takeTree({ rss, peak, processes, main }: TreeMemory, at: RunMoment): boolean {
    if (processes === 0) return false;
    this.#others = rss - (main?.rss ?? 0);
    this.#treePeak = Math.max(this.#treePeak, peak);
    this.#mostProcesses = Math.max(this.#mostProcesses, processes);
    if (main !== undefined) return this.takeMain(main, at);
    this.#tree.take(at.elapsed, rss);
    return false;
  }

  /** The result of all that was taken. */
  result(
    command: readonly string[],
    ending: RunEnding,
    notes: RunNotes,
    found: {
      readonly remaining: number;
      readonly way: 'cgroup' | 'parents';
      readonly charged?: number;
      readonly oom?: Kill;
    },
  ): RunResult {
    const { oom, ...followed } = found;
    const { peak: _peak, resting: _resting, ...reported } = notes;
    const main = this.#mainResult(ending, notes);
    const judged = this.#tree.judge(this.#interval);
    return {
      command,
      ...ending,
      ...(main && { main }),
      ...(this.#mostProcesses > 0 && { tree: this.#treeResult(main, followed) }),
      ...(judged && { growth: judged.growth }),
      ...(judged?.pattern && { pattern: judged.pattern }),
      ...reported,
      ...(oom && { oom }),
      curve: this.#tree.cells(RUN_CELLS, ending.elapsed),
    };
  }

  #mainResult({ elapsed }: RunEnding, notes: RunNotes): RunResult['main'] {
    if (this.#peakAt === undefined) return undefined;
    const peak = Math.max(this.#peak, notes.peak ?? 0);
    const most = notes.peak === undefined ? this.#hiddenPeak(elapsed) : undefined;
    const resting = notes.resting ?? this.#main.median(restingSpan(elapsed));
    return {
      pid: this.#peakPid,
      peak,
      peakAt: this.#peakAt,
      ...(most !== undefined && { peakAtMost: most }),
      ...(resting !== undefined && { resting }),
    };
  }

  /** How high the peak may have been after the last reading, if it was rising then: at the pace of its last moments. */
  #hiddenPeak(elapsed: number): number | undefined {
    const [first, last] = [this.#latest[0], this.#latest.at(-1)];
    if (first === undefined || last === undefined || last.peak < this.#peak) return undefined;
    const risen = last.peak - first.peak;
    const pace = risen / Math.max(1, last.elapsed - first.elapsed);
    const hidden = pace * Math.max(0, elapsed - last.elapsed);
    return hidden < last.peak * NOTICEABLE ? undefined : Math.round(last.peak + hidden);
  }

  #treeResult(
    main: RunResult['main'],
    followed: { readonly remaining: number; readonly way: 'cgroup' | 'parents'; readonly charged?: number },
  ): NonNullable<RunResult['tree']> {
    return {
      peak: Math.max(this.#treePeak, main?.peak ?? 0),
      resting: main?.resting === undefined ? this.#tree.last : main.resting + this.#others,
      processes: this.#mostProcesses,
      ...followed,
    };
  }
}

function restingSpan(elapsed: number): number {
  return Math.min(RESTING_SPAN, elapsed * RESTING_FRACTION);
}
