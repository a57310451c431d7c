import { describe, expect, it } from 'vitest';
import { CELLS, Timeline } from '../../../src/model/history/timeline.ts';

const INTERVAL = 2000;

/** A timeline after N ticks on time. */
function ticked(count: number): Timeline {
  const timeline = new Timeline();
  for (let tick = 0; tick < count; tick += 1) timeline.advance(5000 + tick * INTERVAL, INTERVAL);
  return timeline;
}

describe('the time axis', () => {
  it('begins with cells of one interval', () => {
    const timeline = ticked(3);
    expect([timeline.span, timeline.cell, timeline.tick]).toEqual([INTERVAL, 2, 2]);
  });

  it('keeps a tick that comes a little early or late in its own cell', () => {
    const timeline = new Timeline();
    for (const [index, time] of [0, 2090, 3920, 6900, 7100].entries()) {
      timeline.advance(time, INTERVAL);
      expect(timeline.cell).toBe(index);
    }
  });

  it('doubles its cells as they fill, until they cover ten minutes', () => {
    const spans = new Set<number>();
    const timeline = new Timeline();
    for (let tick = 0; tick < 2000; tick += 1) {
      timeline.advance(tick * INTERVAL, INTERVAL);
      spans.add(timeline.span);
      if (timeline.doublings < 4) expect(timeline.cell).toBeLessThan(CELLS);
    }
    expect([...spans]).toEqual([2000, 4000, 8000, 16_000, 32_000]);
    expect(CELLS * timeline.span).toBeGreaterThanOrEqual(600_000);
    expect(timeline.doublings).toBe(4);
  });

  it('converts moments to its own axis and back', () => {
    const timeline = ticked(10);
    expect(timeline.monotonicOf(timeline.now)).toBe(5000 + 9 * INTERVAL);
    expect(timeline.now - timeline.previous).toBe(INTERVAL);
    expect(timeline.monotonicOf(timeline.at(12_345))).toBe(12_345);
  });

  it('remembers when the sampling paused', () => {
    const timeline = ticked(3);
    timeline.advance(5000 + 7 * INTERVAL, INTERVAL);
    expect(timeline.pauses.map(({ from, to }) => [timeline.monotonicOf(from), timeline.monotonicOf(to)])).toEqual([
      [5000 + 2 * INTERVAL, 5000 + 7 * INTERVAL],
    ]);
  });

  it('marks the cells of a pause as gaps, and not those of a late tick', () => {
    const timeline = ticked(3);
    timeline.advance(5000 + 7 * INTERVAL, INTERVAL);
    expect([...timeline.gaps.slice(0, 9)]).toEqual([0, 0, 0, 1, 1, 1, 1, 0, 0]);
    timeline.advance(5000 + 9 * INTERVAL, INTERVAL);
    expect([...timeline.gaps.slice(7, 10)]).toEqual([0, 0, 0]);
  });

  it('draws a trend over the time so far, in the end over ten minutes', () => {
    for (const count of [5, 8, 15, 30]) {
      const begun = ticked(2);
      expect(begun.covered(count)).toBe(count * INTERVAL);
      const settled = ticked(1000);
      expect(settled.covered(count)).toBeGreaterThanOrEqual(Math.min(600_000, (CELLS / 2) * settled.span));
      expect(settled.grouping(count) * count).toBeLessThanOrEqual(CELLS);
    }
  });

  it('never goes back when its clock stops', () => {
    const timeline = new Timeline();
    for (const time of [0, 0, 2000, 2000]) timeline.advance(time, INTERVAL);
    expect([timeline.tick, timeline.cell]).toEqual([3, 1]);
  });
});
