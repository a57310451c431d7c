// The one gate for acting: nothing else in memtop calls kill(2) on another process.
import { constants, userInfo } from 'node:os';
import type { Processes } from '../agent/client/finding/processes.ts';
import type { SignalRefusal } from '../model/signals.ts';
import { holdsSignal, parseSignalSets } from '../sampling/linux/proc/status.ts';
import type { ProcessLookup } from './process-lookup.ts';

/** A process, identified by PID and start time. */
export interface Subject {
  readonly pid: number;
  /** In the unit of the snapshots that the PID came from; from /proc, clock ticks since boot. */
  readonly startTime: number;
}

export interface GateOptions {
  readonly lookUp: ProcessLookup;
  /** Why PIDs here are not those that kill(2) takes, from foreignPids. */
  readonly foreign: () => string | undefined;
  readonly own: { readonly pid: number; readonly user: string };
  /** kill(2) by PID and name of a signal: throws what process.kill throws. */
  readonly kill?: (pid: number, signal: NodeJS.Signals) => unknown;
}

/**
 * Checks, right before acting, that the process is the intended one in the PID namespace that kill(2) uses.
 *
 * Between that check and kill(2) a PID could still be reused: the old process would have to exit, be reaped
 * by its parent, and all other pids of the system be used once, in the time between the last reading and the end of the
 * system call: 1.2 µs in the median, 6 µs in 99 of 100 tries (milliseconds when the kernel lets another program run in
 * between, which on a busy machine it did in 1 of 1,000). Where there is no /proc, it is the time since the listing, at most 300 ms.
 * Only a pidfd closes that gap (pidfd_send_signal(2)). Node.js cannot make that call without native
 * code, and starting another program that has one takes a thousand times as long as the gap it closes. A pidfd would not
 * help against exec either: it stays valid, while the program and its signal handlers change. So program and handlers are
 * the last that is read, 1 and 6 µs before (median; 5 and 40 µs in 99 of 100 tries).
 */
export class Gate {
  readonly #options: GateOptions;

  constructor(options: GateOptions) {
    this.#options = options;
  }

  /** Sends one signal. Settles with undefined when it was sent, else with the reason. Never rejects. */
  async signal(signal: NodeJS.Signals, subject: Subject): Promise<SignalRefusal | undefined> {
    try {
      const refused = this.#refused(subject.pid);
      if (refused !== undefined) return refused;
      const found = this.#options.lookUp(subject.pid);
      // No await where the result is available immediately.
      const seen = found instanceof Promise ? await found : found;
      if (seen !== undefined && seen.startTime !== subject.startTime) return { kind: 'reused' };
      if (seen === undefined || hasEnded(seen.state)) return { kind: 'went' };
      this.#kill(subject.pid, signal);
      return undefined;
    } catch (error) {
      return this.#refusalOf(error);
    }
  }

  /**
   * Sends SIGUSR1 to a Node.js process, for which it opens its inspector. Any process that does not handle it is killed
   * by it (signal(7)), so that what it runs and what it catches (exec changes both, and keeps pid and start time) are read
   * last. `program` is what /proc/PID/exe linked to when it was found to be Node.js.
   */
  openInspector(
    { pid, startTime, program }: Subject & { readonly program: string },
    processes: Pick<Processes, 'find' | 'status' | 'link'>,
  ): SignalRefusal | undefined {
    try {
      const refused = this.#refused(pid);
      if (refused !== undefined) return refused;
      const seen = processes.find(pid);
      if (seen !== undefined && seen.startTime !== startTime) return { kind: 'reused' };
      if (seen === undefined || hasEnded(seen.state)) return { kind: 'went' };
      const sets = parseSignalSets(processes.status(pid) ?? '');
      if (sets === undefined || !holdsSignal(sets.caught, constants.signals.SIGUSR1))
        return { kind: 'refused', reason: 'it no longer handles SIGUSR1, so the signal would kill it' };
      // Checked last: exec changes this link before it resets the handlers (begin_new_exec in fs/exec.c).
      if (processes.link(pid, 'exe') !== program)
        return { kind: 'refused', reason: 'it has started another program since it was checked' };
      this.#kill(pid, 'SIGUSR1');
      return undefined;
    } catch (error) {
      return this.#refusalOf(error);
    }
  }

  #kill(pid: number, signal: NodeJS.Signals): void {
    (this.#options.kill ?? process.kill)(pid, signal);
  }

  /** Targets that are refused, whatever the process. */
  #refused(pid: number): SignalRefusal | undefined {
    // Zero and below mean process groups to kill(2).
    if (!Number.isSafeInteger(pid) || pid <= 0) return { kind: 'refused', reason: 'not a valid process ID' };
    const reason = this.#options.foreign();
    if (reason !== undefined) return { kind: 'refused', reason: reason.replace(/\.$/, '') };
    return pid === this.#options.own.pid ? { kind: 'refused', reason: 'this is memtop itself' } : undefined;
  }

  #refusalOf(error: unknown): SignalRefusal {
    const code = (error as NodeJS.ErrnoException | undefined)?.code;
    if (code === 'ESRCH') return { kind: 'went' };
    if (code === 'EPERM' || code === 'EACCES') return { kind: 'denied', own: this.#options.own.user };
    return { kind: 'refused', reason: code ?? (error instanceof Error ? error.message : String(error)) };
  }
}

/** A zombie no longer receives signals. */
export function hasEnded(state: string | undefined): boolean {
  return state === 'Z' || state === 'X';
}

/** The name of the user that memtop runs as, as read: uncleaned. Undefined where the users' database has none. */
export function ownUser(): string | undefined {
  try {
    return userInfo().username;
  } catch {
    return undefined;
  }
}
