// Generates runs toward a limit from a seed, for scoring forecasts: some reach it, some never do.
import { between, gaussian, MIB, type Point, type Random, seeded } from './curves.ts';

export interface LimitRun {
  readonly kind: string;
  readonly limit: number;
  /** Milliseconds until the limit was reached; undefined when it never was. */
  readonly hitAt: number | undefined;
  /** The bytes used, over time. */
  readonly points: readonly Point[];
}

/** The fraction of the limit in use after a fraction of the run; 1 at the end of a run that reaches the limit. */
type Course = (random: Random) => (fraction: number) => number;

const start = (random: Random) => between(random, 0.05, 0.5);

const HITTING: Readonly<Record<string, Course>> = {
  leak: (random) => {
    const from = start(random);
    return (fraction) => from + (1 - from) * fraction;
  },
  'leak in steps': (random) => {
    const from = start(random);
    const steps = Math.round(between(random, 20, 80));
    return (fraction) => from + ((1 - from) * Math.floor(fraction * steps)) / steps;
  },
  'leak that speeds up': (random) => {
    const from = start(random);
    const power = between(random, 1.1, 2);
    return (fraction) => from + (1 - from) * fraction ** power;
  },
  'leak that slows down a little': (random) => {
    const from = start(random);
    const power = between(random, 0.75, 0.95);
    return (fraction) => from + (1 - from) * fraction ** power;
  },
  'leak that begins late': (random) => {
    const from = start(random);
    const begins = between(random, 0.05, 0.3);
    return (fraction) => from + (1 - from) * Math.max(0, (fraction - begins) / (1 - begins));
  },
  'sawtooth, rising floor': (random) => {
    const from = start(random);
    const count = between(random, 15, 60);
    const height = (1 - from) * between(random, 0.03, 0.15);
    return (fraction) => from + (1 - from - height) * fraction + height * ((fraction * count) % 1);
  },
};

const SPARED: Readonly<Record<string, Course>> = {
  'steady, nearly full': (random) => {
    const at = between(random, 0.6, 0.95);
    return () => at;
  },
  'warm-up that levels off': (random) => {
    const [from, to] = [start(random), between(random, 0.6, 0.9)];
    const pace = between(random, 0.03, 0.15);
    return (fraction) => from + (to - from) * (1 - Math.exp(-fraction / pace));
  },
  'cache that fills': (random) => {
    const [from, to] = [start(random), between(random, 0.6, 0.9)];
    const full = between(random, 0.05, 0.4);
    return (fraction) => from + (to - from) * Math.min(1, fraction / full);
  },
  'sawtooth, flat floor': (random) => {
    const [from, height] = [start(random), between(random, 0.1, 0.45)];
    const count = between(random, 8, 60);
    return (fraction) => from + height * ((fraction * count) % 1);
  },
  'jobs that come and go': (random) => {
    const [from, height] = [start(random), between(random, 0.1, 0.45)];
    const count = between(random, 2, 10);
    return (fraction) => from + ((fraction * count) % 1 > 0.7 ? height : 0);
  },
  'random walk': (random) => {
    const step = between(random, 0.003, 0.02);
    let at = between(random, 0.3, 0.7);
    return () => {
      at = Math.min(0.95, Math.max(0.05, at + gaussian(random) * step * 0.3));
      return at;
    };
  },
};

/** Generates runs of each kind, with noise. */
export function limitRunsOf(seed: number, ofEach: number): LimitRun[] {
  const random = seeded(seed);
  const runs = (courses: typeof HITTING, hits: boolean) =>
    Object.entries(courses).flatMap(([kind, course]) =>
      Array.from({ length: ofEach }, () => runOf(random, kind, course, hits)),
    );
  return [...runs(HITTING, true), ...runs(SPARED, false)];
}

function runOf(random: Random, kind: string, course: Course, hits: boolean): LimitRun {
  const limit = MIB * 2 ** between(random, 6, 14);
  const length = 60_000 * between(random, 5, 40);
  const interval = [1000, 2000, 5000][Math.floor(random() * 3)] as number;
  const noise = between(random, 0, 0.004);
  const at = course(random);
  const points: Point[] = [];
  for (let time = 0; time <= length; time += interval) {
    const used = at(time / length) + gaussian(random) * noise;
    points.push({ time, value: Math.min(limit, Math.max(0, Math.round((used * limit) / 4096) * 4096)) });
  }
  return { kind, limit, hitAt: hits ? length : undefined, points };
}
