// The flight recorder behind the screen: loaded once the first frame is there, given every sample, and asked for the past.
import { join } from 'node:path';
import type { Action } from '../../app/actions/action.ts';
import { Recall } from '../../model/recall/recall.ts';
import type { RecordedEvent } from '../../model/recall/recorded.ts';
import type { Kill } from '../../model/snapshot/oom-kill.ts';
import type { Snapshot } from '../../model/snapshot/snapshot.ts';
import type { FlightRecorder } from '../../recording/flight-recorder.ts';
import type { Environment } from '../../settings/environment.ts';
import type { Failures } from './failures.ts';
import { stateFolder } from './log.ts';

/** After an OOM kill the recording is saved at once, and again after this many milliseconds with what followed. */
const AFTERMATH = 30_000;
/** Kills within this many milliseconds of each other are saved in one file. */
const TOGETHER = 300_000;

export class Flight {
  readonly #failures: Failures;
  readonly #dispatch: (action: Action) => void;
  readonly #environment: Environment;
  #recorder: FlightRecorder | undefined;
  #recall: Recall | undefined;
  /** Samples that came while it was loaded. */
  #waiting: Snapshot[] | undefined = [];
  #last: Snapshot | undefined;
  /** The file of the last OOM kill, and when it was begun (monotonic milliseconds). */
  #killed: { readonly name: string; readonly at: number } | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(failures: Failures, dispatch: (action: Action) => void, environment: Environment) {
    this.#failures = failures;
    this.#dispatch = dispatch;
    this.#environment = environment;
  }

  /** Loads it. Where that fails, nothing is recorded, and the failure is reported. */
  async load(): Promise<void> {
    const recorder = await this.#failures.attempt('Nothing is recorded', async () => {
      const { FlightRecorder } = await import('../../recording/flight-recorder.ts');
      return new FlightRecorder();
    });
    const waiting = this.#waiting ?? [];
    this.#waiting = undefined;
    if (recorder === undefined) return;
    this.#recorder = recorder;
    this.#recall = new Recall(recorder);
    for (const snapshot of waiting) this.#add(snapshot);
    this.#dispatch({ type: 'recorded', recorded: recorder });
  }

  /** Records a sample, and saves the recording where a process was killed for memory. */
  add(snapshot: Snapshot, kills: readonly Kill[]): void {
    this.#waiting?.push(snapshot);
    this.#add(snapshot);
    // A program that reached its own heap limit was not killed by the system.
    if (kills.some(({ by }) => by !== 'v8')) void this.#saveKill(snapshot);
  }

  /** Notes what no sample shows, such as a collection. */
  note(kind: RecordedEvent['kind'], text: string): void {
    if (this.#last !== undefined) this.#recorder?.note({ time: this.#last.time, kind, text });
  }

  /** Has the sample at a time shown. */
  show(time: number): void {
    const recalled = this.#recall?.at(time);
    if (recalled !== undefined) this.#dispatch({ type: 'recalled', recalled });
  }

  /** Frees what showing the past took. */
  forget(): void {
    this.#recall?.forget();
    this.#recorder?.forget();
  }

  /** `w`: saves the recording, and shows where. Rejects where it cannot be saved. */
  async save(): Promise<void> {
    const saved = await this.#write('watch');
    const notice = saved === undefined ? 'Nothing is recorded yet' : `Saved ${saved.span}: ${saved.path}`;
    this.#dispatch({ type: 'notified', notice });
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #add(snapshot: Snapshot): void {
    this.#last = snapshot;
    try {
      this.#recorder?.add(snapshot);
    } catch (error) {
      this.#recorder = undefined;
      this.#failures.report('Recording stopped', error);
    }
  }

  async #saveKill({ monotonic }: Snapshot): Promise<void> {
    if (this.#timer !== undefined) return;
    const isSame = this.#killed !== undefined && monotonic - this.#killed.at < TOGETHER;
    const again = async () => {
      const saved = await this.#write('oom', this.#killed?.name);
      if (saved !== undefined && !isSame) this.#killed ??= { name: saved.name, at: monotonic };
      return saved;
    };
    if (!isSame) this.#killed = undefined;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#failures.attempt('Recording not saved', again);
    }, AFTERMATH);
    this.#timer.unref();
    const saved = await this.#failures.attempt('Recording not saved', again);
    if (saved !== undefined) this.#dispatch({ type: 'notified', notice: `OOM kill: saved ${saved.path}` });
  }

  /** Undefined where nothing is recorded yet. The path is written as a shell reads it, with ~ for the home folder. */
  async #write(word: string, name?: string) {
    const folder = stateFolder(this.#environment);
    const recorder = this.#recorder;
    if (recorder?.range === undefined) return undefined;
    if (folder === undefined) throw new Error('neither XDG_STATE_HOME nor HOME is set');
    const { saveRecording } = await import('./saved-recording.ts');
    const saved = saveRecording(recorder, { folder: join(folder, 'recordings'), word, name });
    const { HOME: home } = this.#environment;
    const isAtHome = home !== undefined && home !== '' && saved.path.startsWith(`${home}/`);
    return isAtHome ? { ...saved, path: `~${saved.path.slice(home.length)}` } : saved;
  }
}
