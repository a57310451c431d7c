// The agents' client, loaded once the first frame is on the screen: no agent could have answered before it.
import { setImmediate as immediately } from 'node:timers/promises';
import { WATCHED_SECONDS } from '../../app/panes/lines.ts';
import type { CollectOutcome, Target } from '../../app/state/collects.ts';
import type { Snapshot } from '../../model/snapshot/snapshot.ts';
import type { Collecting } from './collecting.ts';
import type { Failures } from './failures.ts';

/** `Collecting`, which loads itself. What it does rejects only where it cannot be loaded. */
export class LateCollecting {
  readonly #failures: Failures;
  #loading: Promise<Collecting> | undefined;
  #loaded: Collecting | undefined;

  constructor(failures: Failures) {
    this.#failures = failures;
  }

  /**
   * The snapshots, from the second on with the newest heaps known. Agents are found while the first is shown. Where the
   * client cannot be loaded, the failure is reported and snapshots come as they are.
   */
  async *enriched(snapshots: AsyncIterable<Snapshot>, gc: () => boolean): AsyncGenerator<Snapshot, void, void> {
    const later = snapshots[Symbol.asyncIterator]();
    const rest = { [Symbol.asyncIterator]: () => later };
    try {
      const first = await later.next();
      if (first.done === true) return;
      yield first.value;
      // Keys that were pressed before the first frame come first.
      await immediately();
      const collecting = await this.#failures.attempt('Agents cannot be asked', () => this.#load());
      if (collecting === undefined) {
        yield* rest;
        return;
      }
      const enriched = collecting.enriched(startingWith(first.value, rest), gc)[Symbol.asyncIterator]();
      await enriched.next();
      yield* { [Symbol.asyncIterator]: () => enriched };
    } finally {
      await later.return?.();
    }
  }

  async collect(target: Target): Promise<CollectOutcome> {
    return (await this.#load()).collect(target);
  }

  /** Watches for half a minute, and names what holds the memory. */
  async watch(target: Target): Promise<CollectOutcome> {
    return (await this.#load()).watch(target, WATCHED_SECONDS);
  }

  /** See `Collecting.attach`. */
  async attach(target: Target, onOpen: (sentence: string) => void): Promise<CollectOutcome> {
    return (await this.#load()).attach(target, onOpen);
  }

  /** The notice about debuggers that a killed memtop of this user left open; undefined when there are none. */
  async debuggersLeft(): Promise<string | undefined> {
    return (await this.#load()).debuggersLeft();
  }

  close(): void {
    this.#loaded?.close();
  }

  /** Loads it once; after a failure the next call tries again. */
  #load(): Promise<Collecting> {
    this.#loading ??= this.#open().catch((error: unknown) => {
      this.#loading = undefined;
      throw error;
    });
    return this.#loading;
  }

  async #open(): Promise<Collecting> {
    const { Collecting } = await import('./collecting.ts');
    this.#loaded = new Collecting();
    return this.#loaded;
  }
}

async function* startingWith(first: Snapshot, rest: AsyncIterable<Snapshot>): AsyncGenerator<Snapshot, void, void> {
  yield first;
  yield* rest;
}
