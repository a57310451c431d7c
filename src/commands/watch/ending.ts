// The end of the screen: what brings it about, with which exit code, and what must be done before memtop has ended.
import { constants } from 'node:os';

/**
 * The signals that end memtop (signal(7)): all that a program may catch and whose default action would end it with the
 * terminal still in its hands. Those that a platform does not have are left out.
 */
const ENDING = [
  'SIGHUP',
  'SIGINT',
  'SIGQUIT',
  'SIGTERM',
  'SIGALRM',
  'SIGUSR2',
  'SIGVTALRM',
  'SIGXCPU',
] as const satisfies readonly NodeJS.Signals[];

/** Milliseconds that the end waits for what must be done before it. */
export const FINISH_WITHIN = 5000;

/** One run's end. The first reason for it decides the exit code; however many follow change nothing. */
export class Ending {
  readonly #abort = new AbortController();
  readonly #unfinished = new Map<Promise<unknown>, string>();
  #exitCode = 0;

  /** Aborted as soon as the end has begun: long work checks it, and stops early. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** 0 for a quit, 128 and the signal's number where one ended it. */
  get exitCode(): number {
    return this.#exitCode;
  }

  get hasBegun(): boolean {
    return this.#abort.signal.aborted;
  }

  /**
   * Ends memtop on a signal. The listeners are never removed: a second signal must not find its default action while
   * the terminal is still being given back.
   */
  listen(): void {
    for (const name of ENDING) {
      const number = constants.signals[name];
      if (number !== undefined) process.on(name, () => this.begin(128 + number));
    }
  }

  begin(exitCode: number): void {
    if (this.hasBegun) return;
    this.#exitCode = exitCode;
    this.#abort.abort();
  }

  /**
   * Makes the end wait for `work`, at most `FINISH_WITHIN` milliseconds after the terminal was given back; for what
   * would do harm if it were left half done, such as a debugger in another program that has to be closed again.
   *
   * How to use it: an effect gets this object, begins its work, and registers the promise that settles when nothing is
   * left to be closed. It checks `signal` meanwhile, so as to begin closing as soon as the user quits:
   *
   *     case 'attach':
   *       return this.#ending.mustFinish(attach(target, { signal: this.#ending.signal }), 'the debugger of node (123)');
   *
   * @param work it may reject: that counts as finished, and is for its caller to report
   * @param what names it in the message that is shown while waiting: "memtop waits for WHAT to be closed"
   */
  mustFinish<Value>(work: Promise<Value>, what: string): Promise<Value> {
    const settled: Promise<void> = work.then(forget, forget);
    const unfinished = this.#unfinished;
    unfinished.set(settled, what);
    return work;

    function forget(): void {
      unfinished.delete(settled);
    }
  }

  /** What has not finished yet. */
  get unfinished(): readonly string[] {
    return [...this.#unfinished.values()];
  }

  /** Settles when everything that must finish has, or time is up; with what has not finished by then. */
  async finished(within: number = FINISH_WITHIN): Promise<readonly string[]> {
    let timer: NodeJS.Timeout | undefined;
    const timeIsUp = new Promise((resolve) => {
      timer = setTimeout(resolve, within);
    });
    await Promise.race([Promise.all(this.#unfinished.keys()), timeIsUp]);
    clearTimeout(timer);
    return this.unfinished;
  }
}
