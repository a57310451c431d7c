// What holds a leak: the containers that grow, and the places that allocate what stays.
import type { Runtime } from '../snapshot/heap.ts';

/** A container that has grown between the beginning and the end of the watch. */
export interface GrowingContainer {
  /** Its name in the program, such as `sessions.cjs: seen`. Empty where none was found. */
  readonly name: string;
  /** Map, Set, Array, Object, dict, list and so on, or the name of a class derived from one. */
  readonly type: string;
  /** Entries at the end. */
  readonly entries: number;
  /** Entries more than at the beginning. */
  readonly grown: number;
}

/** A place in the program whose allocations are still there at the end. */
export interface CallSite {
  /** Path or URL of the source file, as the runtime gives it. */
  readonly file: string;
  /** 1 for the first. Python: the line itself; Node: where the function begins. */
  readonly line: number;
  /** Empty where the runtime does not report it. */
  readonly function: string;
  /** Allocated while it was watched and still there, in bytes. Node: estimated from samples. */
  readonly bytes: number;
  /** Python: blocks; Node: samples that it was estimated from. */
  readonly count: number;
  /** The callers, the nearest first: `function (file:line)`. */
  readonly stack: readonly string[];
}

/** What was found in one process. A list that was not requested, or could not be made, is absent. */
export interface Holders {
  readonly pid: number;
  readonly runtime: Runtime;
  /** For how long it was watched. */
  readonly seconds: number;
  /** Milliseconds for which the program was stopped to find its containers; absent where it does not report them. */
  readonly pauseMs?: number | undefined;
  readonly containers?: readonly GrowingContainer[] | undefined;
  readonly lines?: readonly CallSite[] | undefined;
  /** All bytes that stayed, those of other lines included. */
  readonly bytes?: number | undefined;
  /** Sentences about what differs from the request. */
  readonly notes: readonly string[];
}

/** Finds the entry of a list that is far enough ahead of the others to be called the cause. */
const CLEAR = 0.5;
/** Entries that any program may gain by chance. */
const FEW = 100;
/** The fewest samples from which bytes can be estimated. */
const ENOUGH_SAMPLES = 8;
/** Bytes that stay in any program, such as code that is compiled. */
const NOTICEABLE = 256 * 1024;

/** The container that grows, where one has at least half of all new entries and a name; else undefined. */
export function clearContainer({ containers = [] }: Holders): GrowingContainer | undefined {
  const [first] = containers;
  if (first === undefined || first.name === '' || first.grown < FEW) return undefined;
  const all = containers.reduce((sum, { grown }) => sum + grown, 0);
  return first.grown >= CLEAR * all ? first : undefined;
}

/** The place that allocates, where one has at least half of all that stayed; else undefined. */
export function clearLine({ lines = [], bytes, runtime }: Holders): CallSite | undefined {
  const [first] = lines;
  if (first === undefined || first.bytes < NOTICEABLE) return undefined;
  if (runtime === 'node' && first.count < ENOUGH_SAMPLES) return undefined;
  const all = bytes ?? lines.reduce((sum, line) => sum + line.bytes, 0);
  return first.bytes >= CLEAR * all ? first : undefined;
}
