// Signals that are sent to memtop while it waits for a program are the program's.
import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { isInForeground } from '../../sampling/linux/proc/stat.ts';

/** Sent to us alone, these are the program's. */
const FORWARDED: readonly NodeJS.Signals[] = [
  ...(['SIGTERM', 'SIGHUP', 'SIGUSR1', 'SIGUSR2', 'SIGALRM', 'SIGCONT', 'SIGABRT'] as const),
  ...(process.platform === 'linux' ? (['SIGPWR'] as const) : []),
];
/** A terminal sends these to its whole foreground process group, and so to the program itself. */
const FROM_TERMINAL: readonly NodeJS.Signals[] = ['SIGINT', 'SIGQUIT', 'SIGWINCH'];

export interface Forwarding {
  /** The receiver of signals from now on; earlier ones are sent immediately. */
  to(child: ChildProcess): void;
  end(): void;
}

/** Begins to keep the signals that come. */
export function forwardSignals(): Forwarding {
  let child: ChildProcess | undefined;
  const early: NodeJS.Signals[] = [];
  const listeners = [...FORWARDED, ...FROM_TERMINAL].map((signal) => {
    const listener = () => {
      if (FROM_TERMINAL.includes(signal) && areWeInForeground()) return;
      if (child === undefined) early.push(signal);
      else child.kill(signal);
    };
    process.on(signal, listener);
    return () => process.off(signal, listener);
  });
  return {
    to(started) {
      child = started;
      for (const signal of early.splice(0)) started.kill(signal);
    },
    end() {
      for (const remove of listeners) remove();
    },
  };
}

/** Whether our process group is the terminal's foreground one. */
function areWeInForeground(): boolean {
  try {
    return isInForeground(readFileSync('/proc/self/stat', 'latin1'));
  } catch {
    return process.stdin.isTTY;
  }
}
