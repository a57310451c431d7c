// memtop on a screen: plugs sampler, tracker, state, Ink and terminal together.
import { constants } from 'node:os';
import type { Outcome, Target } from '../../app/collects.ts';
import type { Effect } from '../../app/effects.ts';
import { wantedBy } from '../../app/needs.ts';
import { savedOf } from '../../app/saved.ts';
import type { Addressee } from '../../app/signals.ts';
import { initialState } from '../../app/state.ts';
import { Store } from '../../app/store.ts';
import type { Action } from '../../app/update.ts';
import type { Context } from '../../config/context.ts';
import { noSuchProcess } from '../../config/nothing.ts';
import { loadRegexes, openQuery } from '../../config/open-query.ts';
import type { Settings } from '../../config/settings.ts';
import { Obituaries } from '../../model/oom/obituaries.ts';
import type { Regexes } from '../../model/query/regexes.ts';
import { type Signal, signalsOf } from '../../model/signals.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { Tracker } from '../../model/tracker.ts';
import { codePointWidth } from '../../model/width.ts';
import { poll } from '../../sampling/poll.ts';
import type { Needs, Sampler } from '../../sampling/sampler.ts';
import { openSampler } from '../../sampling/samplers.ts';
import { Renderer } from '../../screen/renderer.tsx';
import { protectFromOom, surviving } from '../../survival.ts';
import type { Input } from '../../terminal/keys.ts';
import { Painter } from '../../terminal/painter.ts';
import { Terminal, type TerminalEvents } from '../../terminal/terminal.ts';
import { Collecting } from './collecting.ts';
import { Overdue } from './overdue.ts';
import { Saving } from './saving.ts';
import type { Signalling } from './signalling.ts';

/** Longest command line kept for the screen: nobody reads more of a row. */
const COMMAND_LIMIT = 4096;

/**
 * Patterns never hold up a key: they look at rows for so many milliseconds at a time, and at as much of a command as is
 * kept.
 */
const PATTERNS = { passLasts: 8, longestText: COMMAND_LIMIT };

/** Milliseconds until they go on: half of the time stays for everything else. */
const LOOK_ON_AFTER = 8;

/** Milliseconds of a tick that reading true shares may take: it holds up the keys, and the processes that are read. */
const SHARES_BUDGET = 5;

/** The signals that end memtop, and their numbers (signal(7)). */
const ENDING = { SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGTERM: 15 } as const;

/**
 * Watches until the user quits. Settles with the exit code: 0; 1 when none of the processes asked for is there; or 128
 * and the number of the signal that ended it.
 * Rejects, the terminal given back, with a UserError when there is nothing to sample or the filter is not understood.
 */
export async function watch(settings: Settings, context: Context): Promise<number> {
  const { procRoot, survive } = settings;
  const { regexes } = await openQuery(settings.filter, () => loadRegexes(PATTERNS));
  const opened = await openSampler(settings.sampler, procRoot === undefined ? {} : { procRoot });
  const sampler = survive ? surviving(opened) : opened;
  const signalling = async () => {
    const { openSignalling } = await import('./open-signalling.ts');
    return openSignalling(sampler.name, procRoot);
  };
  const session = new Session(settings, context, signalling, regexes);
  try {
    return await session.run(sampler, settings, context);
  } finally {
    session.close();
    sampler.close();
  }
}

/** One run of the screen. */
class Session {
  readonly #ending = new AbortController();
  readonly #wake = new EventTarget();
  readonly #tracker = new Tracker();
  readonly #obituaries = new Obituaries();
  readonly #collecting = new Collecting();
  readonly #overdue = new Overdue((silence) => this.#store.dispatch({ type: 'overdue', silence }));
  readonly #saving: Saving;
  readonly #context: Context;
  readonly #painter = new Painter(codePointWidth);
  readonly #renderer: Renderer;
  readonly #terminal: Terminal;
  readonly #store: Store;
  readonly #signals = new Map<NodeJS.Signals, () => void>();
  #signalling: Promise<Signalling> | undefined;
  readonly #openSignalling: () => Promise<Signalling>;
  #regexes: Promise<void> | undefined;
  #isLookingOn = false;
  #exitCode = 0;

