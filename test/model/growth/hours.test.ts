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

describe('the end that hours foretell', () => {
  /** The forecast, in minutes, of what is left after N seconds of use from 0 to 1 of 1,000 MiB, read every 10 s. */
  const foreseen = (until: number, used: (second: number) => number) => {
    const reported = readEvery(10, until, (second) => Math.max(0, 1000 * (1 - used(second))) * MIB).forecast();
    return (
      reported && {
        soonest: reported.soonest / 60_000,
        middle: reported.middle / 60_000,
        latest: reported.latest / 60_000,
      }
    );
  };
  /** Both reach the limit after six hours. */
  const teeth = (second: number) => 0.85 * (second / (6 * HOUR)) + 0.15 * ((second % (5 * MINUTE)) / (5 * MINUTE));
  const stairs = (second: number) => Math.floor(second / (20 * MINUTE)) / 18;

  it.each([
    ['a floor under teeth of five minutes', teeth],
    ['stairs of twenty minutes', stairs],
  ])('of %s is right to a fifth, and its range holds it', (_, used) => {
    for (const hours of [3, 4, 5]) {
      const truth = (6 - hours) * 60;
      const reported = foreseen(hours * HOUR + 130, used);
      expect(Math.abs((reported?.middle ?? 0) - truth), `${hours} h`).toBeLessThan(Math.max(20, truth / 5));
      expect(reported?.soonest).toBeLessThan(truth);
      expect(reported?.latest).toBeGreaterThan(truth - 3);
    }
  });

  it('is not said of teeth on a level floor, of a warm-up, or of stairs that have ended', () => {
    expect(foreseen(3 * HOUR + 130, (second) => 0.4 + 0.3 * ((second % (7 * MINUTE)) / (7 * MINUTE)))).toBeUndefined();
    expect(foreseen(3 * HOUR, (second) => 0.8 * (1 - Math.exp(-second / (20 * MINUTE))))).toBeUndefined();
    expect(foreseen(4 * HOUR, (second) => stairs(Math.min(second, 2 * HOUR)))).toBeUndefined();
  });
});
