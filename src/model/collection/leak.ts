// The leak test: whether the floor that collections leave behind rises.

import { existing } from '../../numbers/existing.ts';
import { mannKendall, senSlope } from '../growth/mann-kendall.ts';
import { isSize } from './diagnosis.ts';

/** What was left after one collection. */
export interface Floor {
  /** Milliseconds since the epoch. */
  readonly time: number;
  /** Absent where the runtime does not report it: RSS is used instead. */
  readonly heapUsed?: number;
  /** Held by heap objects outside of the heap: a leak of buffers shows here. */
  readonly external?: number;
  /** The lowest sum of both during the collection: a busy program immediately allocates again. Absent where unknown. */
  readonly leastHeld?: number;
  /** Held by worker threads; absent where they were not queried, or one did not answer. */
  readonly workers?: number;
  /** Python: memory in use, estimated: its RSS swings with the work it does and shows little. */
  readonly inUse?: number;
  /** The lowest anonymous memory around the collection; absent where the kernel does not say. */
  readonly anonymous?: number;
  readonly rss: number;
}

export type LeakVerdict = 'leak' | 'no-leak' | 'unsure';

export interface LeakTest {
  readonly verdict: LeakVerdict;
  /** Bytes per second by which the floor rises. */
  readonly slope: number;
  /** One sentence with the numbers and how certain the conclusion is. */
  readonly explanation: string;
  readonly next: string;
}

/** Fewer floors show no trend. */
export const FEWEST_FLOORS = 3;

/** A rise counts if its probability by chance is less than one in twenty. */
const SIGNIFICANT = 0.05;

/**
 * Floors of a program without a leak differ by this much: compiled code, caches of the runtime itself. Most of that
 * comes early, so it counts for more in a short test: milliseconds that a test takes at most, and bytes.
 */
const NOISE: readonly (readonly [span: number, bytes: number])[] = [
  [60_000, 512 * 1024],
  [180_000, 256 * 1024],
  [Number.POSITIVE_INFINITY, 128 * 1024],
];
const NOISE_FRACTION = 1 / 200;

/** Anonymous memory differs by more: the allocator's free pages, stacks, memory that has been collected but not given back. */
const MEMORY_NOISE: readonly (readonly [span: number, bytes: number])[] = [
  [60_000, 6 * 2 ** 20],
  [Number.POSITIVE_INFINITY, 3 * 2 ** 20],
];
const MEMORY_NOISE_FRACTION = 1 / 40;
/** A rise of anonymous memory from this size on is called a leak when objects do not rise; less is uncertain. */
const NATIVE_LEAK_BYTES = 8 * 2 ** 20;
const NATIVE_LEAK_FRACTION = 1 / 10;

/** A warm-up grows mostly at first; a leak has this fraction of its rise in the later half. */
const STILL_RISING = 1 / 5;

/** The fewest seconds between two floors. */
const LEAST_APART = 0.01;

/** The evidence for the judgement; all sizes in bytes. */
export interface LeakEvidence {
  readonly count: number;
  /** Milliseconds from the first floor to the last. */
  readonly span: number;
  readonly slope: number;
  /** The rise over the whole span by the slope, and the highest likely one (the upper end of the slope's 90% interval). */
  readonly rise: number;
  readonly riseAtMost: number;
  readonly noise: number;
  /** The probability that floors that do not rise would appear to rise this clearly by chance. */
  readonly chance: number;
  /** Whether every floor is above the previous one by more than noise. */
  readonly everyStep: boolean;
  readonly laterFraction: number;
  /** From the lowest floor to the highest. */
  readonly range: number;
  readonly first: number;
  readonly last: number;
}

/**
 * Gathers the evidence from at least three floors in the order of time. Undefined when there are fewer, when a
 * number cannot be one, or when the clock went backwards between two floors.
 */
export function weighFloors(floors: readonly Floor[]): LeakEvidence | undefined {
  const times = floors.map(({ time }) => time);
  return weigh(times, heightsOf(floors), (first, span) => Math.max(bytesFor(span, NOISE), first * NOISE_FRACTION));
}

