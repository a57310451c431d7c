// Short lives, made of a seed: programs that hit a limit within seconds or minutes, and ones that only seem about to.
import { between, gaussian, MIB, type Point, type Random, seeded } from '../curves.ts';

export interface Life {
  readonly kind: string;
  readonly limit: number;
  /** Milliseconds until the limit was reached; undefined when it never was. */
  readonly hitAt: number | undefined;
  /** Milliseconds until it rose no more; the end where it hit. */
  readonly restsAt: number;
  /** Of a leak that begins late: when, in milliseconds, and its pace in bytes a second. */
  readonly leak?: { readonly from: number; readonly pace: number };
  readonly interval: number;
  readonly points: readonly Point[];
}

interface Course {
  /** Seconds. */
  readonly length: number;
  readonly restsAt: number;
  /** The fraction of the limit in use after so many seconds. */
  readonly at: (seconds: number) => number;
  readonly leaksFrom?: number;
}
type Kind = (random: Random) => Course;

const risingTo = (random: Random, length: number, at: (done: number) => number): Course => {
  const from = between(random, 0.03, 0.3);
  return { length, restsAt: length, at: (seconds) => from + (1 - from) * at(seconds / length) };
};

const HITTING: Readonly<Record<string, Kind>> = {
  'leak of 12 to 60 s': (random) => risingTo(random, between(random, 12, 60), (done) => done),
  'leak of 1 to 4 min': (random) => risingTo(random, between(random, 60, 240), (done) => done),
  'leak that slows down a little': (random) => {
    const power = between(random, 0.8, 0.95);
    return risingTo(random, between(random, 30, 180), (done) => done ** power);
  },
  'leak in small steps': (random) => {
    const steps = Math.round(between(random, 25, 60));
    return risingTo(random, between(random, 60, 180), (done) => Math.floor(done * steps) / steps);
  },
  'leak after a calm': (random) => {
    const from = between(random, 0.05, 0.4);
    const calm = between(random, 30, 600);
    const leak = between(random, 20, 120);
    const at = (seconds: number) => from + ((1 - from) * Math.max(0, seconds - calm)) / leak;
    return { length: calm + leak, restsAt: calm + leak, at, leaksFrom: calm };
  },
  'doubles and doubles': (random) => {
    const length = between(random, 60, 600);
    const doublings = between(random, 3.5, 6);
    return { length, restsAt: length, at: (seconds) => 2 ** (doublings * (seconds / length - 1)) };
  },
};

const SPARED: Readonly<Record<string, Kind>> = {
  'program that starts': (random) => {
    const [from, to] = [between(random, 0.01, 0.1), between(random, 0.25, 0.8)];
    const load = between(random, 3, 30);
    const bend = between(random, 0.6, 1.1);
    return {
      length: load + 120,
      restsAt: load,
      at: (seconds) => from + (to - from) * Math.min(1, seconds / load) ** bend,
    };
  },
  'job of seconds': (random) => {
    const [from, height] = [between(random, 0.05, 0.3), between(random, 0.15, 0.5)];
    const begins = between(random, 40, 200);
    const load = between(random, 3, 20);
    const ends = begins + load + between(random, 5, 40);
    const at = (seconds: number) =>
      seconds < begins || seconds > ends ? from : from + height * Math.min(1, (seconds - begins) / load);
    return { length: ends + 60, restsAt: begins + load, at };
  },
  'job that comes again': (random) => {
    const [from, height] = [between(random, 0.05, 0.3), between(random, 0.3, 0.6)];
    const period = between(random, 30, 120);
    const load = period * between(random, 0.3, 0.6);
    const at = (seconds: number) => from + height * Math.min(1, (seconds % period) / load);
    // What was seen before is no news: asked from the second time on.
    return { length: period * 5, restsAt: period, at };
  },
  'cache that is full soon': (random) => {
    const [from, to] = [between(random, 0.05, 0.2), between(random, 0.5, 0.85)];
    const full = between(random, 20, 90);
    return { length: full + 240, restsAt: full, at: (seconds) => from + (to - from) * Math.min(1, seconds / full) };
  },
};

/** So many lives of each kind. */
export function livesOf(seed: number, ofEach: number): Life[] {
  const random = seeded(seed);
  const lives = (kinds: Readonly<Record<string, Kind>>, hits: boolean) =>
    Object.entries(kinds).flatMap(([name, kind]) =>
      Array.from({ length: ofEach }, () => lifeOf(random, name, kind(random), hits)),
    );
  return [...lives(HITTING, true), ...lives(SPARED, false)];
}

function lifeOf(random: Random, kind: string, { length, restsAt, at, leaksFrom }: Course, hits: boolean): Life {
  const limit = MIB * 2 ** between(random, 7, 13);
  const interval = random() < 0.5 ? 1000 : 2000;
  const noise = 10 ** between(random, -5, -2.7);
  const points: Point[] = [];
  for (let time = interval * random(); time < length * 1000; time += interval * between(random, 0.98, 1.02)) {
    const used = Math.max(0, at(time / 1000) + gaussian(random) * noise) * limit;
    points.push({ time: Math.round(time), value: Math.min(limit, Math.round(used / 4096) * 4096) });
  }
  const leak = leaksFrom === undefined ? {} : { leak: { from: leaksFrom * 1000, pace: paceOf(at, length) * limit } };
  return { kind, limit, hitAt: hits ? length * 1000 : undefined, restsAt: restsAt * 1000, ...leak, interval, points };
}

const paceOf = (at: Course['at'], length: number) => at(length) - at(length - 1);
