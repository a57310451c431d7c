// Programs that never reach their limit, and often seem about to.
import { between, gaussian, type Random } from '../curves.ts';
import type { Kind, Kinds } from './life.ts';

const loads =
  (at: (done: number) => number): Kind =>
  (random) => {
    const [from, to] = [between(random, 0.01, 0.1), between(random, 0.25, 0.8)];
    const load = between(random, 3, 30);
    return {
      length: load + 120,
      restsAt: load,
      at: (seconds) => from + (to - from) * at(Math.min(1, seconds / load)),
      words: ['steady'],
    };
  };

const job =
  (shortest: number, longest: number): Kind =>
  (random) => {
    const [from, height] = [between(random, 0.05, 0.3), between(random, 0.15, 0.5)];
    const begins = between(random, 40, 200);
    const load = between(random, shortest, longest);
    const ends = begins + load + between(random, 5, 40);
    const at = (seconds: number) =>
      seconds < begins || seconds > ends ? from : from + height * Math.min(1, (seconds - begins) / load);
    return { length: ends + 60, restsAt: begins + load, at, words: ['burst', 'steady'] };
  };

const cache = (random: Random, full: number, length: number) => {
  const [from, to] = [between(random, 0.05, 0.2), between(random, 0.5, 0.85)];
  return { length, restsAt: full, at: (seconds: number) => from + (to - from) * Math.min(1, seconds / full) };
};

const teeth =
  (shortest: number, longest: number): Kind =>
  (random) => {
    const [from, height] = [between(random, 0.1, 0.4), between(random, 0.1, 0.45)];
    const period = between(random, shortest, longest);
    const at = (seconds: number) => from + height * ((seconds / period) % 1);
    return { length: 8 * period, restsAt: period, swings: true, at, words: ['sawtooth'] };
  };

/** Programs that move up and down around a level without rising for good. */
const about = (random: Random, length: number, off: (seconds: number, at: number) => number) => {
  let at = between(random, 0.3, 0.8);
  const start = at;
  return {
    length,
    restsAt: 0,
    swings: true,
    at: (seconds: number) => {
      at = start + off(seconds, at - start);
      return Math.min(0.97, Math.max(0.02, at));
    },
  };
};

const minutes = (random: Random) => between(random, 300, 1500);

export const SPARED: Kinds = {
  'program that starts': (random) => {
    const bend = between(random, 0.6, 1.1);
    return loads((done) => done ** bend)(random);
  },
  'program that starts in stages': (random) => {
    const [first, wait] = [between(random, 0.2, 0.6), between(random, 0.2, 0.4)];
    const rest = (1 - wait) / 2;
    return loads((done) =>
      done < rest ? (first * done) / rest : first + ((1 - first) * Math.max(0, done - rest - wait)) / rest,
    )(random);
  },
  'program that starts ever more slowly': loads((done) => (1 - Math.exp(-4 * done)) / (1 - Math.exp(-4))),
  'program that starts under garbage': (random) => {
    const [period, height] = [between(random, 2, 6), between(random, 0.03, 0.12)];
    const start = loads((done) => done)(random);
    return { ...start, swings: true, at: (seconds) => start.at(seconds) + height * ((seconds / period) % 1) };
  },
  'job of seconds': job(3, 20),
  'job of minutes': job(45, 150),
  'job that comes again': (random) => {
    const [from, height] = [between(random, 0.05, 0.3), between(random, 0.3, 0.6)];
    const period = between(random, 30, 120);
    const load = period * between(random, 0.3, 0.6);
    const at = (seconds: number) => from + height * Math.min(1, (seconds % period) / load);
    // Known values are not new: checked from the second time on.
    return { length: period * 5, restsAt: period, at, words: ['sawtooth', 'burst'] };
  },
  'cache that is full soon': (random) => {
    const full = between(random, 20, 90);
    return { ...cache(random, full, full + 240), words: ['steady'] };
  },
  'cache that is full late': (random) => {
    const full = between(random, 200, 600);
    return { ...cache(random, full, full * between(random, 1.5, 2)), words: ['steady'] };
  },
  'warm-up that levels off': (random) => {
    const pace = between(random, 15, 90);
    const [from, to] = [between(random, 0.05, 0.5), between(random, 0.6, 0.9)];
    const at = (seconds: number) => from + (to - from) * (1 - Math.exp(-seconds / pace));
    return { length: pace * 14, restsAt: pace * 7, at, words: ['steady'] };
  },
  'slow warm-up': (random) => {
    const [from, rise] = [between(random, 0.2, 0.7), between(random, 0.005, 0.02)];
    return { length: 900, restsAt: 900, at: (seconds) => from + rise * (seconds / 900) ** 0.5 };
  },
  'sawtooth, flat floor': teeth(20, 120),
  'high teeth, slow': teeth(120, 300),
  'jobs that come and go': (random) => {
    const [from, height] = [between(random, 0.1, 0.4), between(random, 0.1, 0.45)];
    const period = between(random, 60, 240);
    const at = (seconds: number) => from + ((seconds / period) % 1 > 0.7 ? height : 0);
    return { length: period * 5, restsAt: period, at, words: ['burst'] };
  },
  'random walk': (random) => {
    const step = between(random, 0.0002, 0.002);
    return about(random, minutes(random), (_, off) => off + gaussian(random) * step);
  },
  'steady, nearly full': (random) => ({
    ...{ length: minutes(random), restsAt: 0, words: ['steady'] },
    ...constant(between(random, 0.85, 0.96)),
  }),
  'wandering about its height': (random) => {
    const size = between(random, 0.0005, 0.005);
    return { ...about(random, minutes(random), (_, off) => 0.9 * off + gaussian(random) * size), words: ['steady'] };
  },
  'one step': (random) => {
    const [before, after] = [between(random, 0.1, 0.4), between(random, 0.45, 0.9)];
    const length = minutes(random);
    const step = length * between(random, 0.1, 0.6);
    return { length, restsAt: 0, at: (seconds) => (seconds < step ? before : after), words: ['steady'] };
  },
  'gives back': (random) => {
    const [from, to] = [between(random, 0.6, 0.9), between(random, 0.1, 0.4)];
    const length = minutes(random);
    return { length, restsAt: 0, at: (seconds) => from + ((to - from) * seconds) / length, words: ['shrinking'] };
  },
  'rises and falls': (random) => {
    const [from, height] = [between(random, 0.1, 0.3), between(random, 0.2, 0.5)];
    const half = between(random, 60, 240);
    const at = (seconds: number) => from + height * Math.max(0, 1 - Math.abs(seconds - half) / half);
    return { length: half * 4, restsAt: half, at, words: ['burst', 'steady'] };
  },
  'file read again and again': (random) => {
    const [file, pace] = [between(random, 0.4, 0.8), between(random, 0.005, 0.03)];
    const level = constant(between(random, 0.05, 0.15));
    const cachedAt = (seconds: number) => Math.min(file, pace * seconds);
    return { length: file / pace + 120, restsAt: 0, ...level, cachedAt, words: ['steady'] };
  },
  'children that come and go': (random) => {
    const each = between(random, 0.02, 0.06);
    let count = 0;
    return about(random, minutes(random), () => {
      if (random() < 0.1) count = Math.min(5, Math.max(-5, count + (random() < 0.5 ? 1 : -1)));
      return count * each;
    });
  },
};

function constant(at: number) {
  return { at: () => at };
}
