import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatJson } from '../../../src/formats/json.ts';
import { columnOf } from '../../../src/model/columns/columns.ts';
import { Tracker } from '../../../src/model/rows/tracker.ts';
import { Plausible } from '../../../src/model/snapshot/plausible.ts';
import type { Process, Snapshot, SystemMemory } from '../../../src/model/snapshot/snapshot.ts';
import { MEMORY, processOf, snapshotOf } from '../../helpers/reports.ts';

const TOTAL = MEMORY.total as number;
const checked = (system: SystemMemory, processes: readonly Process[] = []) =>
  new Plausible().check(snapshotOf(processes, 0, { system }));

describe('a snapshot in which every number can be', () => {
  it('is passed on as the same object', () => {
    const snapshot = snapshotOf([processOf({ pid: 1 }), processOf({ pid: 2, threads: 9, swap: 0 })]);
    expect(new Plausible().check(snapshot)).toBe(snapshot);
  });
});

describe('of the machine', () => {
  it('more free swap than there is swap is not known', () => {
    const { system } = checked({ ...MEMORY, swapTotal: 2 ** 20, swapFree: 3 * 2 ** 20 });
    expect(system).not.toHaveProperty('swapFree');
    expect(system.swapTotal).toBe(2 ** 20);
  });

  it.each(['free', 'available', 'buffers', 'cached', 'shared', 'reclaimable'] as const)(
    '%s is not known when it is larger than all memory, negative, endless or no number',
    (part) => {
      for (const value of [TOTAL + 1, -1, Number.POSITIVE_INFINITY, Number.NaN]) {
        expect(checked({ ...MEMORY, [part]: value }).system, String(value)).not.toHaveProperty(part);
      }
      expect(checked({ ...MEMORY, [part]: TOTAL }).system).toHaveProperty(part, TOTAL);
    },
  );

  it('a total of nothing is not known, and neither is a pressure above 100%', () => {
    const pressure = { some10: 101, some60: 0 };
    expect(checked({ ...MEMORY, total: 0, pressure }).system).not.toHaveProperty('total');
    expect(checked({ ...MEMORY, total: 0, pressure }).system).not.toHaveProperty('pressure');
  });

  it('a limit with a usage that cannot be is not known', () => {
    const limit = { path: '/a', limit: 2 ** 20, charged: Number.NaN };
    expect(checked({ ...MEMORY, limit }).system).not.toHaveProperty('limit');
    expect(checked({ ...MEMORY, limit: { ...limit, limit: 0, charged: 4096 } }).system.limit?.limit).toBe(0);
  });
});

describe('of a process', () => {
  const one = (process: Process) => checked(MEMORY, [process]).processes[0];

  it.each(['virtual', 'threads', 'cpuTime', 'peak', 'swap', 'majorFaults'] as const)(
    '%s below zero is not known',
    (measure) => {
      for (const value of [-1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 60]) {
        expect(one({ ...processOf({ pid: 1 }), [measure]: value }), String(value)).not.toHaveProperty(measure);
      }
    },
  );

  it('an RSS larger than the machine is not known, in the table and in JSON; the row stays', () => {
    const { processes } = checked(MEMORY, [processOf({ pid: 1, rss: TOTAL * 3 })]);
    const tracker = new Tracker();
    const snapshot = snapshotOf(processes);
    const rows = tracker.advance(snapshot, 1000);
    const moment = { time: snapshot.time, timeline: tracker.timeline };
    expect(columnOf('rss')?.value(rows[0] as never, moment)).toBeUndefined();
    expect(JSON.parse(formatJson({ snapshot, rows, moment })).processes[0]).not.toHaveProperty('rss');
  });

  it('an RSS that is not a number leaves the process out, and is reported as a gap', () => {
    const { processes, gaps } = checked(MEMORY, [processOf({ pid: 1, rss: -4096 }), processOf({ pid: 2 })]);
    expect(processes.map(({ who }) => who.pid)).toEqual([2]);
    expect(gaps).toEqual([{ what: 'rss', why: 'malformed', count: 1 }]);
  });

  it('what was mended is the same object for as long as the reading is', () => {
    const guard = new Plausible();
    const snapshot = snapshotOf([processOf({ pid: 1, threads: -1 })]);
    expect(guard.check(snapshot).processes[0]).toBe(guard.check(snapshot).processes[0]);
  });
});

it('whatever numbers come in, none goes out that is negative, endless or larger than the machine', () => {
  const number = fc.oneof(
    fc.double(),
    fc.integer(),
    fc.constantFrom(-1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 63),
  );
  const system = fc.record({
    total: number,
    free: number,
    available: number,
    swapTotal: number,
    swapFree: number,
    oomKills: number,
  });
  const measures = fc.record({
    rss: number,
    virtual: number,
    threads: number,
    cpuTime: number,
    peak: number,
    swap: number,
  });
  fc.assert(
    fc.property(system, measures, (memory, some) => {
      const snapshot: Snapshot = checked(memory, [{ ...processOf({ pid: 1 }), ...some }]);
      const { total = Number.POSITIVE_INFINITY } = snapshot.system;
      for (const value of Object.values(snapshot.system) as number[])
        expect(value >= 0 && Number.isFinite(value)).toBe(true);
      for (const { who: _, state: __, isRssUnknown: ___, ...rest } of snapshot.processes) {
        for (const value of Object.values(rest) as number[]) expect(value >= 0 && Number.isFinite(value)).toBe(true);
        expect(rest.rss).toBeLessThanOrEqual(total);
      }
    }),
  );
});
