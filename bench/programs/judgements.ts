// CPU time of the judgements of a tick in which 5,000 rows all move, in milliseconds: node scripts/run-ts.js bench/programs/judgements.ts
import { createHash } from 'node:crypto';
import { Series } from '../../src/model/history/series.ts';
import { Timeline } from '../../src/model/history/timeline.ts';
import { between, gaussian, MIB, type Random, seeded } from '../curves.ts';

const ROWS = 5_000;
const INTERVAL = 2000;
/** Ticks before the timing starts: a quarter of an hour fills the longest window. */
const BEFORE = 450;
const TIMED = 60;
const SEED = 11;

/** The value after N ticks. Called once for each tick, in order. */
type Course = (tick: number) => number;

const COURSES: readonly ((random: Random, level: number) => Course)[] = [
  (random, level) => () => level * (1 + 0.01 * gaussian(random)),
  (random, level) => {
    const pace = (level * between(random, 0.1, 2)) / BEFORE;
    return (tick) => level + pace * tick + level * 0.001 * gaussian(random);
  },
  (random, level) => {
    const period = between(random, 8, 60);
    return (tick) => level * (1 + ((tick / period) % 1) + 0.01 * gaussian(random));
  },
  (random, level) => {
    let at = level;
    return () => {
      at = Math.max(level / 4, at * (1 + 0.004 * gaussian(random)));
      return at;
    };
  },
  (random, level) => {
    const [period, busy] = [between(random, 60, 200), between(random, 0.2, 0.5)];
    return (tick) => level * (((tick / period) % 1 < busy ? 2 : 1) + 0.003 * gaussian(random));
  },
];

const random = seeded(SEED);
const timeline = new Timeline();
const courses = Array.from({ length: ROWS }, (_, index) => {
  const course = COURSES[index % COURSES.length] as (typeof COURSES)[number];
  return course(random, MIB * 2 ** between(random, 3, 10));
});
const rows: Series[] = [];
const times: number[] = [];
const said = createHash('sha256');
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
  for (const row of rows) said.update(JSON.stringify(row.judgement(timeline) ?? null));
}
const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
process.stdout.write(`${mean.toFixed(0)} ms in the mean, ${Math.max(...times).toFixed(0)} at worst; `);
process.stdout.write(`judgements ${said.digest('hex').slice(0, 12)}\n`);

function cpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
