// Generates memory curves like those of programs from a seed, to score growth patterns and forecasts on.

export interface Point {
  /** Milliseconds since the curve began. */
  readonly time: number;
  /** Bytes, a multiple of the page size. */
  readonly value: number;
}

export type Word = 'steady' | 'growing' | 'shrinking' | 'sawtooth' | 'burst';

export interface GeneratedCurve {
  readonly kind: string;
  /** The true pattern, from how the curve was generated. */
  readonly truth: Word;
  readonly points: readonly Point[];
}

export type Random = () => number;

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const MIB = 2 ** 20;
export const between = (random: Random, low: number, high: number) => low + (high - low) * random();
/** A value between two bounds, uniform on a logarithmic scale. */
const anyScale = (random: Random, low: number, high: number) => low * (high / low) ** random();
export const gaussian = (random: Random) => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

interface Setting {
  readonly random: Random;
  /** Milliseconds. */
  readonly length: number;
  /** Its level in bytes. */
  readonly level: number;
}

/** The value at a time, in bytes. Called once for each time, in order. */
type Draw = (time: number) => number;
type Kind = { readonly truth: Word; readonly draw: (setting: Setting) => Draw };

/** The total rise: between a tenth and twice its level. */
const riseOf = ({ random, level }: Setting) => level * anyScale(random, 0.1, 2);

function wander({ random, level }: Setting, fraction: number, memory: number): Draw {
  let off = 0;
  return () => {
    off = off * memory + gaussian(random) * level * fraction * Math.sqrt(1 - memory ** 2);
    return off;
  };
}

function teeth({ random, length, level }: Setting): Draw {
  const period = between(random, 15_000, Math.min(180_000, length / 4));
  const height = level * anyScale(random, 0.15, 1.5);
  let began = -period * random();
  let own = period;
  return (time) => {
    while (time - began >= own) {
      began += own;
      own = period * between(random, 0.75, 1.3);
    }
    return ((time - began) / period) * height + Math.abs(gaussian(random)) * height * 0.02;
  };
}

function jobs({ random, length, level }: Setting, count: number): Draw {
  const slot = length / count;
  const all = Array.from({ length: count }, (_, index) => {
    const lasts = slot * between(random, 0.12, 0.45);
    const from = index * slot + (slot - lasts) * between(random, 0.1, 0.9);
    return { from, lasts, ramp: lasts * between(random, 0.05, 0.9), height: level * anyScale(random, 0.3, 4) };
  });
  return (time) => {
    const job = all.find(({ from, lasts }) => time >= from && time < from + lasts);
    return job === undefined ? 0 : job.height * Math.min(1, (time - job.from) / job.ramp);
  };
}

