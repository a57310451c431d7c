// Programs that reach their limit, within seconds or within half an hour.
import { between, gaussian, type Random, type Word } from '../curves.ts';
import type { Course, Kind, Kinds } from './life.ts';

/** The growth pattern is scored only for programs that ran long enough to have one. */
const wordsOf = (length: number): { words?: readonly Word[] } => (length < 65 ? {} : { words: ['growing'] });

/** Rises to its limit as `at` rises from 0 to 1 over the fractions of its life. */
function risingTo(random: Random, length: number, at: (done: number) => number): Course {
  const from = between(random, 0.03, 0.3);
  const course = (seconds: number) => from + (1 - from) * at(Math.min(1, seconds / length));
  return { length, restsAt: length, at: course, ...wordsOf(length) };
}

const straight =
  (shortest: number, longest: number): Kind =>
  (random) =>
    risingTo(random, between(random, shortest, longest), (done) => done);

const steps =
  (fewest: number, most: number): Kind =>
  (random) => {
    const count = Math.round(between(random, fewest, most));
    return risingTo(random, between(random, 60, 240), (done) => Math.floor(done * count) / count);
  };

const bent =
  (lowest: number, highest: number): Kind =>
  (random) => {
    const power = between(random, lowest, highest);
    return risingTo(random, between(random, 30, 240), (done) => done ** power);
  };

export const HITTING: Kinds = {
  'leak of 7 to 12 s': (random) => ({ ...straight(7, 12)(random), interval: 1 }),
  'leak of 12 to 60 s': straight(12, 60),
  'leak of 1 to 4 min': straight(60, 240),
  'leak of 4 to 30 min': straight(240, 1800),
  'leak that slows down a little': bent(0.8, 0.95),
  'leak that slows into its limit': bent(0.5, 0.75),
  'leak that speeds up': bent(1.2, 2.5),
  'leak in small steps': steps(25, 60),
  'leak in large steps': steps(10, 20),
  'leak after a calm': (random) => {
    const from = between(random, 0.05, 0.4);
    const calm = between(random, 30, 600);
    const leak = between(random, 20, 120);
    const at = (seconds: number) => from + ((1 - from) * Math.max(0, seconds - calm)) / leak;
    return { length: calm + leak, restsAt: calm + leak, at, leaksFrom: calm, words: ['growing'] };
  },
  'leak after a start': (random) => {
    const base = between(random, 0.1, 0.3);
    const load = between(random, 3, 20);
    return risingTo(random, between(random, 60, 400), (done) => {
      const loaded = Math.min(1, (done * 200) / load);
      return base * loaded + (1 - base) * done;
    });
  },
  'leak that becomes twice as fast': (random) => {
    const turn = between(random, 0.4, 0.7);
    const pace = 1 / (turn + 2 * (1 - turn));
    const course = risingTo(random, between(random, 60, 400), (done) =>
      done < turn ? pace * done : pace * turn + 2 * pace * (done - turn),
    );
    return { ...course, knownFrom: course.length * (turn + 0.1) };
  },
  'leak with pauses': (random) => {
    const [period, busy] = [between(random, 15, 60), between(random, 0.4, 0.8)];
    const length = between(random, 120, 600);
    const worked = (seconds: number) =>
      Math.floor(seconds / period) * period * busy + Math.min(seconds % period, period * busy);
    return risingTo(random, length, (done) => worked(done * length) / worked(length));
  },
  'leak under a wandering height': (random) => {
    let off = 0;
    const size = between(random, 0.002, 0.015);
    return risingTo(random, between(random, 120, 600), (done) => {
      off = 0.9 * off + gaussian(random) * size;
      return done >= 1 ? 1 : done + off;
    });
  },
  'leak under jobs of seconds': (random) => {
    const [period, busy] = [between(random, 2, 6), between(random, 0.4, 0.8)];
    const [length, height] = [between(random, 30, 110), between(random, 0.02, 0.1)];
    // A job runs at the end.
    return risingTo(
      random,
      length,
      (done) => (1 - height) * done + (done >= 1 || ((done * length) / period) % 1 < busy ? height : 0),
    );
  },
  'doubles and doubles': (random) => {
    const length = between(random, 60, 600);
    const doublings = between(random, 3.5, 6);
    const at = (seconds: number) => 2 ** (doublings * (seconds / length - 1));
    return { length, restsAt: length, at, ...wordsOf(length) };
  },
  'sawtooth, rising floor': (random) => {
    const [count, height] = [Math.round(between(random, 12, 40)), between(random, 0.05, 0.25)];
    const tooth = (done: number) => (done >= 1 ? 1 : (done * count) % 1);
    return risingTo(random, between(random, 240, 1200), (done) => (1 - height) * done + height * tooth(done));
  },
  'jobs on a leak': (random) => {
    // The last job still runs at the end.
    const [count, height] = [Math.round(between(random, 8, 20)) + 0.9, between(random, 0.05, 0.15)];
    return risingTo(
      random,
      between(random, 300, 1200),
      (done) => (1 - height) * done + ((done * count) % 1 > 0.7 ? height : 0),
    );
  },
};
