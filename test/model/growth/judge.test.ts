import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { Judges } from '../../../bench/judge/judged.ts';
import { readingOf } from '../../../bench/judge/line.ts';
import { firstEnd } from '../../../src/model/rows/exhaustion.ts';
import { Tracker } from '../../../src/model/rows/tracker.ts';
import { processOf, snapshotOf } from '../../helpers/reports.ts';

const MIB = 2 ** 20;
const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** A leak of 2 MiB a second below a limit of 1 GiB, a reading every second, as lines. */
const leak = (id: string, seconds: number, ask: (t: number) => boolean = (t) => t === seconds - 1) =>
  Array.from({ length: seconds }, (_, t) => ({
    id,
    t,
    interval: 1,
    rss: (100 + 2 * t) * MIB,
    cgroup: { limit: 1024 * MIB, charged: (120 + 2 * t) * MIB },
    ...(ask(t) && { ask: true }),
  }));

/** Runs the command of package.json. */
async function judge(input: string) {
  const child = spawn('npm', ['run', '--silent', 'judge'], { cwd: ROOT, stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.end(input);
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const [out, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { lines: out.split('\n').filter(Boolean), errors, code: await exit };
}
const linesOf = (lines: readonly object[]) => `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`;

describe('npm run judge', () => {
  it('answers each line that asks with pattern, growth, window and forecast, and no other', async () => {
    const requested = leak('a', 300, (t) => t === 1 || t === 299);
    const { lines, code } = await judge(linesOf(requested));
    expect(code).toBe(0);
    const [early, late] = lines.map((line) => JSON.parse(line));
    expect(lines).toHaveLength(2);
    expect(early).toEqual({ id: 'a', t: 1 });
    expect(late).toMatchObject({ id: 'a', t: 299, pattern: 'growing', window: 299 });
    expect(late.growth / MIB).toBeCloseTo(2, 1);
    const [soonest, middle, latest] = late.forecast;
    const left = (1024 - 120 - 2 * 299) / 2;
    expect(middle).toBeCloseTo(left, -1);
    expect(soonest).toBeLessThan(left);
    expect(latest).toBeGreaterThan(left);
  });

  it('names line and field of what it cannot take, after the answers before it, and exits 1', async () => {
    const { lines, errors, code } = await judge(`${linesOf(leak('a', 100))}\n{"id":"a","t":101,"interval":1}\n`);
    expect(lines).toHaveLength(1);
    expect(errors).toBe('judge: line 102: "rss" must be a number, 0 or more\n');
    expect(code).toBe(1);
  });
});

const judged = (lines: readonly object[]) => {
  const judges = new Judges();
  return lines.map((line) => judges.take(readingOf(JSON.stringify(line)))).filter((answer) => answer !== undefined);
};

describe('a judgement', () => {
  it('is that of the tracker that the screen has', () => {
    const tracker = new Tracker();
    let rows = tracker.advance(snapshotOf([]), 1000);
    for (let t = 0; t < 300; t += 1) {
      const limit = { path: '/a', limit: 1024 * MIB, charged: (120 + 2 * t) * MIB };
      const process = processOf({ pid: 9, cgroup: '/a', rss: (100 + 2 * t) * MIB });
      rows = tracker.advance(snapshotOf([process], t * 1000, { system: {}, groups: [{ path: '/a', limit }] }), 1000);
    }
    const judgement = rows[0]?.rss.judgement?.(tracker.timeline);
    const forecast = firstEnd(tracker)?.forecast;
    const [answer] = judged(leak('a', 300));
    expect(answer?.growth).toBeCloseTo(judgement?.growth ?? 0, 3);
    expect(answer?.pattern).toBe(judgement?.pattern);
    expect(answer?.forecast?.[1]).toBeCloseTo((forecast?.middle ?? 0) / 1000, 0);
  });

  it('of a process does not depend on the others between its lines', () => {
    const [one, other] = [leak('a', 200), leak('b', 200)];
    const mixed = one.flatMap((line, index) => [line, { ...other[index], rss: 5 * MIB }]);
    expect(judged(mixed).find(({ id }) => id === 'a')).toEqual(judged(one)[0]);
  });

  it('holds the last limit where a line has none', () => {
    const lines = leak('a', 200).map(({ cgroup, ...line }) => (line.t < 150 ? { ...line, cgroup } : line));
    expect(judged([...lines.slice(0, 150), { ...lines[149], t: 150, ask: true }])[0]?.forecast).toBeDefined();
    expect(judged(lines.map((line) => ({ ...line, cgroup: undefined })))[0]?.forecast).toBeUndefined();
  });

  it('forecasts the end of the memory of the machine', () => {
    const lines = leak('a', 200).map(({ cgroup, ...line }) => ({
      ...line,
      machine: { total: 2048 * MIB, available: cgroup.limit - cgroup.charged },
    }));
    expect(judged(lines)[0]?.forecast?.[1]).toBeCloseTo((1024 - 120 - 398) / 2, -1);
  });

  it.each([
    ['[]', 'the line must be an object'],
    ['{', 'not JSON'],
    ['{"t":0,"interval":1,"rss":1}', '"id" must be a string or a number'],
    ['{"id":"a","t":0,"interval":0,"rss":1}', '"interval" must be above 0'],
    ['{"id":"a","t":0,"interval":1,"rss":1,"cgroup":{"limit":1}}', '"charged" must be a number, 0 or more'],
    ['{"id":"a","t":0,"interval":1,"rss":1,"machine":7}', '"machine" must be an object'],
  ])('is refused of %s: %s', (line, message) => {
    expect(() => readingOf(line)).toThrow(message);
  });

  it('is refused where time goes back', () => {
    expect(() => judged([...leak('a', 5), ...leak('a', 2)])).toThrow('"t" of a goes back');
  });
});
