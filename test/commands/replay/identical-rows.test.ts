// Rows of this machine: printed when they are taken, and of the recording of the same samples.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { settle } from '../../../src/cli/settle.ts';
import { printFrom } from '../../../src/commands/print/print.ts';
import { perform } from '../../../src/main.ts';
import type { Measure } from '../../../src/model/snapshot/measure.ts';
import type { Snapshot } from '../../../src/model/snapshot/snapshot.ts';
import { Recorder } from '../../../src/recording/recorder.ts';
import { poll } from '../../../src/sampling/poll.ts';
import { EVERY_ROW } from '../../../src/sampling/sampler/sampler.ts';
import { withSampler } from '../../../src/sampling/samplers.ts';
import { fakeContext } from '../../helpers/fake-context.ts';
import { fakeSampler } from '../../helpers/fake-sampler.ts';

const SAMPLES = 4;
const INTERVAL = '100ms';
/** Measures that are read where a column wants them. */
const MEASURES: ReadonlySet<Measure> = new Set(['peak', 'swap', 'cgroup', 'oomScore', 'pss']);

const settled = (words: Record<string, string>) => {
  const { environment, platform } = fakeContext();
  return settle({ flags: words, words: [] }, { environment, platform, samplers: ['auto'], commands: [] });
};

let folder = '';
let path = '';
const snapshots: Snapshot[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'memtop-identical-'));
  path = join(folder, 'a.rec');
  const needs = { ...EVERY_ROW, measures: MEASURES, everyMeasure: true, timeout: 300 };
  await withSampler(settled({}).settings, async (sampler) => {
    const options = { interval: () => 100, needs: () => needs, signal: new AbortController().signal };
    for await (const snapshot of poll(sampler, options)) {
      snapshots.push(snapshot);
      if (snapshots.length === SAMPLES) break;
    }
    return 0;
  });
  const recorder = new Recorder(path, {});
  for (const snapshot of snapshots) await recorder.add(snapshot);
  await recorder.close();
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What is printed of these samples as they are taken. */
async function live(flags: Record<string, string>): Promise<string> {
  const context = fakeContext();
  const request = settled({ ...flags, count: String(SAMPLES), interval: INTERVAL });
  await printFrom(fakeSampler(...snapshots), request, context, context.ending.signal);
  return context.printed.join('');
}

async function replayed(...words: readonly string[]): Promise<string> {
  const context = fakeContext();
  expect(await perform(['replay', path, ...words], context)).toBe(0);
  expect(context.warned).toEqual([]);
  return context.printed.join('');
}

const COLUMNS =
  'pid,ppid,user,state,name,rss,total,pss,uss,shared,growth,peak,cpu,time,nice,faults,oom,cgroup,age,threads,virtual,swap,command';

it.each([
  { output: 'ndjson' },
  { output: 'ndjson', columns: COLUMNS },
  { output: 'csv' },
  { output: 'csv', columns: COLUMNS, sort: 'pid:asc' },
])('Of this machine, a recording prints exactly the rows that were printed live: %j', async (flags) => {
  const { output, columns, sort } = { columns: undefined, sort: undefined, ...flags };
  const words = [
    '-o',
    output,
    ...(columns === undefined ? [] : ['-c', columns]),
    ...(sort === undefined ? [] : ['-s', sort]),
  ];
  const text = await replayed(...words);
  expect(text).toBe(await live({ ...flags }));
  expect(text.split('\n').length).toBeGreaterThan(SAMPLES);
});

it('The document of one moment is the one that was printed at that moment', async () => {
  const documents = (await live({ output: 'json' })).trim().split('\n');
  for (const [index, { time }] of snapshots.entries()) {
    const at = new Date(time).toISOString().replace('T', ' ');
    expect((await replayed('-o', 'json', '--at', at)).trim()).toBe(documents[index]);
  }
});
