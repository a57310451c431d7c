import { expect, test } from 'vitest';
import { isBelow, remoteMounts } from '../../../../src/sampling/linux/reading/remote-mounts.ts';

const line = (folder: string, kind: string) => `36 35 0:31 / ${folder} rw,nosuid shared:9 - ${kind} source rw`;
const found = (...lines: string[]) => [...remoteMounts(`${lines.join('\n')}\n`, '/proc')];

test('files that FUSE, NFS or anything unknown answers for are found below the tree', () => {
  expect(
    found(line('/proc', 'proc'), line('/proc/meminfo', 'fuse.lxcfs'), line('/proc/7', 'nfs4'), line('/proc/8', 'new')),
  ).toEqual(['/proc/meminfo', '/proc/7', '/proc/8']);
});

test('file systems of the kernel itself do not count, and neither do mounts elsewhere', () => {
  expect(
    found(line('/proc', 'proc'), line('/proc/kcore', 'tmpfs'), line('/procession', 'fuse'), line('/mnt', 'nfs')),
  ).toEqual([]);
});

test('what is mounted last on a file is what answers', () => {
  expect(found(line('/proc/stat', 'fuse.lxcfs'), line('/proc/stat', 'proc'))).toEqual([]);
});

test('a tree that lies on a network file system as a whole was chosen by the user', () => {
  expect(found(line('/proc', 'fuse.sshfs'))).toEqual([]);
});

test('blanks in a folder, which mountinfo escapes, are read', () => {
  expect([...remoteMounts(line('/a\\040b/7/cmdline', 'fuse'), '/a b')]).toEqual(['/a b/7/cmdline']);
});

test.each([
  ['/proc/7', true],
  ['/proc/7/stat', true],
  ['/proc/77/stat', false],
  ['/proc', false],
])('a mount on /proc/7 has %s below it: %s', (path, expected) => {
  expect(isBelow(new Set(['/proc/7']), path)).toBe(expected);
});
