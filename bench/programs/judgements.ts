// CPU time of the judgements of a tick in which 5,000 rows all move, in milliseconds: node scripts/run-ts.js bench/programs/judgements.ts
import { createHash } from 'node:crypto';
import { Series } from '../../src/model/history/series.ts';
import { Timeline } from '../../src/model/history/timeline.ts';
import { mixedCourses } from '../mixed-courses.ts';

const ROWS = 5_000;
const INTERVAL = 2000;
/** Ticks before the timing starts: a quarter of an hour fills the longest window. */
const BEFORE = 450;
const TIMED = 60;
const SEED = 11;

const timeline = new Timeline();
const courses = mixedCourses(SEED, { count: ROWS, gain: [0.1, 2], ticks: BEFORE });
const rows: Series[] = [];
const times: number[] = [];
const digest = createHash('sha256');
for (let tick = 0; tick < BEFORE + TIMED; tick += 1) {
  timeline.advance(tick * INTERVAL, INTERVAL);
  for (const [index, course] of courses.entries()) {
    const value = Math.round(course(tick) / 4096) * 4096;
    if (tick === 0) rows.push(new Series(timeline, value));
    else rows[index]?.record(timeline, value);
  }
  const isTimed = tick >= BEFORE;
  if (!isTimed && tick % 30 !== 0 && tick < BEFORE - 10) continue;
  const began = cpu();
  for (const row of rows) row.judgement(timeline);
  if (isTimed) times.push(cpu() - began);
  for (const row of rows) digest.update(JSON.stringify(row.judgement(timeline) ?? null));
}
const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
process.stdout.write(`${mean.toFixed(0)} ms in the mean, ${Math.max(...times).toFixed(0)} at worst; `);
process.stdout.write(`judgements ${digest.digest('hex').slice(0, 12)}\n`);

function cpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
