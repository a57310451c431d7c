// The leak test: whether the floor that collections leave behind rises.
import { isSize } from './diagnosis.ts';
import { mannKendall, senSlope } from './trend.ts';

/** What was left after one collection. */
export interface Floor {
  /** Milliseconds since the epoch. */
  readonly time: number;
  /** Absent where the runtime cannot tell: RSS stands for it then. */
  readonly heapUsed?: number;
  /** Held by heap objects outside of the heap: a leak of buffers shows here. */
  readonly external?: number;
  /** Held by worker threads; absent where none was asked, or one did not say. */
  readonly workers?: number;
  readonly rss: number;
}

export type LeakVerdict = 'leak' | 'no-leak' | 'unsure';

export interface LeakTest {
  readonly verdict: LeakVerdict;
  /** Bytes per second by which the floor rises. */
  readonly slope: number;
  /** One sentence with the numbers, and how sure they make one. */
  readonly explanation: string;
  readonly next: string;
}

/** With fewer floors there is no trend to speak of. */
export const FEWEST_FLOORS = 3;

/** A rise that is likely by chance less than once in twenty counts. */
const SIGNIFICANT = 0.05;

/** Floors of a program that leaks nothing differ by this much: compiled code, caches of the runtime itself. */
const NOISE_BYTES = 128 * 1024;
const NOISE_SHARE = 1 / 200;

/** A warm-up does most of its growing at first; a leak has this share of its rise in the later half. */
const STILL_RISING = 1 / 5;

/** Seconds between two floors at least. */
const LEAST_APART = 0.01;

/** What the judgement rests on; all sizes in bytes. */
export interface LeakEvidence {
  readonly count: number;
  /** Milliseconds from the first floor to the last. */
  readonly span: number;
  readonly slope: number;
  /** Rise over the whole span by the slope, and at most (the upper end of its 90 % interval). */
  readonly rise: number;
  readonly riseAtMost: number;
  readonly noise: number;
  /** How often floors that do not rise would look as much like rising by chance. */
  readonly chance: number;
  /** Every floor lies above the one before by more than noise. */
  readonly everyStep: boolean;
  readonly laterShare: number;
  /** From the lowest floor to the highest. */
  readonly range: number;
  readonly first: number;
  readonly last: number;
}

/**
 * Gathers the evidence from at least three floors in the order of time. Undefined when there are fewer, when a
 * number cannot be one, or when the clock went backwards between two of them.
 */
export function weighFloors(all: readonly Floor[]): LeakEvidence | undefined {
  const floors = withoutWarmUp(all);
  const times = floors.map((floor) => floor.time / 1000);
  const values = heightsOf(floors);
  const first = values[0];
  const last = values.at(-1);
  if (values.length < FEWEST_FLOORS || first === undefined || last === undefined) return undefined;
  if (!values.every(isSize) || !areApart(times)) return undefined;
  const seconds = (times.at(-1) as number) - (times[0] as number);
  const { slope, upper } = senSlope(times, values);
  const noise = Math.max(NOISE_BYTES, first * NOISE_SHARE);
  const steps = values.slice(1).map((value, index) => value - (values[index] as number));
  const middle = values[Math.floor((values.length - 1) / 2)] as number;
  return {
    count: values.length,
    span: seconds * 1000,
    slope,
    rise: slope * seconds,
    riseAtMost: upper * seconds,
    noise,
    chance: mannKendall(values),
    everyStep: steps.every((step) => step > noise),
    laterShare: last > first ? (last - middle) / (last - first) : 0,
    range: Math.max(...values) - Math.min(...values),
    first,
    last,
  };
}

/** Leak, no leak, or more floors are needed. */
export function judgeLeak(evidence: LeakEvidence): LeakVerdict {
  const { rise, riseAtMost, noise, chance, everyStep, laterShare, range, first, last, slope } = evidence;
  const rises = rise > noise && (chance <= SIGNIFICANT || everyStep);
  if (rises) return laterShare >= STILL_RISING ? 'leak' : 'unsure';
  if (riseAtMost <= noise || range <= 2 * noise || (slope <= 0 && last <= first)) return 'no-leak';
  return 'unsure';
}

/** The first collection of a program leaves what later ones find: compiled code, caches of the runtime. */
function withoutWarmUp(floors: readonly Floor[]): readonly Floor[] {
  const [first = 0, second = 0] = heightsOf(floors);
  return floors.length > FEWEST_FLOORS && first > second ? floors.slice(1) : floors;
}

/** In the order of time, none at once with another. */
function areApart(times: readonly number[]): boolean {
  return times.every(
    (time, index) => isSize(time) && time - (times[index - 1] ?? Number.NEGATIVE_INFINITY) >= LEAST_APART,
  );
}

/**
 * What collections leave of heap and external memory, and of worker threads' where all floors have them: threads that are
 * counted in some floors only would look like a rise. RSS for all when one floor lacks a heap.
 */
export function heightsOf(floors: readonly Floor[]): number[] {
  const haveHeap = floors.every(({ heapUsed }) => heapUsed !== undefined);
  const haveWorkers = floors.every(({ workers }) => workers !== undefined);
  return floors.map(({ heapUsed = 0, external = 0, workers = 0, rss }) =>
    haveHeap ? heapUsed + external + (haveWorkers ? workers : 0) : rss,
  );
}
