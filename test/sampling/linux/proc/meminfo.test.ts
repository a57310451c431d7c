import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseMeminfo, systemMemory } from '../../../../src/sampling/linux/proc/meminfo.ts';

const kb = (value: number) => value * 1024;

test('what was printed is read again', () => {
  const label = fc.stringMatching(/^[A-Za-z][A-Za-z_0-9]{0,12}(\([a-z]{1,5}\))?$/);
  fc.assert(
    fc.property(fc.dictionary(label, fc.nat(), { noNullPrototype: true }), (values) => {
      const text = Object.entries(values).map(
        ([name, value]) => `${`${name}:`.padEnd(16)} ${String(value).padStart(8)} kB\n`,
      );
      expect(Object.fromEntries(parseMeminfo(text.join('')))).toEqual(
        Object.fromEntries(Object.entries(values).map(([name, value]) => [name, kb(value)])),
      );
    }),
  );
});

test('any text is read without an exception or an invalid number', () => {
  const piece = fc.constantFrom(
    'MemTotal:',
    'MemFree:',
    'Inactive(file):',
    '\n',
    ' ',
    '9',
    ' kB',
    '-',
    'x',
    '\0',
    '999999999',
  );
  fc.assert(
    fc.property(fc.string({ unit: piece }), (text) => {
      for (const value of Object.values(systemMemory(parseMeminfo(text), () => 0)))
        expect(value).toBeGreaterThanOrEqual(0);
    }),
  );
});

test('counts are not taken for kilobytes', () => {
  expect(parseMeminfo('HugePages_Total:       3\n').get('HugePages_Total')).toBe(3);
});

test('a line cut off in its number is left out when its unit is missing', () => {
  expect(systemMemory(parseMeminfo('MemTotal: 2045096 kB\nMemFree: 240120 kB\nBuf'), () => 0)).toEqual({
    total: kb(2045096),
    free: kb(240120),
  });
});

const OLD = `MemTotal: 10000 kB
MemFree: 1000 kB
Cached: 5000 kB
Active(file): 1500 kB
Inactive(file): 2500 kB
SReclaimable: 600 kB
Shmem: 100 kB
`;

test('before 3.14 available is free memory and what cache and slab can give above the low watermark', () => {
  expect(systemMemory(parseMeminfo(OLD), () => kb(200)).available).toBe(kb(1000 - 200 + (4000 - 200) + (600 - 200)));
});

test('no more than half of the cache is held back when the watermark is high', () => {
  expect(systemMemory(parseMeminfo(OLD), () => kb(800)).available).toBe(kb(1000 - 800 + (4000 - 800) + (600 - 300)));
});

test('available is never below nothing', () => {
  expect(systemMemory(parseMeminfo(OLD), () => kb(9000)).available).toBe(0);
});

test('before 2.6.28 the cache without shared memory stands for the file pages', () => {
  const text = 'MemTotal: 10000 kB\nMemFree: 1000 kB\nCached: 5000 kB\nShmem: 100 kB\n';
  expect(systemMemory(parseMeminfo(text), () => 0).available).toBe(kb(5900));
});

test('what the kernel says itself is taken before anything computed', () => {
  expect(systemMemory(parseMeminfo(`${OLD}MemAvailable: 7 kB\n`), () => kb(200)).available).toBe(kb(7));
});

test('without a figure for free memory nothing is said of what is available', () => {
  expect(systemMemory(parseMeminfo('MemTotal: 10000 kB\nCached: 5000 kB\n'), () => 0)).toEqual({
    total: kb(10000),
    cached: kb(5000),
  });
});
