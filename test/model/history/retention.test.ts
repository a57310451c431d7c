import { describe, expect, it } from 'vitest';
import { Keeper } from '../../../src/model/history/retention.ts';
import { Series } from '../../../src/model/history/series.ts';
import { Slab } from '../../../src/model/history/slab.ts';
import { Timeline } from '../../../src/model/history/timeline.ts';

const MIB = 2 ** 20;
const INTERVAL = 1000;

/** Rows of a machine whose memory for pasts is small, after N ticks; `value` in MiB by row and tick. */
function kept(count: number, ticks: number, value: (row: number, tick: number) => number, bytes = 130_000) {
  const timeline = new Timeline(new Slab(bytes));
  timeline.advance(0, INTERVAL);
  const rows = Array.from({ length: count }, (_, row) => ({
    process: { who: { pid: row, startTime: 7 } },
    rss: new Series(timeline, value(row, 0) * MIB),
  }));
  const keeper = new Keeper((row: (typeof rows)[0]) => [row.rss]);
  for (let tick = 1; tick < ticks; tick += 1) {
    timeline.advance(tick * INTERVAL, INTERVAL);
    for (const [index, { rss }] of rows.entries()) rss.record(timeline, value(index, tick) * MIB);
    keeper.keep(rows, timeline);
  }
  /** Of N rows from one on, all readings together. */
  const readingsOf = (from: number, to: number) =>
    rows.slice(from, to).reduce((sum, { rss }) => sum + rss.readings(timeline, 0, 1e9).values.length, 0);
  return { timeline, keeper, rows, readingsOf };
}

describe('the retention of histories', () => {
  it('never lets them exceed their memory', () => {
    const { timeline } = kept(60, 600, (row, tick) => row + ((tick * 31) % 90));
    expect(timeline.slab.bytes).toBeLessThanOrEqual(130_000);
    expect(timeline.slab.left).toBeGreaterThan(0);
  });

  it('thins out what moves little before what moves much', () => {
    const { readingsOf } = kept(40, 400, (row, tick) => (row < 20 ? 2 + (tick % 2) : 100 + ((tick * 31) % 900)));
    expect(readingsOf(20, 40)).toBeGreaterThan(1.5 * readingsOf(0, 20));
  });

  it('thins out what has been still for long before what moves now', () => {
    const { readingsOf } = kept(30, 1500, (row, tick) => (row < 15 && tick > 300 ? 100 : 100 + ((tick * 31) % 900)));
    expect(readingsOf(15, 30)).toBeGreaterThan(1.5 * readingsOf(0, 15));
  });

  it('keeps the history of a process for two minutes after its exit, and then frees it', () => {
    const { timeline, keeper, rows } = kept(1, 50, (_, tick) => tick);
    keeper.end(rows[0] as (typeof rows)[0], timeline);
    const series = rows[0]?.rss;
    timeline.advance(110 * INTERVAL, INTERVAL);
    keeper.keep([], timeline);
    expect(keeper.historyOf(0, 7)).toBe(series);
    expect(keeper.historyOf(0, 8)).toBeUndefined();
    timeline.advance(200 * INTERVAL, INTERVAL);
    keeper.keep([], timeline);
    expect(keeper.historyOf(0, 7)).toBeUndefined();
    expect(timeline.slab.used).toBe(0);
  });
});
