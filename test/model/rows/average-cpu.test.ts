import { describe, expect, it } from 'vitest';
import { averageCpu, withAverageCpu } from '../../../src/model/rows/average-cpu.ts';
import { processOf, rowsOf, START } from '../../helpers/reports.ts';

describe('the average CPU percentage', () => {
  it('is CPU time over age, as ps prints it', () => {
    expect(averageCpu(processOf({ pid: 1, cpuTime: 15_000, startedAt: START - 60_000 }), { time: START })).toBe(25);
  });

  it('is not known without CPU time or start, nor for a process that has just started', () => {
    const { startedAt: _, ...who } = processOf({ pid: 1 }).who;
    expect(averageCpu({ ...processOf({ pid: 1, cpuTime: 1 }), who }, { time: START })).toBeUndefined();
    expect(averageCpu(processOf({ pid: 1 }), { time: START })).toBeUndefined();
    expect(averageCpu(processOf({ pid: 1, cpuTime: 1, startedAt: START }), { time: START })).toBeUndefined();
    expect(averageCpu(processOf({ pid: 1, cpuTime: 1, startedAt: START + 1 }), { time: START })).toBeUndefined();
  });

  it('is given to rows without a percentage since the previous sample, and to no others', () => {
    const [row] = rowsOf({ pid: 1, cpuTime: 6000 });
    const measured = { ...row, cpuPercent: 99 };
    expect(withAverageCpu([row, measured] as never, { time: START }).map(({ cpuPercent }) => cpuPercent)).toEqual([
      10, 99,
    ]);
    expect(withAverageCpu([measured] as never, { time: START })[0]).toBe(measured);
  });
});
