// The built program records, and something prevents it: nothing that was written before is lost.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Playback } from '../../src/recording/playback.ts';
import { ended, LAUNCHER, start } from '../helpers/program.ts';
import { until } from '../helpers/until.ts';

const PROC = ['--proc-root', 'test/fixtures/proc/ordinary/proc', '--sampler', 'procfs'];

let folder = '';
let path = '';
const children: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'memtop-killed-'));
  path = join(folder, 'a.rec');
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

const sizeOf = () => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
const played = () => {
  const playback = new Playback(path);
  return { samples: [...playback.snapshots()].length, loss: playback.loss };
};

it('Killed at any moment and started again, it loses at most the sample that was being written', async () => {
  const [first = [], ...others] = fc.sample(
    fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 4, maxLength: 4 }),
    1,
  );
  expect(others).toEqual([]);
  let before = 0;
  for (const bytes of first) {
    const size = sizeOf();
    const child = start(['record', path, '-d', '100ms', ...PROC]);
    children.push(child);
    await until(() => sizeOf() > size + bytes);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const { samples, loss } = played();
    expect(samples).toBeGreaterThan(before);
    expect(loss.damage).toEqual([]);
    before = samples;
  }
  expect(played().loss.hasUnverifiedTail).toBe(true);
  const { code, stderr } = await ended(start(['record', path, '-n', '1', '-d', '100ms', ...PROC]));
  expect([code, stderr]).toEqual([0, expect.stringContaining('ended early: its last whole sample is kept')]);
  expect(gunzipSync(readFileSync(path)).toString().trim().split('\n')).toHaveLength(before + 1);
  expect(played()).toMatchObject({ samples: before + 1, loss: { damage: [], hasUnverifiedTail: false } });
});

it('Where the file cannot grow, it ends with a sentence, and what was recorded before is in the file', async () => {
  // 2 KiB where a block has 512 bytes, 4 KiB where it has 1024.
  const limited = ['-c', 'ulimit -f 4; exec "$@"', 'sh', process.execPath, LAUNCHER, 'record', path, '-d', '100ms'];
  const child = spawn('sh', [...limited, ...PROC], { stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  const { code, stderr } = await ended(child);
  expect(stderr).toBe(
    `memtop: Cannot write ${path}: the limit of file sizes is reached. What was recorded before is in the file.\n`,
  );
  expect(code).toBe(2);
  const { samples, loss } = played();
  expect(samples).toBeGreaterThan(5);
  expect(loss).toEqual({ damage: [], hasUnverifiedTail: true, clock: [] });
});

it('Where stdout is a full disk, it ends with a sentence', async () => {
  const child = spawn('sh', ['-c', 'exec "$@" > /dev/full', 'sh', process.execPath, LAUNCHER, 'record', '-', ...PROC], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  const { code, stderr } = await ended(child);
  expect([code, stderr]).toEqual([2, expect.stringContaining('ENOSPC')]);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});

it('In a folder that cannot be written to, it ends with a sentence', async () => {
  // For root, permissions are no obstacle: sysfs has files of the kernel only.
  const closed = process.getuid?.() === 0 ? '/sys' : join(folder, 'closed');
  if (closed !== '/sys') {
    mkdirSync(closed);
    chmodSync(closed, 0o500);
  }
  const { code, stderr } = await ended(start(['record', join(closed, 'a.rec'), '-n', '1', ...PROC]));
  expect([code, stderr]).toEqual([
    2,
    expect.stringMatching(/^memtop: Cannot write .*: (?:permission denied|.*read-only)\. Choose/),
  ]);
});

it('Ended by a signal, it ends its last member', async () => {
  const child = start(['record', path, '-d', '100ms', ...PROC]);
  children.push(child);
  await until(() => sizeOf() > 0);
  child.kill('SIGTERM');
  await once(child, 'exit');
  const { samples, loss } = played();
  expect(samples).toBeGreaterThan(0);
  expect(loss).toEqual({ damage: [], hasUnverifiedTail: false, clock: [] });
});
