// Lives of hours, read every 10 s: none reaches its limit, but some grow.
import { between, type Random } from '../curves.ts';
import type { Kinds } from './life.ts';

const HOUR = 3600;
const INTERVAL = 10;
const hours = (random: Random) => ({ length: between(random, 2, 5) * HOUR, interval: INTERVAL });

export const HOURS: Kinds = {
  'stairs of ten minutes': (random) => {
    const { length, interval } = hours(random);
    const [from, to] = [between(random, 0.2, 0.4), between(random, 0.5, 0.9)];
    const step = 60 * between(random, 7, 13);
    const at = (seconds: number) => from + (to - from) * (Math.floor(seconds / step) / (length / step));
    return { length, interval, restsAt: length, at, words: ['growing'] };
  },
  'floor that rises under high teeth': (random) => {
    const { length, interval } = hours(random);
    const [floor, rise, height] = [between(random, 0.1, 0.2), between(random, 0.15, 0.3), between(random, 0.2, 0.4)];
    const period = between(random, 60, 600);
    const at = (seconds: number) => floor + rise * (seconds / length) + height * ((seconds / period) % 1);
    return { length, interval, restsAt: length, at, words: ['growing'] };
  },
  'teeth over hours, flat floor': (random) => {
    const { length, interval } = hours(random);
    const [floor, height, period] = [between(random, 0.1, 0.4), between(random, 0.1, 0.4), between(random, 120, 600)];
    const at = (seconds: number) => floor + height * ((seconds / period) % 1);
    return { length, interval, restsAt: period, swings: true, at, words: ['sawtooth'] };
  },
  'warm-up of an hour': (random) => {
    const { length, interval } = hours(random);
    const [from, to, pace] = [between(random, 0.1, 0.4), between(random, 0.5, 0.9), between(random, 300, 900)];
    const at = (seconds: number) => from + (to - from) * (1 - Math.exp(-seconds / pace));
    return { length, interval, restsAt: 7 * pace, at, words: ['steady'] };
  },
};
