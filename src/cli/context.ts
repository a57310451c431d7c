// The environment of a command: what it may read, where it writes, and what ends it.
import type { Environment } from '../settings/environment.ts';
import type { LaterFlags, SmallHeap } from './small-heap.ts';

export interface Context {
  readonly environment: Environment;
  /** As in process.platform. */
  readonly platform: string;
  /** memtop's own process id. */
  readonly pid: number;
  readonly inputIsTerminal: boolean;
  readonly outputIsTerminal: boolean;
  /** Width of the terminal in cells; undefined without one. */
  terminalWidth(): number | undefined;
  /**
   * Writes to stdout, and settles when it has been taken: a caller that waits for it never piles up more than one text.
   * Rejects when the reader has closed the output, or it cannot be written.
   */
  print(text: string | Uint8Array): Promise<void>;
  /** Shows a line on stderr in place of the one before, where stderr is a terminal; an empty one ends that. */
  progress(text: string): void;
  /** A sentence for the user, to stderr. */
  warn(sentence: string): void;
  /** Runs something that a signal ends early; settles with its exit code, or 128 and the signal's number. */
  untilSignal(work: (signal: AbortSignal) => Promise<number>): Promise<number>;
  /** To be called once a screen stands: keeps the compiled code for the next start. */
  saveCodeCache(): void;
  /** memtop's own heap. */
  readonly heap: SmallHeap;
}

/** What the launcher that loaded this bundle can do. */
export interface Launcher {
  /** Keeps the compiled code for the next start. */
  saveCodeCache(): void;
  /** Takes what compiled code is loaded and kept without: flags for V8 that are set later. */
  registerFlags(flags: LaterFlags): void;
}
