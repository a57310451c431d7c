import { describe, expect, it } from 'vitest';
import type { Row } from '../../../src/model/rows/row.ts';
import { Tracker } from '../../../src/model/rows/tracker.ts';
import { collectGarbage } from '../../helpers/collect-garbage.ts';
import { processOf, snapshotOf } from '../../helpers/reports.ts';

const INTERVAL = 1000;

describe('major faults a second', () => {
  const rates = (...counts: readonly number[]) => {
    const tracker = new Tracker();
    let last: { count: number; process: ReturnType<typeof processOf> } | undefined;
    return counts.map((count, tick) => {
      const process =
        last?.count === count
          ? last.process
          : processOf({ pid: 1, majorFaults: count, cpuTime: 0, sinceLastRead: 2000 });
      last = { count, process };
      return tracker.advance(snapshotOf([process], tick * 2000), 2000)[0]?.majorFaultsPerSecond;
    });
  };

  it('are known from the second reading on, and are none again once the count stays', () => {
    expect(rates(10, 30, 30, 34)).toEqual([undefined, 10, 0, 2]);
  });
});

describe('an agent that goes away', () => {
  it('drops the history of its heap: no ETA is made of old readings', () => {
    const tracker = new Tracker();
    const limit = 400 * 2 ** 20;
    const at = (tick: number, heap: boolean) => {
      const used = (100 + tick) * 2 ** 20;
      const reported = heap ? { heap: { runtime: 'node' as const, used, total: used, limit } } : {};
      return tracker.advance(snapshotOf([processOf({ pid: 1, rss: used, ...reported })], tick * 1000), INTERVAL)[0];
    };
    for (let tick = 0; tick < 60; tick += 1) at(tick, true);
    const before = at(60, true);
    expect(before?.heapHeadroom?.forecast(tracker.timeline)).toBeDefined();
    expect(tracker.heapOf(before as Row)).toBeDefined();
    const after = at(61, false);
    expect(after?.heapHeadroom).toBeUndefined();
    expect(tracker.heapOf(after as Row)).toBeUndefined();
    expect(at(62, true)?.heapHeadroom?.forecast(tracker.timeline)).toBeUndefined();
  });
});

describe('thousands of processes that come and go', () => {
  it('leave nothing behind: not in the history, not in the heap', () => {
    const tracker = new Tracker();
    const few = (tick: number) =>
      Array.from({ length: 20 }, (_, index) => processOf({ pid: index + 1, rss: (100 + tick + index) * 2 ** 20 }));
    let tick = 0;
    const go = (ticks: number, more: (tick: number) => ReturnType<typeof processOf>[] = () => []) => {
      for (const end = tick + ticks; tick < end; tick += 1) {
        tracker.advance(snapshotOf([...few(tick), ...more(tick)], tick * 1000), INTERVAL);
      }
    };
    // So long that everything kept of the few has the size it keeps.
    go(1200);
    const heapAtFirst = heapUsed();
    const pagesAtFirst = tracker.timeline.slab.used;
    const used = (tick: number) => (50 + (tick % 7)) * 2 ** 20;
    const many = (tick: number) =>
      Array.from({ length: 5000 }, (_, index) =>
        processOf({
          pid: 1000 + index,
          rss: used(tick + index),
          heap: { runtime: 'node', used: used(tick), total: used(tick), limit: 2 ** 30 },
        }),
      );
    go(10, many);
    expect(tracker.timeline.slab.used).toBeGreaterThan(pagesAtFirst + 5000);
    go(200);
    expect(tracker.timeline.slab.used).toBeLessThanOrEqual(pagesAtFirst + 40);
    // The pages stay with the slab, for the next ones: 5,000 processes took some 4 MiB of them.
    expect(heapUsed() - heapAtFirst).toBeLessThan(2 * 2 ** 20);
    expect(tracker.historyOf(1000, 0)).toBeUndefined();
  });
});