const KINDS: Readonly<Record<string, Kind>> = {
  'flat, with noise': { truth: 'steady', draw: (setting) => wander(setting, anyScale(setting.random, 1e-4, 0.02), 0) },
  'wandering about its height': {
    truth: 'steady',
    draw: (setting) => wander(setting, anyScale(setting.random, 1e-3, 0.02), between(setting.random, 0.6, 0.97)),
  },
  'random walk': {
    truth: 'steady',
    draw: ({ random, level, length }) => {
      const step = (level * anyScale(random, 0.002, 0.02)) / Math.sqrt(length / 1000);
      let off = 0;
      let last = 0;
      return (time) => {
        off += gaussian(random) * step * Math.sqrt((time - last) / 1000);
        last = time;
        return off;
      };
    },
  },
  'warm-up that has levelled off': {
    truth: 'steady',
    draw: (setting) => {
      const rise = riseOf(setting);
      const pace = setting.length * between(setting.random, 0.03, 0.16);
      return (time) => rise * (1 - Math.exp(-time / pace));
    },
  },
  'cache that is full': {
    truth: 'steady',
    draw: (setting) => {
      const rise = riseOf(setting);
      const full = setting.length * between(setting.random, 0.1, 0.65);
      return (time) => rise * Math.min(1, time / full);
    },
  },
  'one step, long ago': {
    truth: 'steady',
    draw: (setting) => {
      const rise = riseOf(setting) * (setting.random() < 0.3 ? -0.3 : 1);
      const at = setting.length * between(setting.random, 0.1, 0.7);
      return (time) => (time < at ? 0 : rise);
    },
  },
  'cache that fills': {
    truth: 'growing',
    draw: (setting) => {
      const rise = riseOf(setting);
      const begins = setting.length * between(setting.random, 0, 0.3);
      return (time) => (rise * Math.max(0, time - begins)) / setting.length;
    },
  },
  'warm-up that goes on': {
    truth: 'growing',
    draw: (setting) => {
      const rise = riseOf(setting);
      const pace = setting.length * between(setting.random, 0.7, 2);
      return (time) => rise * (1 - Math.exp(-time / pace));
    },
  },
  leak: {
    truth: 'growing',
    draw: (setting) => {
      const rate = riseOf(setting) / setting.length;
      return (time) => rate * time;
    },
  },
  'leak in steps': {
    truth: 'growing',
    draw: (setting) => {
      const count = Math.round(between(setting.random, 8, 60));
      const rise = riseOf(setting) / count;
      const pause = setting.length / count;
      let due = pause * setting.random();
      let height = 0;
      return (time) => {
        for (; time >= due; due += pause * between(setting.random, 0.4, 1.6)) height += rise;
        return height;
      };
    },
  },
  'leak that speeds up': {
    truth: 'growing',
    draw: (setting) => {
      const rise = riseOf(setting);
      const power = between(setting.random, 1.2, 2.5);
      return (time) => rise * (time / setting.length) ** power;
    },
  },
  'sawtooth, flat floor': { truth: 'sawtooth', draw: teeth },
  'sawtooth, rising floor': {
    truth: 'growing',
    draw: (setting) => {
      const draw = teeth(setting);
      const rate = (setting.level * anyScale(setting.random, 0.5, 2)) / setting.length;
      return (time) => draw(time) * 0.6 + rate * time;
    },
  },
  'jobs that come and go': {
    truth: 'burst',
    draw: (setting) => jobs(setting, Math.round(between(setting.random, 2, 6))),
  },
  'one job': { truth: 'burst', draw: (setting) => jobs(setting, 1) },
  'warm-up, then a sawtooth': {
    truth: 'sawtooth',
    draw: (setting) => {
      const rise = setting.level * between(setting.random, 0.1, 1);
      const pace = setting.length * between(setting.random, 0.02, 0.06);
      const draw = teeth(setting);
      return (time) => draw(time) + rise * (1 - Math.exp(-time / pace));
    },
  },
  'leak under a wandering height': {
    truth: 'growing',
    draw: (setting) => {
      const rate = (setting.level * anyScale(setting.random, 0.15, 2)) / setting.length;
      const draw = wander(setting, anyScale(setting.random, 1e-3, 0.015), between(setting.random, 0.6, 0.97));
      return (time) => draw(time) + rate * time;
    },
  },
  'gives back': {
    truth: 'shrinking',
    draw: (setting) => {
      const fall = setting.level * between(setting.random, 0.1, 0.8);
      return (time) => (-fall * time) / setting.length;
    },
  },
};

/** `count` curves of each kind, each with its own interval, length and level, with noise and some spikes. */
export function curvesOf(seed: number, ofEach: number): GeneratedCurve[] {
  const random = seeded(seed);
  return Object.entries(KINDS).flatMap(([kind, { truth, draw }]) =>
    Array.from({ length: ofEach }, () => {
      const setting = { random, length: between(random, 4, 20) * 60_000, level: anyScale(random, 8 * MIB, 2048 * MIB) };
      return { kind, truth, points: pointsOf(setting, draw(setting)) };
    }),
  );
}

function pointsOf({ random, length, level }: Setting, draw: Draw): Point[] {
  const interval = [1000, 2000, 5000][Math.floor(random() * 3)] as number;
  const noise = level * anyScale(random, 1e-5, 0.01);
  const spikes = random() < 0.2 ? 2 / (length / interval) : 0;
  const points: Point[] = [];
  for (let time = 0; time <= length; time += interval) {
    const spike = random() < spikes ? level * between(random, 0.05, 0.3) : 0;
    const value = level + draw(time) + gaussian(random) * noise + spike;
    points.push({ time, value: Math.max(1, Math.round(value / 4096)) * 4096 });
  }
  return points;
}
