import { describe, expect, it } from 'vitest';
import { swapRates } from '../../../src/model/breakdown/swap-rates.ts';
import { swapHeadroom, swapOnZram, zramOf } from '../../../src/model/breakdown/zram.ts';
import { Tracker } from '../../../src/model/rows/tracker.ts';
import type { Zram } from '../../../src/model/snapshot/memory-use.ts';
import { MEMORY, snapshotOf } from '../../helpers/reports.ts';

const MEBIBYTE = 2 ** 20;

/** Swap of 1000 MiB on zram, 400 MiB of it in use, and 200 MiB free on a disk. */
function machine(device: Partial<Zram>) {
  const swap = { size: 1000 * MEBIBYTE, used: 400 * MEBIBYTE };
  const zram: Zram = { name: 'zram0', stored: 400 * MEBIBYTE, used: 100 * MEBIBYTE, swap, ...device };
  return { swapTotal: 1200 * MEBIBYTE, swapFree: 800 * MEBIBYTE, use: { zram: [zram] } };
}
const headroom = (device: Partial<Zram>) => (swapHeadroom(machine(device)) as number) / MEBIBYTE;

describe('free swap', () => {
  it('counts in full on a disk, and on zram only for what compression gains', () => {
    // 600 MiB are free on zram, where 4:1 gains three quarters.
    expect(headroom({})).toBe(200 + 450);
  });

  it('on zram counts half while too little is on it to know: the kernel document expects 2:1', () => {
    expect(headroom({ stored: MEBIBYTE, used: MEBIBYTE })).toBe(200 + 300);
  });

  it('on zram counts nothing where what is on it does not compress', () => {
    expect(headroom({ used: 410 * MEBIBYTE })).toBe(200);
  });

  it('on zram reaches no further than the memory limit of the device', () => {
    // 25 MiB below the limit hold 100 MiB, of which 75 MiB are gained.
    expect(headroom({ limit: 125 * MEBIBYTE })).toBe(200 + 75);
    expect(headroom({ limit: 90 * MEBIBYTE })).toBe(200);
  });

  it('is as it is where no zram is swap, and not known where it is not read', () => {
    expect(swapHeadroom({ swapFree: 7 })).toBe(7);
    const { swap: _, ...disk } = machine({}).use.zram[0] as Zram;
    expect(swapHeadroom({ swapFree: 7, use: { zram: [disk] } })).toBe(7);
    expect(swapHeadroom({ use: { zram: [] } })).toBeUndefined();
  });

  it('is in what a forecast goes by: zram counts for what it gains', () => {
    const tracker = new Tracker();
    tracker.advance(snapshotOf([], 0, { system: { ...MEMORY, ...machine({}), available: 50 * MEBIBYTE } }), 1000);
    expect(tracker.headroom?.value).toBe((50 + 650) * MEBIBYTE);
  });
});

it('zram devices are added up, those that are not swap too', () => {
  const system = { use: { zram: [...machine({}).use.zram, { name: 'zram1', stored: 5, used: 3 }] } };
  expect(zramOf(system)).toEqual({ stored: 400 * MEBIBYTE + 5, used: 100 * MEBIBYTE + 3 });
  expect(swapOnZram(system)).toBe(1000 * MEBIBYTE);
  expect(zramOf({})).toBeUndefined();
});

describe('swap rates', () => {
  const at = (monotonic: number, swappedIn?: number, swappedOut?: number) => ({
    monotonic,
    system: { ...(swappedIn !== undefined && { swappedIn }), ...(swappedOut !== undefined && { swappedOut }) },
  });

  it('is known from the second snapshot on', () => {
    expect(swapRates(undefined, at(0, 0, 0))).toBeUndefined();
    expect(swapRates(at(1000, 10, 20), at(3000, 30, 20))).toEqual({ in: 10, out: 0 });
  });

  it('is not known where the kernel does not count it, or no time has passed', () => {
    expect(swapRates(at(0), at(1000))).toBeUndefined();
    expect(swapRates(at(0, 1, 1), at(0, 2, 2))).toBeUndefined();
  });
});