  constructor(
    settings: Settings,
    context: Context,
    signalling: () => Promise<Signalling>,
    regexes: Regexes | undefined,
  ) {
    this.#openSignalling = signalling;
    this.#context = context;
    this.#saving = new Saving(settings.file);
    const events: TerminalEvents = {
      input: (inputs) => this.#store.dispatch(...inputs.map(toAction)),
      resize: (size) => this.#resized(size),
      resumed: () => this.#repaint(),
      hungUp: () => this.#end(128 + ENDING.SIGHUP),
    };
    this.#terminal = new Terminal(process.stdin, process.stdout, events, settings.mouse);
    this.#renderer = new Renderer((frame) => this.#terminal.write(this.#painter.paint(frame)));
    const draw = () => this.#renderer.draw(this.#store.state);
    const beginning = { ...settings, signals: signalsOf(constants.signals, process.platform) };
    const state = initialState(beginning, this.#terminal.size, regexes);
    this.#store = new Store(state, (effect) => this.#perform(effect), draw);
  }

  async run(sampler: Sampler, { pids, survive }: Settings, context: Context): Promise<number> {
    this.#listen();
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
        this.#terminal.open();
      }
      this.#show(snapshot);
      if (isFirst && refusal !== undefined) this.#store.dispatch({ type: 'told', notice: refusal });
      if (isFirst) context.saveCodeCache();
      isFirst = false;
    }
    return this.#exitCode;
  }

  /** Gives the terminal back. */
  close(): void {
    for (const [signal, listener] of this.#signals) process.off(signal, listener);
    this.#overdue.close();
    this.#collecting.close();
    this.#renderer.close();
    this.#terminal.close();
  }

  #show(snapshot: Snapshot): void {
    const rows = this.#tracker.advance(snapshot, this.#store.state.interval);
    this.#obituaries.advance(snapshot, rows, this.#tracker.timeline);
    const { list: obituaries } = this.#obituaries;
    this.#store.dispatch({ type: 'sampled', view: { snapshot, rows, tracker: this.#tracker, obituaries } });
    this.#overdue.came(this.#store.state.interval);
  }

  #needs(): Needs {
    const { suspectsDaemon: daemonKills } = this.#obituaries;
    const wanted = wantedBy(this.#store.state);
    return { ...wanted, everyRow: false, sharesBudget: SHARES_BUDGET, commandLimit: COMMAND_LIMIT, daemonKills };
  }

  #perform(effect: Effect): void {
    switch (effect.do) {
      case 'quit':
        this.#end(0);
        break;
      case 'suspend':
        this.#terminal.suspend();
        break;
      case 'repaint':
        this.#repaint();
        break;
      case 'resample':
        this.#wake.dispatchEvent(new Event('interval'));
        break;
      case 'sample':
        this.#wake.dispatchEvent(new Event('sample'));
        break;
      case 'signal':
        void this.#signal(effect.signal, effect.to);
        break;
      case 'load-regexes':
        this.#regexes ??= this.#loadRegexes();
        break;
      case 'look-on':
        this.#lookOn();
        break;
      case 'collect':
        void this.#run('collect', effect.target, () => this.#collecting.collect(effect.target));
        break;
      case 'attach':
        void this.#run('attach', effect.target, async () => {
          const trouble = await this.#collecting.attach(effect.target);
          return trouble === undefined ? this.#collecting.collect(effect.target) : { trouble };
        });
        break;
      case 'save':
        void this.#saving
          .save(savedOf(this.#store.state), this.#context)
          .then((notice) => this.#store.dispatch({ type: 'told', notice }));
    }
  }

  /** Sends signals, tells what became of them, and samples anew where somebody has gone. */
  async #signal(signal: Signal, to: readonly Addressee[]): Promise<void> {
    this.#signalling ??= this.#openSignalling();
    const deliveries = await (await this.#signalling).send(signal, to);
    if (this.#ending.signal.aborted) return;
    this.#store.dispatch({ type: 'signalled', signal, deliveries });
    if (deliveries.some(({ fate }) => fate.kind === 'gone')) this.#wake.dispatchEvent(new Event('sample'));
  }

  async #loadRegexes(): Promise<void> {
    this.#store.dispatch({ type: 'loaded', regexes: await loadRegexes(PATTERNS) });
  }

  /** Goes on looking once what came from the keyboard has been dealt with. */
  #lookOn(): void {
    if (this.#isLookingOn) return;
    this.#isLookingOn = true;
    setTimeout(() => {
      this.#isLookingOn = false;
      if (!this.#ending.signal.aborted) this.#store.dispatch({ type: 'look-on' });
    }, LOOK_ON_AFTER);
  }

  /** Does what takes a while beside the screen, and tells the state when it begins and ends. */
  async #run(what: 'collect' | 'attach', target: Target, work: () => Promise<Outcome>): Promise<void> {
    this.#store.dispatch({ type: 'began', running: { target, what, since: Date.now() } });
    const at = this.#store.state.latest?.snapshot.monotonic ?? 0;
    const outcome = await work();
    if (!this.#ending.signal.aborted) this.#store.dispatch({ type: 'ended', target, outcome, at });
  }

  #resized(size: { columns: number; rows: number }): void {
    // A terminal that changed its size has moved or dropped lines as it pleased.
    this.#painter.forget();
    this.#store.dispatch({ type: 'resized', ...size });
  }

  #repaint(): void {
    this.#resized(this.#terminal.size);
    this.#renderer.draw(this.#store.state);
  }

  #end(exitCode: number): void {
    this.#exitCode = exitCode;
    this.#ending.abort();
  }

  #listen(): void {
    for (const [signal, number] of Object.entries(ENDING) as [NodeJS.Signals, number][]) {
      const listener = () => this.#end(128 + number);
      process.on(signal, listener);
      this.#signals.set(signal, listener);
    }
  }
}

function toAction(input: Input): Action {
  if ('mouse' in input) return { type: 'mouse', ...input.mouse };
  return 'key' in input ? { type: 'key', key: input.key } : { type: 'paste', text: input.paste };
}