/** Bytes of live objects. */
function heapUsed(): number {
  collectGarbage();
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

describe('a row', () => {
  it('is the same object as long as nothing about its process moves', () => {
    const tracker = new Tracker();
    const process = processOf({ pid: 1, cpuTime: 5 });
    const first = tracker.advance(snapshotOf([process]), INTERVAL)[0];
    const second = tracker.advance(snapshotOf([process], 1000), INTERVAL)[0];
    const third = tracker.advance(snapshotOf([process], 2000), INTERVAL)[0];
    expect(first?.cpuPercent).toBeUndefined();
    expect(second?.cpuPercent).toBe(0);
    expect(third).toBe(second);
  });

  it('keeps label and history when only a measure changes', () => {
    const tracker = new Tracker();
    const process = processOf({ pid: 1 });
    const first = tracker.advance(snapshotOf([process]), INTERVAL)[0];
    const second = tracker.advance(snapshotOf([{ ...process, rss: 7 }], 1000), INTERVAL)[0];
    expect(second?.label).toBe(first?.label);
    expect(second?.rss).toBe(first?.rss);
    expect(second?.rss.value).toBe(7);
  });

  it('has a new label and its old history when the program renames itself', () => {
    const tracker = new Tracker();
    const process = processOf({ pid: 1, name: 'sh' });
    const first = tracker.advance(snapshotOf([process]), INTERVAL)[0];
    const renamed = { ...process, who: { ...process.who, name: 'python3' } };
    const second = tracker.advance(snapshotOf([renamed], 1000), INTERVAL)[0];
    expect(second?.label.name).toBe('python3');
    expect(second?.rss).toBe(first?.rss);
  });

  it('of a reused PID is another process without a history', () => {
    const tracker = new Tracker();
    tracker.advance(snapshotOf([processOf({ pid: 1, startTime: 10, rss: 99, cpuTime: 1000 })]), INTERVAL);
    const again = processOf({ pid: 1, startTime: 20, rss: 5, cpuTime: 10, sinceLastRead: 1000 });
    const row = tracker.advance(snapshotOf([again], 1000), INTERVAL)[0];
    expect(row?.cpuPercent).toBeUndefined();
    expect(row?.rss.cells(tracker.timeline, 2)).toEqual([Number.NaN, 5]);
  });

  it('of a process that disappeared and came back has no history either', () => {
    const tracker = new Tracker();
    const process = processOf({ pid: 1 });
    const first = tracker.advance(snapshotOf([process]), INTERVAL)[0];
    tracker.advance(snapshotOf([], 1000), INTERVAL);
    expect(tracker.advance(snapshotOf([process], 2000), INTERVAL)[0]?.rss).not.toBe(first?.rss);
  });

  it('has the position of its process in the snapshot', () => {
    const tracker = new Tracker();
    const [one, two, three] = [1, 2, 3].map((pid) => processOf({ pid })) as [never, never, never];
    const pids = (processes: never[], after: number) =>
      tracker.advance(snapshotOf(processes, after), INTERVAL).map((row) => row.process.who.pid);
    expect(pids([one, two, three], 0)).toEqual([1, 2, 3]);
    expect(pids([three, one], 1000)).toEqual([3, 1]);
  });
});

describe('the CPU percentage', () => {
  const cpuPercent = (before: object, now: object) => {
    const tracker = new Tracker();
    tracker.advance(snapshotOf([processOf({ pid: 1, ...before })]), INTERVAL);
    return tracker.advance(snapshotOf([processOf({ pid: 1, ...now })], 1000), INTERVAL)[0]?.cpuPercent;
  };

  it('is CPU time over the time between the two readings, of one CPU', () => {
    expect(cpuPercent({ cpuTime: 100 }, { cpuTime: 600, sinceLastRead: 1000 })).toBe(50);
    expect(cpuPercent({ cpuTime: 100 }, { cpuTime: 4100, sinceLastRead: 1000 })).toBe(400);
    expect(cpuPercent({ cpuTime: 100 }, { cpuTime: 600, sinceLastRead: 5000 })).toBe(10);
  });

  it('is never negative, though a reading may fall back by a tick', () => {
    expect(cpuPercent({ cpuTime: 100 }, { cpuTime: 90, sinceLastRead: 1000 })).toBe(0);
  });

  it('is not known without two readings', () => {
    expect(cpuPercent({}, { cpuTime: 90, sinceLastRead: 1000 })).toBeUndefined();
    expect(cpuPercent({ cpuTime: 1 }, { sinceLastRead: 1000 })).toBeUndefined();
    expect(cpuPercent({ cpuTime: 1 }, { cpuTime: 2 })).toBeUndefined();
  });
});

describe('available memory', () => {
  it('has a history from when it was first known', () => {
    const tracker = new Tracker();
    tracker.advance(snapshotOf([], 0, { system: {} }), INTERVAL);
    expect(tracker.available).toBeUndefined();
    tracker.advance(snapshotOf([], 1000, { system: { available: 9 } }), INTERVAL);
    tracker.advance(snapshotOf([], 2000, { system: { available: 8 } }), INTERVAL);
    expect(tracker.available?.cells(tracker.timeline, 3)).toEqual([Number.NaN, 9, 8]);
  });
});
