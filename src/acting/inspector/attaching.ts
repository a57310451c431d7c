// Attaches to one Node.js process: opens its inspector, loads the agent, and waits until the inspector is closed.
import { setTimeout as pause } from 'node:timers/promises';
import type { Processes } from '../../agent/client/finding/processes.ts';
import type { TcpListener } from '../../sampling/linux/proc/net/tcp.ts';
import type { Gate } from '../gate.ts';
import { attachingExpression, closingExpression, loadingExpression } from './expression.ts';
import { inspectorCandidates, NewListeners } from './listeners.ts';
import { isWaiting, mainLoop } from './main-loop.ts';
import { type Attachable, isThere, mayAttach, objectionToOpening } from './may-attach.ts';
import { type AttachReport, CLOSED, notYet, reasonNotSent, stillOpen } from './report.ts';
import { askInspector, evaluate, type Inspector, openInspector, send } from './session.ts';
import { ATTACH_TIMEOUTS, type AttachTimeouts } from './timeouts.ts';
import type { Traces } from './traces.ts';

/** The request. Without a source, it only closes an inspector that memtop left open. */
export interface AttachRequest {
  readonly pid: number;
  /** As it was when the user chose it; a reused PID is another process. */
  readonly startTime?: number;
  /** The agent: the text of a CommonJS file. */
  readonly source?: string;
}

export interface AttachingOptions {
  readonly processes: Processes;
  readonly gate: Gate;
  readonly traces: Traces;
  /** Our own effective uid. */
  readonly uid: number;
  readonly report: (report: AttachReport) => void;
  readonly timeouts?: Partial<AttachTimeouts>;
}

/** Milliseconds between two readings, at first and after a while. */
const READ_EVERY = 10;
const READ_EVERY_LATER = 200;

/**
 * Milliseconds between two readings that both find the program waiting for events, before memtop concludes that it opened no
 * inspector: one alone may show it in the call that is about to return with the request to open it.
 */
const WAITS_FOR = 500;

/** Milliseconds for the program to close its inspector itself, before memtop closes it. */
const CLOSES_WITHIN = 500;

/** Carries out the request. The last report is `closed` or `open`. */
export async function attaching(request: AttachRequest, options: AttachingOptions): Promise<void> {
  await new Attaching(request, options).run();
}

class Attaching {
  readonly #request: AttachRequest;
  readonly #options: AttachingOptions;
  readonly #timeouts: AttachTimeouts;
  readonly #begun = performance.now();
  #hasAnswered = false;

  constructor(request: AttachRequest, options: AttachingOptions) {
    this.#request = request;
    this.#options = options;
    this.#timeouts = { ...ATTACH_TIMEOUTS, ...options.timeouts };
  }

  async run(): Promise<void> {
    const release = await this.#options.traces.lock(this.#timeouts.lock);
    if (release === undefined) {
      this.#refuse('Another memtop is attaching to a process. Try again in a moment.');
      this.#options.report({ kind: 'closed' });
      return;
    }
    try {
      this.#options.report(await this.#attach(release));
    } finally {
      release();
    }
  }

