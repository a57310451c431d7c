// A crowd of processes of every kind, as sizes by tick: what judging many rows is measured and tested with.
import { between, gaussian, MIB, type Random, seeded } from './curves.ts';

/** The size in bytes after N ticks. Called once for each tick, in order. */
export type Course = (tick: number) => number;

interface Mix {
  readonly count: number;
  /** What a rising one gains in `ticks`, as a multiple of its first size: at least and at most. */
  readonly gain: readonly [number, number];
  readonly ticks: number;
}

type Kind = (random: Random, level: number, mix: Mix) => Course;

/** Noise, a rise, a sawtooth, a random walk, and a job that comes and goes. */
const KINDS: readonly Kind[] = [
  (random, level) => () => level * (1 + 0.01 * gaussian(random)),
  (random, level, { gain, ticks }) => {
    const pace = (level * between(random, ...gain)) / ticks;
    return (tick) => level + pace * tick + level * 0.001 * gaussian(random);
  },
  (random, level) => {
    const period = between(random, 8, 60);
    return (tick) => level * (1 + ((tick / period) % 1) + 0.01 * gaussian(random));
  },
  (random, level) => {
    let at = level;
    return () => {
      at = Math.max(level / 4, at * (1 + 0.004 * gaussian(random)));
      return at;
    };
  },
  (random, level) => {
    const [period, busy] = [between(random, 60, 200), between(random, 0.2, 0.5)];
    return (tick) => level * (((tick / period) % 1 < busy ? 2 : 1) + 0.003 * gaussian(random));
  },
];

/** The courses of as many processes, the five kinds in turn, of 8 MiB to 1 GiB. */
export function mixedCourses(seed: number, mix: Mix): readonly Course[] {
  const random = seeded(seed);
  return Array.from({ length: mix.count }, (_, index) => {
    const kind = KINDS[index % KINDS.length] as Kind;
    return kind(random, MIB * 2 ** between(random, 3, 10), mix);
  });
}
