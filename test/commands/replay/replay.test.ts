import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { settle } from '../../../src/cli/settle.ts';
import { printFrom } from '../../../src/commands/print/print.ts';
import { perform } from '../../../src/main.ts';
import type { Snapshot } from '../../../src/model/snapshot/snapshot.ts';
import { Recorder } from '../../../src/recording/recorder.ts';
import { fakeContext } from '../../helpers/fake-context.ts';
import { fakeSampler } from '../../helpers/fake-sampler.ts';
import { NOON } from '../../helpers/snapshots.ts';
import { movingSnapshots } from '../../recording/moving-snapshots.ts';

const SNAPSHOTS = movingSnapshots(60);
let folder = '';
let path = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'memtop-replay-'));
  path = join(folder, 'a.rec');
  const recorder = new Recorder(path, {});
  for (const snapshot of SNAPSHOTS) await recorder.add(snapshot);
  await recorder.close();
});
afterAll(() => rmSync(folder, { recursive: true }));

async function replayed(...words: readonly string[]) {
  const context = fakeContext();
  const exitCode = await perform(['replay', path, ...words], context);
  return { exitCode, text: context.printed.join(''), warned: context.warned };
}

/** What the same snapshots print when they are taken. */
async function live(output: string, snapshots: readonly Snapshot[]): Promise<string> {
  const context = fakeContext();
  const { environment, platform } = context;
  const flags = { output, count: String(snapshots.length), interval: '1s' };
  const request = settle({ flags, words: [] }, { environment, platform, samplers: ['auto'], commands: [] });
  const paced = { ...request, settings: { ...request.settings, interval: 10 } };
  await printFrom(fakeSampler(...snapshots), paced, context, context.ending.signal);
  return context.printed.join('');
}

const timesOf = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => (Date.parse(JSON.parse(line).time) - NOON) / 1000);

it.each(['ndjson', 'csv'])(
  'As %s, a recording prints what the samples printed when they were taken',
  async (output) => {
    const { exitCode, text } = await replayed('-o', output);
    expect(text).toBe(await live(output, SNAPSHOTS));
    expect(exitCode).toBe(0);
  },
);

it('Prints the last sample as a table, with growth', async () => {
  const { text } = await replayed();
  expect(text).toMatch(/^14:00:59$/m);
  expect(text).toMatch(/PID USER +RSS +Δ\/MIN/);
  expect(text).toMatch(/20 ubuntu +159M/);
});

it('Prints the sample at a time, with what was known of growth then', async () => {
  const { text } = await replayed('-o', 'json', '--at', '-20s');
  expect(timesOf(text)).toEqual([39]);
  const growing = JSON.parse(text).processes.find(({ pid }: { pid: number }) => pid === 20);
  expect(growing.rss).toBe((100 + 39) * 2 ** 20);
  expect(growing.cpuPercent).toBe(12);
});

it('Prints from one time to another', async () => {
  const { text } = await replayed('-o', 'ndjson', '--from', '14:00:10', '--to', '14:00:13');
  expect(timesOf(text)).toEqual([10, 11, 12, 13]);
});

it('Prints only what the filter matches, and ends with 1 when that is nothing', async () => {
  const { text } = await replayed('-o', 'csv', '--once', 'resting');
  expect(text.trim().split('\n')).toHaveLength(2);
  expect((await replayed('-o', 'json', 'nothing-like-this')).exitCode).toBe(1);
});

it.each([
  [['--at', '25:00'], 'Invalid time'],
  [['--at', '-1s', '--from', '14:00'], 'cannot be used together'],
  [['--from', '-5s', '--to', '-10s'], 'is later than --to'],
  [['--at', '2020-01-01'], 'nothing at that time'],
])('Refuses %j', async (words, sentence) => {
  await expect(replayed(...words)).rejects.toThrow(sentence);
});

it('Says what is damaged and what is not verified', async () => {
  const bytes = readFileSync(path);
  const cut = join(folder, 'cut.rec');
  writeFileSync(cut, bytes.subarray(0, bytes.length - 3));
  const context = fakeContext();
  expect(await perform(['replay', cut, '--once'], context)).toBe(0);
  expect(context.warned).toEqual([expect.stringContaining('unverified tail')]);
  bytes.writeUInt8(bytes.readUInt8(500) ^ 4, 500);
  writeFileSync(cut, bytes);
  const other = fakeContext();
  expect(await perform(['replay', cut, '--once'], other)).toBe(1);
  expect(other.warned).toEqual([`${cut}: 1 damaged part is left out (all that was read).`]);
});

it('Writes a trace for Perfetto, of the stretch that is asked for', async () => {
  const { exitCode, text } = await replayed('--from', '14:00:10', '--to', '14:00:13', '--to', 'perfetto', 'growing');
  expect(exitCode).toBe(0);
  const counters = JSON.parse(text).traceEvents.filter(({ name }: { name: string }) => name === 'RSS');
  expect(counters.map(({ ts }: { ts: number }) => (ts / 1000 - NOON) / 1000)).toEqual([10, 11, 12, 13]);
});

it('Writes OpenMetrics with the numbers of the chosen columns', async () => {
  const { exitCode, text } = await replayed('--to', 'openmetrics', '-c', 'threads,rss', '--from', '-1s');
  expect(exitCode).toBe(0);
  expect(text.match(/^# TYPE memtop_process_\w+/gm)).toEqual([
    '# TYPE memtop_process_threads',
    '# TYPE memtop_process_rss_bytes',
  ]);
  expect(text.match(/^memtop_process_rss_bytes\{.*pid="20"/gm)).toHaveLength(2);
  expect(text).toMatch(/\n# EOF\n$/);
});

it('A form for other programs in which no process matches ends with 1', async () => {
  expect((await replayed('--to', 'perfetto', 'nothing-like-this')).exitCode).toBe(1);
});

it.each([
  [['--to', 'perfetto', '-o', 'json'], 'cannot be used together with --to perfetto'],
  [['--to', 'perfetto', '--at', '-1s'], '--at is one sample'],
  [['--to', 'perfetto', '--to', 'openmetrics'], 'one form: perfetto or openmetrics'],
  [['--to', '-1s', '--to', '-2s'], '--to was given two times'],
  [['--to', 'perfetto', '-c', 'name,pid'], 'None of these columns is a number'],
])('Refuses %j', async (words, sentence) => {
  await expect(replayed(...words)).rejects.toThrow(sentence);
});
