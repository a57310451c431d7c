// One run of the screen: snapshots to state, state to frames, keys to effects, until something ends it.
import { constants } from 'node:os';
import type { Action } from '../../app/actions/action.ts';
import { initialState } from '../../app/state/state.ts';
import { Store } from '../../app/store.ts';
import { wantedBy } from '../../app/view/needs.ts';
import type { Context } from '../../cli/context.ts';
import { noSuchProcess } from '../../cli/messages.ts';
import { protectFromOom } from '../../cli/survival.ts';
import { Obituaries } from '../../model/oom/obituaries.ts';
import type { Regexes } from '../../model/query/regexes.ts';
import { Tracker } from '../../model/rows/tracker.ts';
import { signalsOf } from '../../model/signals.ts';
import type { Snapshot } from '../../model/snapshot/snapshot.ts';
import { poll } from '../../sampling/poll.ts';
import type { Needs, Sampler } from '../../sampling/sampler/sampler.ts';
import { backgroundFor } from '../../screen/theme/background.ts';
import type { Settings } from '../../settings/settings.ts';
import { replaceListeners } from '../../terminal/listeners.ts';
import type { ReportedColour } from '../../terminal/replies.ts';
import type { Size } from '../../terminal/size.ts';
import { afterFirstFrame } from './after-first-frame.ts';
import { asksBackground } from './asking.ts';
import { Display, toAction } from './display.ts';
import { Ending } from './ending.ts';
import { Failures } from './failures.ts';
import { Flight } from './flight.ts';
import { LateCollecting } from './late-collecting.ts';
import { Log, logPlace } from './log.ts';
import { Overdue } from './overdue.ts';
import { Patterns } from './patterns.ts';
import { Performer } from './performer.ts';
import { SAMPLE_LIMITS } from './sample-limits.ts';
import { Saving } from './saving.ts';
import type { Signalling } from './signalling.ts';
import { Tidying } from './tidying.ts';

/**
 * Milliseconds between two paintings of the whole screen: other programs may write to the terminal too (wall(1), a job
 * in the background), and nothing says so.
 */
const REPAINT_EVERY = 120_000;

/** What ends memtop when its terminal is gone: 128 and the number of SIGHUP. */
const HUNG_UP = 129;

/** The input of a session: settings, context, and what was opened for it. */
export interface SessionOptions {
  readonly settings: Settings;
  readonly context: Context;
  readonly sampler: Sampler;
  /** Loads what sends signals. */
  readonly openSignalling: () => Promise<Signalling>;
  /** The engine for the patterns of the filter that it begins with, where it has some. */
  readonly regexes: Regexes | undefined;
}

export class Session {
  readonly #options: SessionOptions;
  readonly #ending = new Ending();
  readonly #wake = new EventTarget();
  readonly #tracker = new Tracker();
  readonly #obituaries = new Obituaries();
  readonly #overdue = new Overdue((silence) => this.#store.dispatch({ type: 'overdue', silence }));
  readonly #patterns = new Patterns((action) => this.#dispatch(action));
  readonly #failures: Failures;
  readonly #flight: Flight;
  readonly #collecting: LateCollecting;
  readonly #display: Display;
  readonly #store: Store;
  #signalling: Promise<Signalling> | undefined;
  readonly #tidying: Tidying;
  #restoreRejections = () => {};
  #repaintedAt = Number.NaN;

