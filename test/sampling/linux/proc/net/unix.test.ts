import { describe, expect, it } from 'vitest';
import { parseListeners } from '../../../../../src/sampling/linux/proc/net/unix.ts';

const HEAD = 'Num       RefCount Protocol Flags    Type St Inode Path\n';
const listeners = (text: string) => parseListeners(Buffer.from(HEAD + text), '/memtop');

describe('/proc/net/unix', () => {
  it('tells listeners under a name, and not the connections made to them', () => {
    const text =
      '000000008e1abf48: 00000002 00000000 00010000 0001 01 41083 /tmp/memtop-0/123.sock\n' +
      '0000000037fe2f58: 00000003 00000000 00000000 0001 03 41084 /tmp/memtop-0/123.sock\n' +
      '00000000f8df6fad: 00000003 00000000 00000000 0001 03  1058\n' +
      '00000000f59d4285: 00000002 00000000 00010000 0001 01  1057 /run/systemd/private\n' +
      '00000000f59d4286: 00000002 00000000 00010000 0002 01  1059 /tmp/memtop-0/5.sock\n';
    expect(listeners(text)).toEqual([{ inode: '41083', path: '/tmp/memtop-0/123.sock' }]);
  });

  it('reads a path with spaces whole, and one without a newline behind it', () => {
    expect(listeners('0: 00000002 00000000 00010000 0001 01 7 /home/a b/memtop/1.sock')).toEqual([
      { inode: '7', path: '/home/a b/memtop/1.sock' },
    ]);
  });

  it('passes over abstract names and lines that are cut off', () => {
    expect(listeners('0: 00000002 00000000 00010000 0001 01 7 @/memtop/1.sock\n')).toEqual([]);
    expect(listeners('00010000 0001 01 7 /memtop/1.sock\n')).toEqual([]);
    expect(parseListeners(Buffer.alloc(0), '/memtop')).toEqual([]);
  });

  it('takes a name with newlines for the lines it forges, and for nothing worse', () => {
    const forged =
      '0: 00000002 00000000 00010000 0001 01 7 /tmp/x\n1: 00000002 00000000 00010000 0001 01 8 /tmp/memtop/1.sock\n';
    expect(listeners(forged)).toEqual([{ inode: '8', path: '/tmp/memtop/1.sock' }]);
  });
});
