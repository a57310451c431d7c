import fc from 'fast-check';
import { expect, it } from 'vitest';
import { removeSpikes } from '../../../src/model/growth/spikes.ts';

const LONGEST = 3;

it('a reading that lasted for a moment and is beyond both neighbours gets the value of the nearer one', () => {
  const values = Float64Array.of(5, 9, 6, 6, 1, 4, 8);
  removeSpikes({ times: Float64Array.of(0, 1, 2, 3, 4, 5, 6), values, count: 7 }, LONGEST);
  expect([...values]).toEqual([5, 6, 6, 6, 4, 4, 8]);
});

it('a reading that lasted longer, is between its neighbours, or is the first or the last stays unchanged', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 9 })), { minLength: 1 }),
      (steps) => {
        let time = 0;
        const times = Float64Array.from(steps, ([by]) => {
          time += by;
          return time;
        });
        const before = Float64Array.from(steps, ([, value]) => value);
        const values = before.slice();
        removeSpikes({ times, values, count: values.length }, LONGEST);
        for (const [index, value] of before.entries()) {
          const [left, right] = [before[index - 1], before[index + 1]];
          const lasted = (times[index + 1] ?? 0) - (times[index] ?? 0);
          const isEnd = left === undefined || right === undefined;
          const clamped = isEnd ? value : Math.max(Math.min(left, right), Math.min(Math.max(left, right), value));
          expect(values[index]).toBe(isEnd || lasted > LONGEST ? value : clamped);
        }
      },
    ),
  );
});
