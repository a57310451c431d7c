import { expect, it } from 'vitest';
import { GcMeter } from '../../../src/model/rows/gc-rate.ts';
import type { Heap } from '../../../src/model/snapshot/heap.ts';

const heapWith = (count: number, time: number): Heap => ({ runtime: 'node', gc: { count, time } });

it('two readings make a rate per minute and a fraction of time', () => {
  const meter = new GcMeter();
  meter.record(heapWith(10, 100), 0);
  meter.record(heapWith(16, 400), 30_000);
  expect(meter.rate(30_000)).toEqual({ perMinute: 12, fraction: 0.01 });
});

it('a runtime that stopped collecting comes down as time passes', () => {
  const meter = new GcMeter();
  meter.record(heapWith(0, 0), 0);
  meter.record(heapWith(6, 60), 10_000);
  expect(meter.rate(60_000)?.perMinute).toBe(6);
});

it('one reading makes no rate, nor do readings without totals', () => {
  const meter = new GcMeter();
  meter.record({ runtime: 'node', used: 1 }, 0);
  expect(meter.rate(1000)).toBeUndefined();
});

it('totals that were reset start a new window', () => {
  const meter = new GcMeter();
  meter.record(heapWith(500, 900), 0);
  meter.record(heapWith(2, 3), 10_000);
  meter.record(heapWith(4, 6), 20_000);
  expect(meter.rate(20_000)?.perMinute).toBe(12);
});

it('only the last minute counts', () => {
  const meter = new GcMeter();
  for (let second = 0; second <= 200; second += 10)
    meter.record(heapWith(second < 100 ? 0 : second - 100, 0), second * 1000);
  expect(meter.rate(200_000)?.perMinute).toBe(60);
});
