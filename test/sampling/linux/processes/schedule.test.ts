import { expect, it } from 'vitest';
import { Roster } from '../../../../src/sampling/linux/processes/roster.ts';
import { ProcRow } from '../../../../src/sampling/linux/processes/row.ts';
import { Schedule } from '../../../../src/sampling/linux/processes/schedule.ts';

const ROWS = 1000;

/** How many rows are read in each tick, and the greatest age of a reading, where nothing moves and ticks have these distances. */
function readings(gaps: readonly number[]): { readonly counts: number[]; readonly oldest: number } {
  const roster = new Roster();
  const schedule = new Schedule();
  for (let pid = 1; pid <= ROWS; pid += 1) roster.add(new ProcRow('/proc', pid));
  const counts: number[] = [];
  let oldest = 0;
  let now = 10_000;
  for (const gap of gaps) {
    now += gap;
    schedule.begin(now, 2 ** 30, 2 ** 33, false);
    let count = 0;
    for (let place = 0; place < roster.length; place += 1) {
      const row = roster.at(place);
      if (row === undefined) continue;
      if (row.readAt > 0) oldest = Math.max(oldest, now - row.readAt);
      if (!schedule.isDue(roster, place)) continue;
      count += 1;
      row.readAt = now;
      row.unchanged = 3;
      roster.note(row);
    }
    counts.push(count);
  }
  return { counts, oldest };
}

it('reads a fifth of the quiet rows every second, also when ticks are some milliseconds early or late', () => {
  const gaps = Array.from({ length: 60 }, (_, tick) => 1000 + ((tick * 7) % 31) - 15);
  const { counts, oldest } = readings(gaps);
  for (const count of counts.slice(6)) expect(count).toBe(ROWS / 5);
  expect(oldest).toBeLessThan(5_100);
});

it('reads half of the quiet rows every two seconds, and all of them where ticks are farther apart', () => {
  const { counts } = readings([...new Array(10).fill(1000), ...new Array(10).fill(2000)]);
  expect(readings(new Array(20).fill(2000)).oldest).toBeLessThanOrEqual(5000);
  for (const count of counts.slice(13)) expect(count).toBe(ROWS / 2);
  for (const count of readings(new Array(5).fill(6000)).counts) expect(count).toBe(ROWS);
});
