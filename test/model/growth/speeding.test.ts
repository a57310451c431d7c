import { describe, expect, it } from 'vitest';
import { MIB, readEvery } from './readings.ts';

/** What doubles every `seconds`, from 8 MiB to a limit of 1 GiB, and when it is there. */
const doublingEvery = (seconds: number) => ({
  left: (time: number) => Math.max(0, 1024 - 8 * 2 ** (time / seconds)) * MIB,
  end: 7 * seconds,
});

describe('what doubles and doubles', () => {
  it.each([20, 60])('every %i s is forecast to reach its limit when it does', (every) => {
    const { left, end } = doublingEvery(every);
    for (const fraction of [0.7, 0.8, 0.9]) {
      const now = Math.round(end * fraction);
      const reported = readEvery(1, now, left).forecast();
      const truth = (end - now) * 1000;
      expect((reported?.middle ?? 0) / truth, `after ${now} of ${end} s`).toBeGreaterThan(0.67);
      expect((reported?.middle ?? 0) / truth, `after ${now} of ${end} s`).toBeLessThan(1.5);
      expect(reported?.soonest).toBeLessThan(truth);
      expect(reported?.latest).toBeGreaterThan(truth);
    }
  });

  it('is not what falls straight after a calm', () => {
    const left = (time: number) => (1000 - Math.max(0, time - 150)) * MIB;
    const reported = readEvery(1, 350, left).forecast();
    expect((reported?.middle ?? 0) / 1000).toBeGreaterThan(640);
  });
});
