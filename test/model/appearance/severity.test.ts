import { expect, it } from 'vitest';
import { levelOf } from '../../../src/model/appearance/severity.ts';

it.each([
  [0, 0],
  [0.499, 0],
  [0.5, 1],
  [0.699, 1],
  [0.7, 2],
  [0.899, 2],
  [0.9, 3],
  [1, 3],
])('%d of memory in use is level %i by the default thresholds', (used, level) => expect(levelOf(used)).toBe(level));

it('thresholds of the settings take the place of the default ones', () => {
  const thresholds = { fine: 10, tight: 20, short: 30 };
  expect([0.09, 0.1, 0.2, 0.3].map((used) => levelOf(used, thresholds))).toEqual([0, 1, 2, 3]);
});
