import { chmodSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it } from 'vitest';
import { Log, logPlace } from '../../../src/commands/watch/log.ts';

// Below the home folder: no log is kept below a folder that others can write to.
const folder = realpathSync(mkdtempSync(join(homedir(), '.memtop-log-test-')));
const path = join(folder, 'state/memtop/memtop.log');

afterEach(() => rmSync(join(folder, 'state'), { recursive: true, force: true }));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('is below XDG_STATE_HOME, else below the home folder, else nowhere', () => {
  expect(logPlace({ XDG_STATE_HOME: '/var/state', HOME: '/home/a' })).toBe('/var/state/memtop/memtop.log');
  expect(logPlace({ XDG_STATE_HOME: 'relative', HOME: '/home/a' })).toBe('/home/a/.local/state/memtop/memtop.log');
  expect(logPlace({})).toBeUndefined();
});

it('adds lines with their time to a file that only its owner can read', () => {
  const log = new Log(path);
  expect(log.add('first')).toBe(path);
  log.add('second');
  expect(readFileSync(path, 'utf8')).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z first\n\d{4}-\d\d-\d\dT[\d:.]+Z second\n$/);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

it('writes the same message once, and at most sixty messages a minute', () => {
  const log = new Log(path);
  for (let count = 0; count < 10; count += 1) log.add('the same');
  expect(readFileSync(path, 'utf8').split('\n')).toHaveLength(2);
  for (let count = 0; count < 200; count += 1) log.add(`line ${count}`);
  expect(readFileSync(path, 'utf8').split('\n')).toHaveLength(61);
});

it('does not throw where it cannot be written', () => {
  expect(new Log('/proc/nowhere/memtop.log').add('lost')).toBeUndefined();
  expect(new Log(undefined).add('lost')).toBeUndefined();
  chmodSync(folder, 0o777);
  expect(new Log(path).add('another user could lead it elsewhere')).toBeUndefined();
});
