// Lines are added to a file that never grows beyond its limit.
import {
  chmodSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { appendFile } from '../../src/files/append.ts';
import { ownFolder } from './folder.ts';

const folder = ownFolder();
const at = (...names: string[]) => join(folder.path, ...names);
const LIMIT = 1000;

it('the file is made with what is missing above it, closed to others, and grows by lines', () => {
  appendFile(at('state/memtop/memtop.log'), 'first\n', LIMIT);
  appendFile(at('state/memtop/memtop.log'), 'second\n', LIMIT);
  expect(readFileSync(at('state/memtop/memtop.log'), 'utf8')).toBe('first\nsecond\n');
  expect(statSync(at('state/memtop/memtop.log')).mode & 0o777).toBe(0o600);
});

it('a full file keeps its newer half, in whole lines, and never exceeds the limit', () => {
  const lines = Array.from({ length: 500 }, (_, index) => `line ${index}\n`);
  for (const line of lines) {
    appendFile(at('log'), line, LIMIT);
    expect(statSync(at('log')).size).toBeLessThanOrEqual(LIMIT);
  }
  const kept = readFileSync(at('log'), 'utf8');
  expect(lines.join('').endsWith(kept)).toBe(true);
  expect(kept).toMatch(/^line \d+\n/);
  expect(kept.length).toBeGreaterThan(LIMIT / 3);
  expect(readdirSync(at())).toEqual(['log']);
});

it('a file that was large before, or a text beyond the limit, is cut too', () => {
  writeFileSync(at('log'), 'old line\n'.repeat(10_000));
  appendFile(at('log'), 'new line\n', LIMIT);
  expect(statSync(at('log')).size).toBeLessThanOrEqual(LIMIT);
  expect(readFileSync(at('log'), 'utf8')).toMatch(/^(old line\n)+new line\n$/);
  appendFile(at('log'), 'x'.repeat(5000), LIMIT);
  expect(statSync(at('log')).size).toBeLessThanOrEqual(LIMIT);
});

it('a file open to others is closed to them before anything is written', () => {
  writeFileSync(at('log'), '');
  chmodSync(at('log'), 0o666);
  appendFile(at('log'), 'line\n', LIMIT);
  expect(statSync(at('log')).mode & 0o777).toBe(0o600);
});

it('a special file, or a file with several links, is left as it is', () => {
  writeFileSync(at('real'), 'other');
  linkSync(at('real'), at('second'));
  mkdirSync(at('folder'));
  expect(() => appendFile(at('second'), 'line\n', LIMIT)).toThrow(/not a regular file that you own/);
  expect(() => appendFile(at('folder'), 'line\n', LIMIT)).toThrow(/is a folder/);
  symlinkSync('/dev/null', at('null'));
  expect(() => appendFile(at('null'), 'line\n', LIMIT)).toThrow(/not a regular file/);
  expect(readFileSync(at('real'), 'utf8')).toBe('other');
});
