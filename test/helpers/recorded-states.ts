// States with a flight recorder behind them, whose effects of going back are carried out.
import type { Action } from '../../src/app/actions/action.ts';
import type { State } from '../../src/app/state/state.ts';
import { Recall } from '../../src/model/recall/recall.ts';
import { Tracker } from '../../src/model/rows/tracker.ts';
import type { Process, Snapshot } from '../../src/model/snapshot/snapshot.ts';
import { FlightRecorder } from '../../src/recording/flight-recorder.ts';
import type { Settings } from '../../src/settings/settings.ts';
import { snapshotOf } from './snapshots.ts';
import { act, dwindling, serverProcesses, watched } from './states.ts';

/** A machine that is sampled every two seconds, and recorded. */
export class RecordedMachine {
  readonly recorder = new FlightRecorder();
  state: State;
  readonly #tracker = new Tracker();
  readonly #recall = new Recall(this.recorder);
  #tick = 0;

  constructor(settings: Partial<Settings> = {}, size = { columns: 80, rows: 24 }) {
    this.state = watched(settings, size, 0);
    this.act({ type: 'recorded', recorded: this.recorder });
  }

  /** Goes on for some ticks. */
  run(
    ticks: number,
    processes: (tick: number) => Process[] = serverProcesses,
    change = (snapshot: Snapshot) => snapshot,
  ): this {
    for (const end = this.#tick + ticks; this.#tick < end; this.#tick += 1) {
      const snapshot = change(snapshotOf(processes(this.#tick), this.#tick * 2, dwindling(this.#tick)));
      const rows = this.#tracker.advance(snapshot, 2000);
      this.recorder.add(snapshot);
      this.act({ type: 'sampled', view: { snapshot, rows, tracker: this.#tracker } });
    }
    return this;
  }

  press(...keys: string[]): this {
    for (const key of keys) this.act({ type: 'key', key });
    return this;
  }

  act(action: Action): void {
    const { state, effects } = act(this.state, action);
    this.state = state;
    for (const effect of effects) {
      const recalled = effect.do === 'recall' && state.past ? this.#recall.at(state.past.time) : undefined;
      if (recalled !== undefined) this.act({ type: 'recalled', recalled });
      if (effect.do === 'forget-past') this.#recall.forget();
    }
  }
}
