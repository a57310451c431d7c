import { describe, expect, it } from 'vitest';
import { MIB, readEvery } from './readings.ts';

const MINUTE = 60;
const HOUR = 3600;

/** The judgement after N seconds of a curve in MiB, read every 10 s. */
const judged = (until: number, value: (second: number) => number) =>
  readEvery(10, until, (second) => value(second) * MIB, 5 * MINUTE).judgement();

describe('over hours', () => {
  it('stairs with a step every ten minutes grow, at the pace of the stairs', () => {
    const judgement = judged(2 * HOUR, (second) => 400 + 30 * Math.floor(second / (10 * MINUTE)));
    expect(judgement?.pattern).toBe('growing');
    expect((judgement?.growth ?? 0) / MIB).toBeCloseTo(30 / (10 * MINUTE), 2);
  });

  it('a floor that rises slowly under high teeth grows, at the pace of the floor', () => {
    const judgement = judged(
      3 * HOUR,
      (second) => 200 + 40 * (second / HOUR) + 300 * ((second % (7 * MINUTE)) / (7 * MINUTE)),
    );
    expect(judgement?.pattern).toBe('growing');
    expect(((judgement?.growth ?? 0) * HOUR) / MIB).toBeGreaterThan(30);
    expect(((judgement?.growth ?? 0) * HOUR) / MIB).toBeLessThan(50);
  });

  it('high teeth on a level floor do not grow', () => {
    const teeth = (second: number) => 200 + 300 * ((second % (7 * MINUTE)) / (7 * MINUTE));
    expect(judged(3 * HOUR, teeth)?.pattern).toBe('sawtooth');
  });

  it('steps that ended an hour ago do not count as growth', () => {
    const stairs = (second: number) => 400 + 30 * Math.floor(Math.min(second, 2 * HOUR) / (10 * MINUTE));
    expect(judged(3 * HOUR, stairs)?.pattern).toBe('steady');
  });

  it('a warm-up of the first half hour does not grow', () => {
    const warmUp = (second: number) => 400 + 200 * (1 - Math.exp(-second / (10 * MINUTE)));
    expect(judged(3 * HOUR, warmUp)?.pattern).toBe('steady');
  });
});
