// A recording on the screen: played at any speed, with the same keys as the live view.
import { setImmediate as immediately } from 'node:timers/promises';
import type { Action } from '../../../app/actions/action.ts';
import { initialState, type State } from '../../../app/state/state.ts';
import { Store } from '../../../app/store.ts';
import type { Context } from '../../../cli/context.ts';
import type { Regexes } from '../../../model/query/regexes.ts';
import { Recall } from '../../../model/recall/recall.ts';
import type { RecordedFile } from '../../../recording/recorded-file.ts';
import type { Settings } from '../../../settings/settings.ts';
import { replaceListeners } from '../../../terminal/listeners.ts';
import type { Size } from '../../../terminal/size.ts';
import { Display, toAction } from '../display.ts';
import { Ending } from '../ending.ts';
import { Failures } from '../failures.ts';
import { LateCollecting } from '../late-collecting.ts';
import { Log, logPlace } from '../log.ts';
import { Patterns } from '../patterns.ts';
import { Performer } from '../performer.ts';
import { Saving } from '../saving.ts';

/** What ends memtop when its terminal is gone: 128 and the number of SIGHUP. */
const HUNG_UP = 129;

/** Milliseconds between two ticks while it plays, and for indexing at a time while keys wait. */
const TICK = 40;
const INDEXING = 15;

/** Where nothing was recorded for longer, it goes on with the next sample at once. Milliseconds of recorded time. */
const LONGEST_GAP = 60_000;

export interface ReplayOptions {
  readonly settings: Settings;
  readonly context: Context;
  readonly recorded: RecordedFile;
  readonly regexes: Regexes | undefined;
  /** The moment to begin with; undefined for the first sample, from which it plays. */
  readonly at: number | undefined;
  readonly speed: number;
}

export class ReplaySession {
  readonly #options: ReplayOptions;
  readonly #ending = new Ending();
  readonly #failures: Failures;
  readonly #patterns = new Patterns((action) => this.#dispatch(action));
  readonly #display: Display;
  readonly #store: Store;
  readonly #recall: Recall;
  readonly #collecting: LateCollecting;
  #restoreRejections = () => {};
  /** The recorded time that is reached, and when that was; the sample shown is the last one before it. */
  #reached = { time: 0, shown: 0, at: 0 };

