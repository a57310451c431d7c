import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Context } from '../../../src/cli/context.ts';
import { perform } from '../../../src/main.ts';
import { fakeContext } from '../../helpers/fake-context.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'memtop-record-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const PROC = 'test/fixtures/proc/ordinary/proc';

/** Records a folder that stands for /proc. */
async function recorded(words: readonly string[], given: Partial<Context> = {}) {
  const context = fakeContext(given);
  const exitCode = await perform(['record', ...words, '--proc-root', PROC, '-d', '100ms'], context);
  return { exitCode, context };
}

const linesOf = (bytes: Uint8Array) =>
  gunzipSync(bytes)
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

it('Records as many samples as are asked for, and shows its progress', async () => {
  const path = join(folder, 'a.rec');
  const shown: string[] = [];
  const { exitCode } = await recorded([path, '-n', '2'], { progress: (text) => shown.push(text) });
  expect(exitCode).toBe(0);
  const [first, second, ...more] = linesOf(readFileSync(path));
  expect(first.version).toBe(1);
  expect(first.processes.length).toBeGreaterThan(1);
  expect(second.time > first.time).toBe(true);
  expect(more).toEqual([]);
  expect(shown).toEqual([expect.stringContaining('1 sample,'), expect.stringContaining('2 samples,'), '']);
});

it('Records only what the filter matches', async () => {
  const path = join(folder, 'a.rec');
  await recorded([path, 'pid=1', '-n', '1']);
  const [{ processes }] = linesOf(readFileSync(path));
  expect(processes.map(({ pid }: { pid: number }) => pid)).toEqual([1]);
});

it('Records to stdout when the file is -', async () => {
  const { context } = await recorded(['-', '-n', '3']);
  expect(linesOf(Buffer.from(context.printed.join(''), 'latin1'))).toHaveLength(3);
});

it('Does not write a recording to a terminal', async () => {
  await expect(recorded(['-'], { outputIsTerminal: true })).rejects.toThrow('not text for a terminal');
});

it('Needs a file, and refuses one with other content', async () => {
  await expect(recorded([])).rejects.toThrow('No file to record to.');
  const path = join(folder, 'letters');
  writeFileSync(path, 'my letters');
  await expect(recorded([path])).rejects.toThrow('is not a recording of memtop.');
});

it('Says why the file cannot be written', async () => {
  await expect(recorded([join(folder, 'missing', 'a.rec')])).rejects.toThrow('no such folder');
});

it.each([
  ['--max-size', '12', 'Invalid size'],
  ['--keep', 'long', 'Invalid time'],
])('Refuses %s %s', async (flag, value, sentence) => {
  await expect(recorded([join(folder, 'a.rec'), flag, value])).rejects.toThrow(sentence);
});
