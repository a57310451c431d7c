// Dated files: the oldest are removed, and nothing else.
import { mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { datedName, writeDated } from '../../src/files/dated-files.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'memtop-dated-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const nameAt = (second: number) => datedName('recording', new Date(2026, 10, 28, 14, 31, second).getTime(), 'rec');

/** Writes files of some bytes, each a minute older than the one after it. */
function written(count: number, bytes: number, limits: { files: number; bytes: number }) {
  for (let index = 0; index < count; index += 1) {
    writeDated(folder, nameAt(index), Buffer.alloc(bytes), limits);
    const time = Date.now() / 1000 - (count - index) * 60;
    utimesSync(join(folder, nameAt(index)), time, time);
  }
}

it('A name has the local time to the second', () => expect(nameAt(7)).toBe('recording-2026-11-28T14-31-07.rec'));

it('The newest files are kept, and only they', () => {
  written(6, 10, { files: 4, bytes: 1000 });
  expect(readdirSync(folder).sort()).toEqual([2, 3, 4, 5].map(nameAt));
});

it('They are kept as long as they are small enough together, the newest in any case', () => {
  written(6, 300, { files: 20, bytes: 700 });
  expect(readdirSync(folder).sort()).toEqual([4, 5].map(nameAt));
  written(1, 5000, { files: 20, bytes: 700 });
  expect(readdirSync(folder)).toEqual([nameAt(0)]);
});

it('Files with other names, and folders, stay', () => {
  writeFileSync(join(folder, 'notes.rec'), 'mine');
  writeFileSync(join(folder, 'recording-old.rec'), 'mine');
  written(3, 10, { files: 1, bytes: 1000 });
  expect(readdirSync(folder).sort()).toEqual(['notes.rec', nameAt(2), 'recording-old.rec'].sort());
});

it('Only their owner can read them', () => {
  written(1, 10, { files: 1, bytes: 1000 });
  expect(statSync(join(folder, nameAt(0))).mode & 0o777).toBe(0o600);
});