  constructor(options: SessionOptions) {
    this.#options = options;
    const { settings, context, regexes } = options;
    this.#tidying = new Tidying(context.heap);
    const log = new Log(logPlace(context.environment));
    this.#failures = new Failures({
      notify: (notice) => this.#dispatch({ type: 'notified', notice }),
      log: (line) => log.add(line),
    });
    this.#collecting = new LateCollecting(this.#failures);
    this.#flight = new Flight(this.#failures, (action) => this.#dispatch(action), context.environment);
    this.#display = new Display(
      {
        input: (inputs) => {
          this.#tidying.used();
          this.#store.dispatch(...inputs.map(toAction));
        },
        resize: (size) => this.#resized(size),
        resumed: () => this.#repaint(),
        background: (colour) => this.#drawnOn(colour),
        intruded: (text) => this.#intruded(text),
        hungUp: () => this.#ending.begin(HUNG_UP),
      },
      settings.mouse,
    );
    const performer = new Performer({
      ...{ ending: this.#ending, failures: this.#failures, wake: this.#wake, display: this.#display, context },
      ...{
        collecting: this.#collecting,
        saving: new Saving(settings.file),
        patterns: this.#patterns,
        flight: this.#flight,
      },
      state: () => this.#store.state,
      dispatch: (action) => this.#dispatch(action),
      repaint: () => this.#repaint(),
      signalling: () => this.#loadSignalling(),
    });
    const beginning = { ...settings, signals: signalsOf(constants.signals, process.platform) };
    const state = initialState(beginning, this.#display.size, regexes);
    this.#store = new Store(
      state,
      (effect) => performer.perform(effect),
      (changed) => this.#display.draw(changed),
    );
  }

  /** Settles with the exit code once the screen has ended; `close` is to be called then, and when it rejects. */
  async run(): Promise<number> {
    const { sampler, context, settings } = this.#options;
    const { pids, survive } = settings;
    this.#ending.listen();
    // While the screen is on, an unhandled rejection must not end the program.
    this.#restoreRejections = replaceListeners('unhandledRejection', (error: unknown) =>
      this.#failures.report('Something failed', error),
    );
    const { signal } = this.#ending;
    const interval = () => this.#store.state.interval;
    let isFirst = true;
    const refusal = survive ? protectFromOom(context.platform) : undefined;
    const plain = poll(sampler, { interval, needs: () => this.#needs(), signal, wake: this.#wake });
    for await (const snapshot of this.#collecting.enriched(plain, () => wantedBy(this.#store.state).gc)) {
      if (isFirst) {
        if (pids !== undefined && !snapshot.processes.some(({ who }) => pids.has(who.pid))) {
          context.warn(noSuchProcess([...pids]));
          return 1;
        }
        this.#display.open();
        this.#fit();
      }
      this.#show(snapshot);
      if (isFirst) this.#begun(refusal);
      isFirst = false;
    }
    return this.#ending.exitCode;
  }

  /** Gives the terminal back, and settles when nothing is left that must be done before memtop has ended. */
  async close(): Promise<void> {
    this.#overdue.close();
    this.#tidying.close();
    this.#flight.close();
    this.#patterns.close();
    await this.#display.settle();
    this.#display.close();
    this.#restoreRejections();
    const { warn } = this.#options.context;
    for (const what of this.#ending.unfinished) warn(`Waiting for ${what} to close.`);
    for (const what of await this.#ending.finished()) warn(`${what} could not be closed in time.`);
    this.#collecting.close();
  }

  /** What can wait until the first frame is on the screen, and must be requested before the terminal is given back. */
  #begun(refusal: string | undefined): void {
    const { context, settings } = this.#options;
    if (asksBackground(settings, context.environment)) this.#display.askBackground();
    if (refusal !== undefined) this.#dispatch({ type: 'notified', notice: refusal });
    void afterFirstFrame({
      ...{ settings, context, display: this.#display, failures: this.#failures, ending: this.#ending },
      debuggersLeft: () => this.#collecting.debuggersLeft(),
      loadSignalling: () => this.#loadSignalling(),
      loadRecorder: () => this.#flight.load(),
      notify: (notice) => this.#dispatch({ type: 'notified', notice }),
    });
  }

  #show(snapshot: Snapshot): void {
    const rows = this.#tracker.advance(snapshot, this.#store.state.interval);
    const kills = this.#obituaries.advance(snapshot, rows, this.#tracker.timeline);
    const { list: obituaries } = this.#obituaries;
    if (!(snapshot.monotonic - this.#repaintedAt < REPAINT_EVERY)) {
      this.#repaintedAt = snapshot.monotonic;
      this.#display.doubt();
    }
    this.#store.dispatch({ type: 'sampled', view: { snapshot, rows, tracker: this.#tracker, obituaries } });
    this.#flight.add(snapshot, kills);
    this.#overdue.came(this.#store.state.interval);
    this.#tidying.sampled(rows.length);
  }

  #needs(): Needs {
    const { suspectsDaemon: daemonKills } = this.#obituaries;
    const wanted = wantedBy(this.#store.state);
    return { ...wanted, ...SAMPLE_LIMITS, everyRow: false, daemonKills };
  }

  /** Loaded once; after a failure the next signal tries again. */
  #loadSignalling(): Promise<Signalling> {
    this.#signalling ??= this.#options.openSignalling().catch((error: unknown) => {
      this.#signalling = undefined;
      throw error;
    });
    return this.#signalling;
  }

  /** For what comes from outside of the loop: nothing is drawn any more once the end has begun. */
  #dispatch(action: Action): void {
    if (!this.#ending.hasBegun) this.#store.dispatch(action);
  }

  /** The terminal has reported the colour of its background. */
  #drawnOn(colour: ReportedColour): void {
    const { appearance } = this.#store.state;
    const background = backgroundFor(appearance.theme, colour);
    if (background === appearance.background) return;
    this.#display.doubt();
    this.#dispatch({ type: 'background', background });
  }

  #resized(size: Size): void {
    // A terminal that changed its size has moved or dropped lines as it pleased.
    this.#display.forget();
    this.#store.dispatch({ type: 'resized', ...size });
  }

  /** The terminal may have another size than it had when the state was made. */
  #fit(): void {
    const { columns, lines } = this.#store.state;
    const { size } = this.#display;
    if (size.columns !== columns || size.rows !== lines) this.#resized(size);
  }

  /** What else was written to the terminal: kept from it, but the screen may have suffered from more than was seen. */
  #intruded(text: string): void {
    this.#failures.note(text);
    if (!this.#ending.hasBegun) this.#repaint();
  }

  #repaint(): void {
    this.#resized(this.#display.size);
    this.#display.draw(this.#store.state);
  }
}
