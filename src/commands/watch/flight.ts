// The flight recorder behind the screen: loaded once the first frame is there, given every sample, and asked for the past.
import type { Action } from '../../app/actions/action.ts';
import { Recall } from '../../model/recall/recall.ts';
import type { Snapshot } from '../../model/snapshot/snapshot.ts';
import type { FlightRecorder } from '../../recording/flight-recorder.ts';
import type { Failures } from './failures.ts';

export class Flight {
  readonly #failures: Failures;
  readonly #dispatch: (action: Action) => void;
  #recorder: FlightRecorder | undefined;
  #recall: Recall | undefined;
  /** Samples that came while it was loaded. */
  #waiting: Snapshot[] | undefined = [];

  constructor(failures: Failures, dispatch: (action: Action) => void) {
    this.#failures = failures;
    this.#dispatch = dispatch;
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
    for (const snapshot of waiting) this.add(snapshot);
    this.#dispatch({ type: 'recorded', recorded: recorder });
  }

  /** Records a sample. A failure is reported, and ends the recording. */
  add(snapshot: Snapshot): void {
    this.#waiting?.push(snapshot);
    try {
      this.#recorder?.add(snapshot);
    } catch (error) {
      this.#recorder = undefined;
      this.#failures.report('Recording stopped', error);
    }
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
}
