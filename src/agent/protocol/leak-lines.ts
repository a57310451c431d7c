// What holds a leak: the containers that grow, and the functions or lines that allocate what stays.

/** Seconds that a program is watched for. */
export const WATCH_SECONDS = { least: 1, default: 30, most: 300 } as const;

/** What an agent sends at most, and what a client takes at most: entries, frames of a stack, characters of a text. */
export const LEAK_LINES = { entries: 10, frames: 8, file: 256, name: 128 } as const;

export interface WatchParams {
  /** Whole seconds, 1 to 300; default 30. */
  readonly seconds?: number;
}

/** A place in the program that allocated what is still there at the end. */
export interface CallSite {
  /** Path or URL of the source file, as the runtime gives it. */
  readonly file: string;
  /** 1 for the first. Python: the line itself; Node: where the function begins. */
  readonly line: number;
  /** Empty where the runtime does not say. */
  readonly function: string;
  /** Allocated while it was watched and still there, in bytes. Node: estimated from samples. */
  readonly bytes: number;
  /** Python: blocks; Node: samples that it was estimated from. */
  readonly count: number;
  /** The callers, the nearest first: `function (file:line)`. */
  readonly stack: readonly string[];
}

export interface SampleHeapResult {
  /** At most ten, largest growth first. */
  readonly lines: readonly CallSite[];
  /** For how long it was watched: less than was asked for where the client stopped sending. */
  readonly seconds: number;
  /** Bytes of all that stayed, those of other lines included. */
  readonly bytes?: number;
  /** What was done otherwise than asked: a sentence. */
  readonly note?: string;
}

/** A container that has more entries at the end than at the beginning. */
export interface GrowingContainer {
  /** What the program calls it, as far as could be found: `sessions.cjs: seen`. Empty where it was not found. */
  readonly name: string;
  /** Map, Set, Array, Object, dict, list and so on, or the name of a class derived from one. */
  readonly type: string;
  /** At the end. */
  readonly entries: number;
  /** How many more than at the beginning. */
  readonly grown: number;
}

export interface GrowingContainersResult {
  /** At most ten, largest growth first. */
  readonly containers: readonly GrowingContainer[];
  /** For how long it was watched: less than was asked for where the client stopped sending. */
  readonly seconds: number;
  /** How long the program was stopped to find the containers, in milliseconds. */
  readonly pauseMs?: number;
  /** What was done otherwise than asked: a sentence. */
  readonly note?: string;
}