/** The same for anonymous memory, which includes native memory; for RSS where the kernel does not report it. */
export function weighMemory(floors: readonly Floor[]): LeakEvidence | undefined {
  const known = floors.every(({ anonymous }) => anonymous !== undefined);
  const values = floors.map(({ anonymous = 0, rss }) => (known ? anonymous : rss));
  const times = floors.map(({ time }) => time);
  return weigh(times, values, (first, span) => Math.max(bytesFor(span, MEMORY_NOISE), first * MEMORY_NOISE_FRACTION));
}

function bytesFor(span: number, noise: typeof NOISE): number {
  return noise.find(([most]) => span < most)?.[1] ?? 0;
}

/** Times in milliseconds, values in bytes, and how much values vary by chance, given the first value and the span. */
function weigh(
  allTimes: readonly number[],
  all: readonly number[],
  noiseOf: (first: number, span: number) => number,
): LeakEvidence | undefined {
  const skipped = warmUpOf(all);
  const times = allTimes.slice(skipped).map((time) => time / 1000);
  const values = all.slice(skipped);
  const first = values[0];
  const last = values.at(-1);
  if (values.length < FEWEST_FLOORS || first === undefined || last === undefined) return undefined;
  if (!values.every(isSize) || !areApart(times)) return undefined;
  const seconds = existing(times.at(-1)) - existing(times[0]);
  const { slope, upper } = senSlope(times, values);
  const noise = noiseOf(first, seconds * 1000);
  const steps = values.slice(1).map((value, index) => value - existing(values[index]));
  const middle = existing(values[Math.floor((values.length - 1) / 2)]);
  return {
    count: values.length,
    span: seconds * 1000,
    slope,
    rise: slope * seconds,
    riseAtMost: upper * seconds,
    noise,
    chance: mannKendall(values),
    everyStep: steps.every((step) => step > noise),
    laterFraction: last > first ? (last - middle) / (last - first) : 0,
    range: Math.max(...values) - Math.min(...values),
    first,
    last,
  };
}

/** Leak, no leak, or more floors are needed. */
export function judgeLeak(evidence: LeakEvidence): LeakVerdict {
  const { rise, riseAtMost, noise, chance, everyStep, laterFraction: laterShare, range, first, last, slope } = evidence;
  const rises = rise > noise && (chance <= SIGNIFICANT || everyStep);
  if (rises) return laterShare >= STILL_RISING ? 'leak' : 'unsure';
  if (riseAtMost <= noise || range <= 2 * noise || (slope <= 0 && last <= first)) return 'no-leak';
  if (rise <= noise && last - first <= noise) return 'no-leak';
  return 'unsure';
}

/**
 * Revises "no leak" where memory rises although objects do not: a leak of native memory, or unsure where it rises by
 * little. Undefined where it does not rise.
 */
export function judgeMemory(memory: LeakEvidence): 'leak' | 'unsure' | undefined {
  const { rise, noise, chance, laterFraction: laterShare, first } = memory;
  if (rise <= noise || chance > SIGNIFICANT || laterShare < STILL_RISING) return undefined;
  return rise >= Math.max(NATIVE_LEAK_BYTES, first * NATIVE_LEAK_FRACTION) ? 'leak' : 'unsure';
}

/** How many values to leave out: the first collection of a program does not free everything that later ones do, such as compiled code. */
function warmUpOf([first = 0, second = 0, ...others]: readonly number[]): number {
  return others.length + 2 > FEWEST_FLOORS && first > second ? 1 : 0;
}

/** In order of time, without two at the same moment. */
function areApart(times: readonly number[]): boolean {
  return times.every(
    (time, index) => isSize(time) && time - (times[index - 1] ?? Number.NEGATIVE_INFINITY) >= LEAST_APART,
  );
}

/**
 * The values of the floors: heap and external memory, with that of worker threads where all floors have it (threads
 * counted in only some floors would look like a rise). For Python memory in use. RSS for all when one floor has neither.
 */
export function heightsOf(floors: readonly Floor[]): number[] {
  if (floors.every(({ inUse }) => inUse !== undefined)) return floors.map(({ inUse = 0 }) => inUse);
  const haveHeap = floors.every(({ heapUsed }) => heapUsed !== undefined);
  const haveWorkers = floors.every(({ workers }) => workers !== undefined);
  return floors.map(({ heapUsed = 0, external = 0, leastHeld = heapUsed + external, workers = 0, rss }) =>
    haveHeap ? leastHeld + (haveWorkers ? workers : 0) : rss,
  );
}