  async #attach(release: () => void): Promise<AttachReport> {
    const { processes, traces, uid } = this.#options;
    const { pid, startTime, source } = this.#request;
    const target = mayAttach(processes, pid, uid);
    if ('objection' in target) return this.#refuse(target.objection);
    if (startTime !== undefined && target.startTime !== startTime)
      return this.#refuse('It has exited: its PID now belongs to another process.');
    const other = await this.#othersGone(target);
    if (other !== undefined) return this.#refuse(`memtop process ${other} is already attaching to it.`);
    const open = await openInspector(processes, pid);
    if (open !== undefined && !traces.isOurs(target)) return this.#throughOpen(open, target);
    if (open !== undefined) {
      const before = inspectorCandidates(processes, pid).filter(({ inode }) => inode !== open.listener.inode);
      return this.#through(open, target, new NewListeners(processes, pid, before), release);
    }
    return source === undefined ? this.#throughPending(target, release) : this.#throughSignal(target, release);
  }

  /**
   * Closes an inspector that is still to open after the signal of a killed memtop: a program in a synchronous call opens its
   * inspector when it continues.
   */
  async #throughPending(target: Attachable, release: () => void): Promise<AttachReport> {
    const { processes, traces } = this.#options;
    if (traces.isOurs(target)) {
      traces.begin(target);
      const listeners = new NewListeners(processes, target.pid);
      const inspector = await this.#opened(target, listeners, release);
      if (inspector !== undefined) return this.#through(inspector, target, listeners, release);
    }
    traces.end(target);
    return CLOSED;
  }

  /** Another attach closes every inspector for a while, including ours: waits, and returns it if it takes too long. */
  async #othersGone(target: Attachable): Promise<number | undefined> {
    for (;;) {
      const other = this.#options.traces.makerOf(target);
      if (other === undefined || this.#passed > this.#timeouts.lock) return other;
      await this.#pause();
    }
  }

  /** An inspector that was open before is in use, and stays open. */
  async #throughOpen(inspector: Inspector, target: Attachable): Promise<AttachReport> {
    const { source } = this.#request;
    if (source === undefined) return CLOSED;
    const evaluated = await evaluate(this.#options.processes, inspector, loadingExpression(target, source));
    if (evaluated.kind === 'failed') return this.#refuse(`Its inspector was already open, but ${evaluated.why}.`);
    this.#answer({ kind: 'attached' });
    return CLOSED;
  }

  async #throughSignal(target: Attachable, release: () => void): Promise<AttachReport> {
    const { gate, processes, traces } = this.#options;
    const objection = objectionToOpening(processes, target);
    if (objection !== undefined) return this.#refuse(objection);
    const listeners = new NewListeners(processes, target.pid);
    traces.begin(target);
    const refusal = gate.openInspector(target, processes);
    if (refusal !== undefined) {
      traces.end(target);
      return this.#refuse(`SIGUSR1, which opens its inspector, was not sent: ${reasonNotSent(refusal)}.`);
    }
    const inspector = await this.#opened(target, listeners, release);
    if (inspector !== undefined) return this.#through(inspector, target, listeners, release);
    traces.end(target);
    this.#refuse('It did not open an inspector: the program may use SIGUSR1 for another purpose.');
    return CLOSED;
  }

  /** Loads the agent and closes the inspector, then makes sure that it stays closed. */
  async #through(
    inspector: Inspector,
    target: Attachable,
    listeners: NewListeners,
    release: () => void,
  ): Promise<AttachReport> {
    const { processes, traces } = this.#options;
    const { source } = this.#request;
    release();
    const expression = source === undefined ? closingExpression() : attachingExpression(target, source);
    await send(processes, inspector, expression);
    const open = await this.#closed(target, listeners);
    if (open !== undefined) return { kind: 'open', sentence: stillOpen(target.pid, open) };
    traces.end(target);
    return CLOSED;
  }

  /** Waits for the inspector: a listener of this very process that was not there before, and answers as one. */
  async #opened(target: Attachable, listeners: NewListeners, release: () => void): Promise<Inspector | undefined> {
    const { processes } = this.#options;
    const loop = mainLoop(processes, target.pid);
    let waiting: number | undefined;
    for (;;) {
      // Read before the listeners are: a program that waits by then has opened what it was going to open.
      const isIdle = loop !== undefined && isWaiting(processes, target.pid, loop);
      for (const listener of listeners.now()) {
        const inspector = await askInspector(processes, target.pid, listener);
        if (inspector !== undefined) return inspector;
        listeners.leaveOut(listener);
      }
      if (!isThere(processes, target) || this.#passed > this.#timeouts.whole) return undefined;
      if (this.#passed > this.#timeouts.opens) {
        release();
        if (isIdle) waiting ??= this.#passed;
        if (isIdle && waiting !== undefined && this.#passed - waiting >= WAITS_FOR) return undefined;
      }
      if (this.#passed > this.#timeouts.answer) this.#refuse(notYet('opened its inspector'));
      await this.#pause();
    }
  }

  /** Waits until the inspector has been closed for a while; what is still open after all. */
  async #closed(target: Attachable, listeners: NewListeners): Promise<TcpListener | undefined> {
    const { processes } = this.#options;
    let since = performance.now();
    let isOpen = true;
    for (;;) {
      const [listener] = listeners.now();
      if (!isThere(processes, target)) return undefined;
      if ((listener !== undefined) !== isOpen) since = performance.now();
      isOpen = listener !== undefined;
      const lasted = performance.now() - since;
      if (listener === undefined) {
        this.#answer({ kind: 'attached' });
        if (lasted >= this.#timeouts.quiet) return undefined;
      } else if (lasted >= CLOSES_WITHIN) {
        since = performance.now();
        const inspector = await askInspector(processes, target.pid, listener);
        // Another socket that the program listens on now.
        if (inspector === undefined) listeners.leaveOut(listener);
        else await send(processes, inspector, closingExpression());
      }
      if (this.#passed > this.#timeouts.answer) this.#refuse(notYet('run what was sent to it'));
      if (this.#passed > this.#timeouts.whole) return listener;
      await this.#pause();
    }
  }

  get #passed(): number {
    return performance.now() - this.#begun;
  }

  #pause(): Promise<void> {
    return pause(this.#passed > this.#timeouts.answer ? READ_EVERY_LATER : READ_EVERY);
  }

  /** The first answer counts. */
  #answer(report: AttachReport): void {
    if (!this.#hasAnswered) this.#options.report(report);
    this.#hasAnswered = true;
  }

  #refuse(sentence: string): AttachReport {
    this.#answer({ kind: 'refused', sentence });
    return CLOSED;
  }
}
