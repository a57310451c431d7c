// What a sampler is, and what its consumer may request. The table of samplers is in samplers.ts.
import type { Measure } from '../../model/snapshot/measure.ts';
import type { Process, Snapshot } from '../../model/snapshot/snapshot.ts';

/** What the consumer wants of the next sample. Samplers may give more, never less. */
export interface Needs {
  /** Pids on screen (or selected): read every time, their costly measures too. */
  readonly visible: ReadonlySet<number>;
  /** Read every row every time: for sorts that need it, and always for output to other programs. */
  readonly everyRow: boolean;
  /** Measures wanted for the visible rows, or for every row with `everyMeasure`. */
  readonly measures: ReadonlySet<Measure>;
  readonly everyMeasure: boolean;
  /** Milliseconds for reading PSS and USS, the oldest first; undefined for no limit. */
  readonly smapsBudget?: number | undefined;
  /** With `everyMeasure`: PSS and USS are wanted only for the processes for which this holds. */
  readonly keeps?: ((process: Process) => boolean) | undefined;
  /** The pid of the one process of which everything is wanted. */
  readonly details?: number | undefined;
  /** Only the process with the most resident memory is wanted; a sampler may leave out the others. */
  readonly largestOnly?: boolean;
  /** Of the measures, those wanted for every row even without `everyMeasure`: groups are made of all rows. */
  readonly ofEveryRow?: ReadonlySet<Measure>;
  /** Include OOM kills from before the first sample, as far as the kernel's log has them. */
  readonly pastKills?: boolean;
  /** How much each mounted tmpfs holds. */
  readonly tmpfs?: boolean;
  /** Only the memory of the machine and of `cgroups` is wanted: the snapshot may have no processes. */
  readonly machineOnly?: boolean;
  /** Paths of memory cgroups that are read with every sample, whether or not a process is in them. */
  readonly cgroups?: ReadonlySet<string>;
  /** Read the logs of earlyoom and systemd-oomd: an exit looked like their kill. */
  readonly daemonKills?: boolean;
  /** Milliseconds to wait for child processes (reads that may not return, names of users); 0 when absent. */
  readonly timeout?: number;
  /** Maximum length of a command in bytes: a program can make argv megabytes long. */
  readonly commandLimit: number;
  /** Bytes of long commands kept of all processes together; commands beyond it are kept to 4,096. No bound when absent. */
  readonly commandBudget?: number;
}

/** Every row with what stat and cmdline say, the longest command that Linux takes in one argument whole (execve(2)). */
export const EVERY_ROW: Needs = {
  visible: new Set(),
  everyRow: true,
  measures: new Set(),
  everyMeasure: false,
  commandLimit: 128 * 1024,
};

export interface Sampler {
  readonly name: string;
  /**
   * One sample of the machine. Never called again before it has settled. What cannot be read becomes a Gap.
   * Rejects with the signal's reason when aborted, and with a UserError when nothing can be read at all.
   */
  sample(needs: Needs, signal: AbortSignal): Promise<Snapshot>;
  /** Gives back descriptors and whatever else is held. */
  close(): void;
}

/** Whether a measure is needed for every row, or for the rows on screen when the row is `visible`. */
export function isWantedOf(measure: Measure, visible: boolean, { measures, everyMeasure, ofEveryRow }: Needs): boolean {
  return measures.has(measure) && (visible || everyMeasure || ofEveryRow?.has(measure) === true);
}
