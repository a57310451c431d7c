import { describe, expect, it } from 'vitest';
import { parseTcpListeners } from '../../../src/sampling/linux/net-tcp.ts';

const TEXT = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:240D 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 41083 1 0000000000000000 100 0 0 10 0
   1: 0100007F:240D 0100007F:C350 01 00000000:00000000 00:00000000 00000000     0        0 41090 1 0000000000000000 20 4 30 10 -1
   2: 00000000000000000000000001000000:1F90 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 5 1 0 100 0 0 10 0
`;

describe('/proc/net/tcp', () => {
  it('tells who listens, on IPv4 and IPv6, and leaves connections out', () => {
    expect(parseTcpListeners(TEXT)).toEqual([
      { port: 9229, inode: '41083' },
      { port: 8080, inode: '5' },
    ]);
  });

  it('tells nothing of what is cut off', () => {
    expect(parseTcpListeners(TEXT.slice(0, 180))).toEqual([]);
    expect(parseTcpListeners('')).toEqual([]);
  });
});
