// One life of a program: generated readings, and what is true of them.
import { between, gaussian, MIB, type Point, type Random, type Word } from '../curves.ts';

export interface Life {
  readonly kind: string;
  readonly limit: number;
  /** Milliseconds until the limit was reached; undefined when it never was. */
  readonly hitAt: number | undefined;
  /** Milliseconds until it stopped rising; the end where it reached the limit. */
  readonly restsAt: number;
  /** The growth patterns that are right at its end; absent where experts may disagree. */
  readonly words?: readonly Word[];
  /** For a leak that begins late: when, in milliseconds, and its rate in bytes per second. */
  readonly leak?: { readonly from: number; readonly pace: number };
  /** Milliseconds after which the end can be predicted at all; absent where it can from the beginning. */
  readonly knownFrom?: number;
  /** It rises again and again: while it swings, a forecast does not count as a forecast at rest. */
  readonly swings?: boolean;
  readonly interval: number;
  readonly points: readonly Point[];
  /** Bytes of active file cache that are charged in addition, for each point. */
  readonly cached?: readonly number[];
}

export interface Course {
  /** Seconds. */
  readonly length: number;
  readonly restsAt: number;
  /** The fraction of the limit in use after N seconds; asked in order of time. */
  readonly at: (seconds: number) => number;
  /** The same for file cache, which the kernel can reclaim. */
  readonly cachedAt?: (seconds: number) => number;
  readonly words?: readonly Word[];
  readonly leaksFrom?: number;
  readonly knownFrom?: number;
  readonly swings?: boolean;
  /** Seconds between readings; 1 or 2 where absent. */
  readonly interval?: number;
}
export type Kind = (random: Random) => Course;
export type Kinds = Readonly<Record<string, Kind>>;

/** The life of a course; it reaches the limit when the course reaches 1. */
export function lifeOf(random: Random, kind: string, course: Course, hits: boolean): Life {
  const { restsAt, at, leaksFrom, cachedAt, words } = course;
  const limit = MIB * 2 ** between(random, 7, 13);
  const interval = (course.interval ?? (random() < 0.5 ? 1 : 2)) * 1000;
  const noise = 10 ** between(random, -5, -2.7);
  const points: Point[] = [];
  const cached: number[] = [];
  let hitAt: number | undefined;
  for (let time = interval * random(); time < course.length * 1000; time += interval * between(random, 0.98, 1.02)) {
    const used = Math.max(0, at(time / 1000) + gaussian(random) * noise) * limit;
    if (hits && used >= limit) {
      hitAt = time;
      break;
    }
    points.push({ time: Math.round(time), value: Math.min(limit, Math.round(used / 4096) * 4096) });
    if (cachedAt !== undefined) cached.push(Math.round(cachedAt(time / 1000) * limit));
  }
  if (hits) hitAt ??= course.length * 1000;
  const leak =
    leaksFrom === undefined ? {} : { leak: { from: leaksFrom * 1000, pace: paceOf(at, course.length) * limit } };
  const isCached = cachedAt === undefined ? {} : { cached };
  const knowable = {
    ...(course.knownFrom && { knownFrom: course.knownFrom * 1000 }),
    ...(course.swings && { swings: true }),
  };
  return {
    kind,
    limit,
    hitAt,
    restsAt: hitAt ?? restsAt * 1000,
    ...knowable,
    ...(words && { words }),
    ...leak,
    ...isCached,
    interval,
    points,
  };
}

const paceOf = (at: Course['at'], length: number) => at(length) - at(length - 1);
