// Sends signals, and finds out what became of them.
import type { Addressee, Delivery, Fate } from '../../app/signals.ts';
import type { Signal } from '../../model/signals.ts';
import type { Look } from './looking.ts';

export interface SignallingOptions {
  readonly look: Look;
  /** kill(2) by pid and name of a signal: throws what process.kill throws. */
  readonly kill: (pid: number, signal: NodeJS.Signals | 0) => unknown;
  readonly own: { readonly pid: number; readonly user: string };
  /** Milliseconds for a process to end, and for one to show what else a signal does. */
  readonly patience?: { readonly end: number; readonly other: number };
}

const PATIENCE = { end: 3000, other: 500 };
/** Milliseconds between two looks. */
const BEAT = 40;
/** Milliseconds in which a parent usually takes note of an end: until then a zombie is nothing to speak of. */
const NOTED_WITHIN = 200;

/**
 * Sends signals to processes, each looked at right before by pid and start time.
 *
 * Between that look and kill(2) a pid could still be given to another process: the old one would have to end, be
 * taken note of by its parent, and all other pids of the system be used once, within the microseconds between two
 * system calls (where there is no /proc, within the time since the listing, a third of a second at most). Only a
 * descriptor of the process closes that gap (pidfd_send_signal(2)), and Node.js has no way to that call without native
 * code.
 */
export class Signalling {
  readonly #options: SignallingOptions;

  constructor(options: SignallingOptions) {
    this.#options = options;
  }

  /** Sends to one after the other, then waits for all of them together. Never rejects: what happened is a fate. */
  async send(signal: Signal, to: readonly Addressee[]): Promise<Delivery[]> {
    const fates: Promise<Fate>[] = [];
    for (const one of to) {
      const refused = await this.#sendOne(signal, one);
      fates.push(refused === undefined ? this.#watch(signal, one) : Promise.resolve(refused));
    }
    const settled = await Promise.all(fates);
    return to.map((one, index) => ({ to: one, fate: settled[index] as Fate }));
  }

  /** Why nothing was sent; undefined when it was. */
  async #sendOne(signal: Signal, { pid, startTime }: Addressee): Promise<Fate | undefined> {
    const { look, kill, own } = this.#options;
    // Zero and below mean groups of processes to kill(2).
    if (!Number.isSafeInteger(pid) || pid <= 0) return { kind: 'refused', reason: 'that is no pid' };
    if (pid === own.pid) return { kind: 'refused', reason: 'this is memtop itself' };
    try {
      const looked = look(pid);
      const seen = looked instanceof Promise ? await looked : looked;
      if (seen !== undefined && seen.startTime !== startTime) return { kind: 'reused' };
      if (seen === undefined || hasEnded(seen.state)) return { kind: 'went' };
      kill(pid, `SIG${signal.name}` as NodeJS.Signals);
      return undefined;
    } catch (error) {
      return this.#fateOf(error);
    }
  }

  #fateOf(error: unknown): Fate {
    const code = (error as NodeJS.ErrnoException | undefined)?.code;
    if (code === 'ESRCH') return { kind: 'went' };
    if (code === 'EPERM' || code === 'EACCES') return { kind: 'denied', own: this.#options.own.user };
    return { kind: 'refused', reason: code ?? (error instanceof Error ? error.message : String(error)) };
  }

  /** Looks until it has ended, or done what the signal asks, or the patience is over. */
  async #watch(signal: Signal, to: Addressee): Promise<Fate> {
    const { end, other } = this.#options.patience ?? PATIENCE;
    const begun = performance.now();
    const patience = signal.standard === 'ends' ? end : other;
    let endedAfter: number | undefined;
    for (;;) {
      const state = await this.#stateOf(to);
      const after = performance.now() - begun;
      if (state === 'gone') return { kind: 'gone', after: endedAfter ?? after, isZombie: false };
      if (hasEnded(state)) {
        endedAfter ??= after;
        if (after - endedAfter >= NOTED_WITHIN) return { kind: 'gone', after: endedAfter, isZombie: true };
      } else if (after >= patience || isDone(signal, state)) return { kind: 'stays', after, state };
      await new Promise((resolve) => setTimeout(resolve, BEAT));
    }
  }

  /** The letter of its state, `gone`, or undefined when it is there and no more is known. */
  async #stateOf({ pid, startTime }: Addressee): Promise<string | undefined> {
    try {
      const seen = await this.#options.look(pid);
      return seen === undefined || seen.startTime !== startTime ? 'gone' : seen.state;
    } catch {
      return undefined;
    }
  }
}

/** A zombie takes no signal any more. */
function hasEnded(state: string | undefined): boolean {
  return state === 'Z' || state === 'X';
}

function isDone({ standard }: Signal, state: string | undefined): boolean {
  return (standard === 'stops' && state === 'T') || (standard === 'continues' && state !== 'T');
}
