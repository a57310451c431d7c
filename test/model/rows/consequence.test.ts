import { describe, expect, it } from 'vitest';
import { consequenceOf, fastestOf } from '../../../src/model/rows/consequence.ts';
import type { Row } from '../../../src/model/rows/row.ts';
import { Tracker } from '../../../src/model/rows/tracker.ts';
import type { Process } from '../../../src/model/snapshot/snapshot.ts';
import { MEBIBYTE, processOf, snapshotOf } from '../../helpers/snapshots.ts';

/** Processes that grow by N MiB a minute, by PID, watched for a minute. */
function watched(growths: Readonly<Record<number, number>>) {
  const tracker = new Tracker();
  let rows: readonly Row[] = [];
  for (let tick = 0; tick <= 30; tick += 1) {
    const processes: Process[] = Object.entries(growths).map(([pid, perMinute]) =>
      processOf({ who: { pid: Number(pid) }, rss: (100 + (perMinute * tick * 2) / 60) * MEBIBYTE }),
    );
    rows = tracker.advance(snapshotOf(processes, tick * 2), 2000);
  }
  const { timeline } = tracker;
  const fastest = fastestOf(rows, timeline);
  const of = (pid: number) => consequenceOf(rows.find((row) => row.process.who.pid === pid) as Row, timeline, fastest);
  return { fastest: fastest?.process.who.pid, of };
}

describe('what the growth of a process means', () => {
  it('nothing below 1 MiB a minute, also for the fastest', () => {
    const { fastest, of } = watched({ 10: 0.9, 11: 0, 12: -20 });
    expect(fastest).toBeUndefined();
    expect([10, 11, 12].map(of)).toEqual(['none', 'none', 'none']);
  });

  it('the fastest is alarming, others that grow as much as 1 MiB a minute are notable', () => {
    const { fastest, of } = watched({ 10: 2, 11: 60, 12: 30, 13: 0 });
    expect(fastest).toBe(11);
    expect([10, 11, 12, 13].map(of)).toEqual(['notable', 'alarming', 'notable', 'none']);
  });

  it('a limit within the hour is alarming, whichever process grows faster', () => {
    const tracker = new Tracker();
    let rows: readonly Row[] = [];
    for (let tick = 0; tick <= 150; tick += 1) {
      const used = (100 + tick) * MEBIBYTE;
      const heap = { runtime: 'node', used, limit: 512 * MEBIBYTE } as const;
      const processes = [
        processOf({ who: { pid: 10 }, rss: used, heap }),
        processOf({ who: { pid: 11 }, rss: (100 + tick * 5) * MEBIBYTE }),
      ];
      rows = tracker.advance(snapshotOf(processes, tick * 2), 2000);
    }
    const fastest = fastestOf(rows, tracker.timeline);
    expect(rows.map((row) => [row.process.who.pid, consequenceOf(row, tracker.timeline, fastest)])).toEqual([
      [10, 'alarming'],
      [11, 'alarming'],
    ]);
    expect(fastest?.process.who.pid).toBe(11);
  });
});
