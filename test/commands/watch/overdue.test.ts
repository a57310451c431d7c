import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Overdue } from '../../../src/commands/watch/overdue.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('reports an overdue sample, every second until it comes', () => {
  const told: number[] = [];
  const overdue = new Overdue((silence) => told.push(silence));
  overdue.came(2000);
  vi.advanceTimersByTime(1900);
  overdue.came(2000);
  vi.advanceTimersByTime(2900);
  expect(told).toEqual([]);
  vi.advanceTimersByTime(2200);
  expect(told).toEqual([3000, 4000, 5000]);
  overdue.came(2000);
  vi.advanceTimersByTime(2500);
  expect(told).toHaveLength(3);
  overdue.close();
  vi.advanceTimersByTime(60_000);
  expect(told).toHaveLength(3);
});
