import { endianness } from 'node:os';
import { describe, expect, it } from 'vitest';
import { findTcpConnection, parseTcpListeners } from '../../../../../src/sampling/linux/proc/net/tcp.ts';

const V4 = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:240D 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4242 1 0 100 0 0 10 0
   1: 0200007F:240D 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 4243 1 0 100 0 0 10 0
   2: 0100007F:240D 0100007F:C001 01 00000000:00000000 00:00000000 00000000     0        0 77 1 0 20 4 30 10 -1
   3: 0100007F:240D 0200007F:C001 01 00000000:00000000 00:00000000 00000000     0        0 78 1 0 20 4 30 10 -1
   4: 0100007F:240D 0100007F:C002 03 00000000:00000000 00:00000000 00000000     0        0 0 1 0 20 4 30 10 -1
`;
const V6 = `  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 00000000000000000000000000000000:240D 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 90 1 0 100 0 0 10 0
   1: 00000000000000000000000001000000:240D 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 91 1 0 100 0 0 10 0
   2: 0000000000000000FFFF00000100007F:240D 0000000000000000FFFF00000100007F:C003 01 00000000:00000000 00:00000000 00000000     0        0 92 1 0 100 0 0 10 0
`;

describe.skipIf(endianness() !== 'LE')('/proc/net/tcp', () => {
  it('tells listeners on one port of different addresses apart', () => {
    expect(parseTcpListeners(V4)).toEqual([
      { address: '127.0.0.1', port: 9229, inode: '4242' },
      { address: '127.0.0.2', port: 9229, inode: '4243' },
    ]);
  });

  it('has IPv6 addresses in their shortest form', () => {
    expect(parseTcpListeners(V6).map(({ address }) => address)).toEqual(['::', '::1']);
  });

  it('tells connections with the same two ports apart by their addresses', () => {
    const local = { address: '127.0.0.1', port: 9229 };
    expect(findTcpConnection(V4, local, { address: '127.0.0.1', port: 0xc001 })).toBe('77');
    expect(findTcpConnection(V4, local, { address: '127.0.0.2', port: 0xc001 })).toBe('78');
  });

  it('has no inode for one that is not accepted yet', () => {
    expect(findTcpConnection(V4, { address: '127.0.0.1', port: 9229 }, { address: '127.0.0.1', port: 0xc002 })).toBe(
      '0',
    );
  });

  it('knows an IPv4 connection of an IPv6 socket by its IPv4 addresses', () => {
    expect(
      findTcpConnection(V6, { address: '127.0.0.1', port: 9229 }, { address: '::ffff:127.0.0.1', port: 0xc003 }),
    ).toBe('92');
  });

  it.each(['', 'nonsense', '   0: ZZZZ', V4.slice(0, 150)])('takes nothing from %j', (text) => {
    expect(parseTcpListeners(text)).toEqual([]);
  });
});
