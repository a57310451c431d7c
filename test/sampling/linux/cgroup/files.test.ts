// Numbers and places of memory cgroups, whatever stands in the files.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseLimit, parseUsage, statOf } from '../../../../src/sampling/linux/cgroup/files.ts';
import { containerIn, foldersOf, memoryMounts } from '../../../../src/sampling/linux/cgroup/mount.ts';
import { parsePressure } from '../../../../src/sampling/linux/cgroup/pressure.ts';

describe('numbers', () => {
  it('limits are bytes, none, or malformed', () => {
    expect(
      ['max\n', '9223372036854771712\n', '9223372036854710272\n', '0\n', '536870912\n', '-1\n', '', 'x'].map(
        parseLimit,
      ),
    ).toEqual(['none', 'none', 'none', 0, 536870912, undefined, undefined, undefined]);
  });

  it('a line of memory.stat is found by its whole name', () => {
    const text = 'inactive_file 5\ntotal_inactive_file 7\nlast 12';
    expect([statOf(text, 'inactive_file'), statOf(text, 'total_inactive_file')]).toEqual([5, 7]);
    expect([statOf(text, 'file'), statOf(text, 'last')]).toEqual([undefined, undefined]);
  });

  it('any text is a number of bytes or nothing', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        for (const parsed of [parseLimit(text), parseUsage(text), statOf(text, 'a')]) {
          if (parsed === undefined || parsed === 'none') continue;
          expect(parsed).toBeGreaterThanOrEqual(0);
        }
        parsePressure(text);
        memoryMounts(text);
        containerIn(text);
      }),
    );
  });
});

describe('folders', () => {
  const at = (root: string, path: string) =>
    foldersOf({ version: 2, folder: '/cg', root }, path)?.map((place) => `${place.path} ${place.folder}`);

  it.each([
    ['/', '/', ['/ /cg']],
    ['/', '/a/b', ['/a/b /cg/a/b', '/a /cg/a', '/ /cg']],
    ['/docker/x', '/docker/x/init', ['/docker/x/init /cg/init', '/docker/x /cg']],
    ['/docker/x', '/docker/y', undefined],
    ['/docker/x', '/docker', undefined],
    // Outside of our namespace, through a mount that does not reach there, and through one that does.
    ['/', '/../sibling', undefined],
    ['/..', '/../sibling', ['/../sibling /cg/sibling', '/.. /cg']],
    ['/../..', '/', undefined],
  ])('of a mount of %s for %s', (root, path, expected) => {
    expect(at(root, path)).toEqual(expected);
  });

  it('never leave the mount', () => {
    const segment = fc.constantFrom('a', 'b', '..', '.', 'docker');
    const path = fc.array(segment).map((segments) => `/${segments.join('/')}`);
    fc.assert(
      fc.property(path, path, (root, given) => {
        for (const { folder } of foldersOf({ version: 1, folder: '/cg', root }, given) ?? []) {
          expect(folder === '/cg' || folder.startsWith('/cg/')).toBe(true);
        }
      }),
    );
  });
});

it('mounts are found between optional fields, escapes undone, version 1 before version 2', () => {
  const text = [
    '31 23 0:28 / /sys/fs/cgroup\\040x rw shared:4 master:1 - cgroup2 cgroup2 rw',
    '32 23 0:29 / /mem rw - cgroup cgroup rw,cpu,memory',
    '33 23 0:29 / /cpu rw - cgroup cgroup rw,cpu',
  ];
  expect(memoryMounts(text.join('\n'))).toEqual([{ version: 1, folder: '/mem', root: '/' }]);
  expect(memoryMounts(text[0] as string)).toEqual([{ version: 2, folder: '/sys/fs/cgroup x', root: '/' }]);
});
