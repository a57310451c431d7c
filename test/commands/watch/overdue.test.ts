import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Overdue } from '../../../src/commands/watch/overdue.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('reports an overdue sample, every second until it comes', () => {
  const reported: number[] = [];
  const overdue = new Overdue((silence) => reported.push(silence));
  overdue.came(2000);
  vi.advanceTimersByTime(1900);
  overdue.came(2000);
  vi.advanceTimersByTime(2900);
  expect(reported).toEqual([]);
  vi.advanceTimersByTime(2200);
  expect(reported).toEqual([3000, 4000, 5000]);
  overdue.came(2000);
  vi.advanceTimersByTime(2500);
  expect(reported).toHaveLength(3);
  overdue.close();
  vi.advanceTimersByTime(60_000);
  expect(reported).toHaveLength(3);
});
