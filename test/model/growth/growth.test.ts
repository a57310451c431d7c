import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { curvesOf, type Word } from '../../../bench/curves.ts';
import { falseGrowing, judgementOf, matrixOf, rightFraction } from '../../../bench/pattern-score.ts';
import { pointsOf, recordedCurves } from '../../../bench/recorded-curves.ts';

const MIB = 2 ** 20;
const CURVES = fileURLToPath(new URL('../../fixtures/curves', import.meta.url));

/** The judgement of values, one every two seconds, in MiB. */
const of = (values: readonly number[]) =>
  judgementOf(values.map((value, index) => ({ time: index * 2000, value: value * MIB })));
const every = (count: number, value: (index: number) => number) =>
  Array.from({ length: count }, (_, index) => value(index));

describe('the growth pattern of a curve', () => {
  it('is not given in the first minute, but for growth of a twentieth in 20 s', () => {
    expect(of(every(20, (tick) => 100 + tick / 10))?.pattern).toBeUndefined();
    expect(of(every(20, () => 100))?.pattern ?? 'steady').toBe('steady');
    expect(of(every(10, (tick) => 100 + tick))?.pattern).toBeUndefined();
    expect(of(every(12, (tick) => 100 + tick))?.pattern).toBe('growing');
    expect(of(every(40, (tick) => 100 + tick))?.pattern).toBe('growing');
  });

  it.each<[Word, string, (tick: number) => number]>([
    ['steady', 'what does not move', () => 100],
    ['steady', 'what levelled off', (tick) => 100 + 100 * (1 - Math.exp(-tick / 30))],
    ['steady', 'what made one step', (tick) => (tick < 100 ? 100 : 150)],
    ['growing', 'a leak', (tick) => 100 + tick / 10],
    ['growing', 'a leak in steps', (tick) => 100 + 10 * Math.floor(tick / 30)],
    ['growing', 'a sawtooth with a rising floor', (tick) => 100 + tick / 4 + (tick % 20) * 2],
    ['growing', 'a leak that begins after a rest', (tick) => 100 + Math.max(0, tick - 250)],
    ['shrinking', 'what gives back', (tick) => 400 - tick / 2],
    ['sawtooth', 'a sawtooth with a flat floor', (tick) => 100 + (tick % 25) * 2],
    ['burst', 'jobs that come and go', (tick) => (tick % 100 < 25 ? 300 : 100)],
    ['burst', 'one job', (tick) => (tick > 200 && tick < 240 ? 300 : 100)],
  ])('is %s for %s', (word, _, value) => {
    expect(of(every(400, value))?.pattern).toBe(word);
  });

  it('of what seems steady but still moves is not given', () => {
    expect(of(every(100, (tick) => (tick < 97 ? 100 : 400)))?.pattern).not.toBe('growing');
  });

  it('of a spike of one reading is what it is without it', () => {
    expect(of(every(300, (tick) => (tick === 150 ? 500 : 100)))?.pattern).toBe('steady');
  });

  it('is hardly ever `growing` for a curve that does not grow, and right for nine curves in ten', () => {
    const matrix = matrixOf(curvesOf(99, 13));
    expect(falseGrowing(matrix)).toBeLessThan(0.02);
    expect(rightFraction(matrix)).toBeGreaterThan(0.9);
  });
});

describe('the growth pattern of a recorded program', () => {
  const RIGHT: Readonly<Record<string, Word>> = {
    'node-garbage': 'sawtooth',
    'node-leak': 'growing',
    'node-rising-floor': 'growing',
    'python-batch': 'burst',
    'python-cache': 'steady',
    'python-leak': 'growing',
    'python-rising-sawtooth': 'growing',
    'python-sawtooth': 'sawtooth',
    'python-steady': 'steady',
    'python-warm-up': 'steady',
  };
  const recorded = new Map(recordedCurves(CURVES, 'pattern'));

  it.each(Object.entries(RIGHT))('%s is %s', (name, word) => {
    const curve = recorded.get(name);
    expect(curve && judgementOf(pointsOf(curve, curve.rssPages))?.pattern).toBe(word);
  });

  it('is growing for a cache as long as it fills', () => {
    const curve = recorded.get('python-cache');
    const points = curve === undefined ? [] : pointsOf(curve, curve.rssPages);
    expect(judgementOf(points.filter(({ time }) => time < 100_000))?.pattern).toBe('growing');
  });

  it('is never growing, at no minute, for what does not grow', () => {
    for (const name of ['node-garbage', 'python-sawtooth', 'python-batch', 'python-steady']) {
      const curve = recorded.get(name);
      const points = curve === undefined ? [] : pointsOf(curve, curve.rssPages);
      for (let until = 120_000; until < 900_000; until += 60_000) {
        expect(judgementOf(points.filter(({ time }) => time < until))?.pattern, `${name} at ${until}`).not.toBe(
          'growing',
        );
      }
    }
  });
});