  constructor(options: ReplayOptions) {
    this.#options = options;
    const { settings, context, recorded, regexes, at, speed } = options;
    const log = new Log(logPlace(context.environment));
    this.#failures = new Failures({
      notify: (notice) => this.#dispatch({ type: 'notified', notice }),
      log: (line) => log.add(line),
    });
    this.#collecting = new LateCollecting(this.#failures);
    this.#recall = new Recall(recorded);
    this.#display = new Display(
      {
        input: (inputs) => this.#store.dispatch(...inputs.map(toAction)),
        resize: (size) => this.#resized(size),
        resumed: () => this.#repaint(),
        background: () => {},
        intruded: () => this.#repaint(),
        hungUp: () => this.#ending.begin(HUNG_UP),
      },
      settings.mouse,
    );
    const performer = this.#performer();
    const time = recorded.sampleAt(at ?? Number.NEGATIVE_INFINITY) ?? 0;
    const state: State = {
      ...initialState({ ...settings, readonly: true }, this.#display.size, regexes),
      ...{ recorded, isPaused: true, past: { time }, replay: { isPlaying: at === undefined, speed } },
    };
    this.#store = new Store(
      state,
      (effect) => performer.perform(effect),
      (changed) => this.#display.draw(changed),
    );
  }

  /** Settles with the exit code once the screen has ended; `close` is to be called then, and when it rejects. */
  async run(): Promise<number> {
    this.#ending.listen();
    this.#restoreRejections = replaceListeners('unhandledRejection', (error: unknown) =>
      this.#failures.report('Something failed', error),
    );
    this.#display.open();
    this.#resized(this.#display.size);
    this.#show();
    await immediately();
    await this.#failures.attempt('Ink is not ready', () => this.#display.mount());
    this.#options.context.saveCodeCache();
    this.#options.context.heap.keepSmall();
    await this.#play();
    return this.#ending.exitCode;
  }

  /** Gives the terminal back. */
  async close(): Promise<void> {
    this.#patterns.close();
    await this.#display.settle();
    this.#display.close();
    this.#restoreRejections();
    this.#collecting.close();
  }

  #performer(): Performer {
    const { settings, context } = this.#options;
    return new Performer({
      ...{ ending: this.#ending, failures: this.#failures, wake: new EventTarget(), context },
      ...{ collecting: this.#collecting, saving: new Saving(settings.file), patterns: this.#patterns },
      display: { suspend: () => this.#display.suspend() },
      flight: { show: () => this.#show(), forget: () => {}, note: () => {}, save: async () => this.#isSaved() },
      state: () => this.#store.state,
      dispatch: (action) => this.#dispatch(action),
      repaint: () => this.#repaint(),
      signalling: () => Promise.reject(new Error('A replay sends no signals')),
    });
  }

  /** Indexes the rest of the recording and plays it, in turns with the keys, until the end. */
  async #play(): Promise<void> {
    const { recorded } = this.#options;
    while (!this.#ending.hasBegun) {
      if (recorded.isWhole) await this.#pause(TICK);
      else await this.#index();
      if (!this.#ending.hasBegun) this.#tick();
    }
  }

  /** A timeline on the screen becomes longer with it. */
  async #index(): Promise<void> {
    const { recorded } = this.#options;
    recorded.index(INDEXING);
    await immediately();
    if (!recorded.isWhole || this.#ending.hasBegun) return;
    // Reading all of it has left more garbage than what is shown will ever make.
    this.#options.context.heap.collect();
    this.#store.dispatch({ type: 'recorded', recorded });
  }

  #pause(milliseconds: number): Promise<void> {
    const { signal } = this.#ending;
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, milliseconds);
      signal.addEventListener('abort', end);
    });
  }

  /** Goes on by the time that has passed, at the speed that is set. */
  #tick(): void {
    const { recorded } = this.#options;
    const { past, replay } = this.#store.state;
    const now = performance.now();
    const shown = past?.time ?? 0;
    const { time, shown: before, at } = this.#reached;
    // The user has gone to another moment, or it did not play.
    const isElsewhere = before !== shown || replay?.isPlaying !== true;
    let reached = isElsewhere ? shown : time + (now - at) * (replay?.speed ?? 1);
    this.#reached = { time: reached, shown, at: now };
    if (isElsewhere) return;
    const next = recorded.sampleAfter(shown);
    if (next === undefined) {
      if (recorded.isWhole) this.#dispatch({ type: 'played', time: undefined });
      return;
    }
    if (next - shown > LONGEST_GAP) reached = Math.max(reached, next);
    if (reached < next) return;
    const target = recorded.sampleAt(reached) ?? next;
    this.#reached = { time: reached, shown: target, at: now };
    this.#dispatch({ type: 'played', time: target });
  }

  #isSaved(): void {
    this.#dispatch({ type: 'notified', notice: 'What is shown is a recording already' });
  }

  #show(): void {
    const { past } = this.#store.state;
    const recalled = past === undefined ? undefined : this.#recall.at(past.time);
    if (recalled !== undefined) this.#dispatch({ type: 'recalled', recalled });
  }

  #dispatch(action: Action): void {
    if (!this.#ending.hasBegun) this.#store.dispatch(action);
  }

  #resized(size: Size): void {
    this.#display.forget();
    this.#store.dispatch({ type: 'resized', ...size });
  }

  #repaint(): void {
    this.#resized(this.#display.size);
    this.#display.draw(this.#store.state);
  }
}
