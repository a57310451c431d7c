import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { endianness, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { parseBootTime, parseUptime } from '../../../src/sampling/linux/machine/boot-time.ts';
import { parseDistribution } from '../../../src/sampling/linux/machine/os-release.ts';
import { parseAuxv } from '../../../src/sampling/linux/proc/auxv.ts';
import { parseLastPid } from '../../../src/sampling/linux/proc/loadavg.ts';
import { parseLowWatermark } from '../../../src/sampling/linux/proc/zoneinfo.ts';
import { descriptorLimit } from '../../../src/sampling/linux/processes/descriptors.ts';
import { parsePasswd, UserNames } from '../../../src/sampling/linux/processes/passwd.ts';

const lastPid = (text: string) => parseLastPid(Buffer.from(text), text.length);

test('the last pid is the last number of loadavg', () => {
  expect(lastPid('0.14 0.06 0.06 4/103 5616\n')).toBe(5616);
});

test('a loadavg without a pid, or with one of zero, tells none', () => {
  for (const text of ['', '\n', '5616', '0.14 0.06 0.06 4/103\n', '0.00 0.00 0.00 0/0 0\n', 'x']) {
    expect(lastPid(text), JSON.stringify(text)).toBeUndefined();
  }
});

test('the time of boot comes in milliseconds', () => {
  expect(parseBootTime('cpu  1 2\nbtime 1700000000\nprocesses 3\n')).toBe(1_700_000_000_000);
  expect(parseBootTime('cpu  1 2\n')).toBeUndefined();
  expect(parseUptime('123456.78 200000.00\n')).toBe(123_456_780);
  expect(parseUptime('soon\n')).toBeUndefined();
});

test('page size and clock tick are found in the auxiliary vector', () => {
  const words = [33n, 7n, 6n, 65536n, 17n, 250n, 0n, 0n];
  const bytes = Buffer.alloc(words.length * 8);
  for (const [at, word] of words.entries()) {
    if (endianness() === 'LE') bytes.writeBigUInt64LE(word, at * 8);
    else bytes.writeBigUInt64BE(word, at * 8);
  }
  expect(parseAuxv(bytes, 8)).toEqual({ pageSize: 65536, ticksPerSecond: 250 });
  expect(parseAuxv(bytes.subarray(0, 5), 8)).toEqual({ pageSize: 4096, ticksPerSecond: 100 });
});

test('a distribution goes by name and version', () => {
  expect(
    parseDistribution('PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nNAME="Debian GNU/Linux"\nVERSION_ID="12"\n'),
  ).toBe('Debian GNU/Linux 12');
  expect(parseDistribution('NAME="Arch Linux"\nID=arch\n')).toBe('Arch Linux');
  expect(parseDistribution("NAME='Joe\\'s'\nVERSION_ID=3\n")).toBe("Joe's 3");
  expect(parseDistribution('PRETTY_NAME=Only\n')).toBe('Only');
  expect(parseDistribution('\0\n=\nNAME=""\n')).toBeUndefined();
});

test('the low watermarks of all zones are added up', () => {
  expect(
    parseLowWatermark('Node 0\n  pages free 1\n        low      103\n  x\n        low      13975\n        lowmem 3\n'),
  ).toBe(14078);
  expect(parseLowWatermark('')).toBe(0);
});

test('the first name of a uid counts, and lines that are none do not', () => {
  const names = parsePasswd(
    'root:x:0:0::/:/bin/sh\ntoor:x:0:0::/:/bin/sh\n# comment\n+::::::\nada:x:1000:\nbad:x:-1:\n:x:5:\n',
  );
  expect([...names]).toEqual([
    [0, 'root'],
    [1000, 'ada'],
  ]);
});

test('a user added while watching gets a name after ten seconds', () => {
  const folder = mkdtempSync(join(tmpdir(), 'memtop-passwd-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'passwd');
  writeFileSync(file, 'root:x:0:0\n');
  const users = new UserNames(file);
  expect([users.nameOf(0, 0), users.nameOf(1000, 0)]).toEqual(['root', '1000']);
  writeFileSync(file, 'root:x:0:0\nada:x:1000:1000\n');
  utimesSync(file, 1, 1);
  expect(users.nameOf(1000, 9_000)).toBe('1000');
  expect(users.nameOf(1000, 10_000)).toBe('ada');
});

test('without a password database users go by their numbers', () => {
  expect(new UserNames('/nonexistent/passwd').nameOf(33, 0)).toBe('33');
});

test('no more than a quarter of the descriptors that a process may have is kept, and 508 at most', () => {
  const limits = (soft: string) =>
    `Limit  Soft Limit\nMax open files            ${soft}                 4096   files\n`;
  expect(descriptorLimit(limits('1024'))).toBe(256);
  expect(descriptorLimit(limits('1048576'))).toBe(508);
  expect(descriptorLimit(limits('unlimited'))).toBe(508);
  expect(descriptorLimit('')).toBe(0);
});
