// /proc/net/tcp and tcp6: the TCP sockets of a network namespace (proc_net(5), Documentation/networking/proc_net_tcp).
import { endianness } from 'node:os';

/** State 0A of include/net/tcp_states.h. */
const LISTEN = '0A';

/** `sl local_address rem_address st tx:rx tr:when retrnsmt uid timeout inode …`; addresses and ports in hexadecimal. */
const LINE =
  /^\s*\d+: ([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4}) ([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4}) ([0-9A-F]{2}) \S+ \S+ \S+ +(\d+) +\d+ (\d+) /;

/** Half of a connection. An IPv4 address that an IPv6 socket has is written as the IPv4 address. */
export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

/** A socket that accepts connections. */
export interface TcpListener extends Endpoint {
  /** Inode of the socket, the one in /proc/PID/fd. */
  readonly inode: string;
}

/** The sockets that accept connections, from the text of either file. */
export function parseTcpListeners(text: string): TcpListener[] {
  const listeners: TcpListener[] = [];
  for (const line of text.split('\n')) {
    const [, address, port, , , state, , inode] = LINE.exec(line) ?? [];
    if (state !== LISTEN || address === undefined || port === undefined || inode === undefined) continue;
    listeners.push({ address: addressOf(address), port: Number.parseInt(port, 16), inode });
  }
  return listeners;
}

/**
 * Inode of the socket at the `local` end of one connection, from the text of either file. It is 0 until the connection
 * is accepted; undefined when there is no such connection.
 */
export function findTcpConnection(text: string, local: Endpoint, remote: Endpoint): string | undefined {
  const ports = `:${hexadecimal(local.port)} `;
  for (const line of text.split('\n')) {
    if (!line.includes(ports)) continue;
    const [, address = '', port, otherAddress = '', otherPort, , , inode] = LINE.exec(line) ?? [];
    if (port !== hexadecimal(local.port) || otherPort !== hexadecimal(remote.port)) continue;
    if (addressOf(address) === canonical(local.address) && addressOf(otherAddress) === canonical(remote.address))
      return inode;
  }
  return undefined;
}

function hexadecimal(port: number): string {
  return port.toString(16).toUpperCase().padStart(4, '0');
}

/** The kernel prints each 32-bit word of an address as a number of this machine. */
function addressOf(digits: string): string {
  const bytes = Buffer.from(digits, 'hex');
  if (endianness() === 'LE') bytes.swap32();
  if (bytes.length === 4) return bytes.join('.');
  const groups = Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(index * 2).toString(16));
  return canonical(groups.join(':'));
}

/** One way to write each address: the shortest, and an IPv4 address for one that is mapped into IPv6. */
function canonical(address: string): string {
  if (!address.includes(':')) return address;
  const shortest = new URL(`http://[${address.replace(/%.*$/, '')}]`).hostname.slice(1, -1);
  const [, high, low] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(shortest) ?? [];
  if (high === undefined || low === undefined) return shortest;
  const [first, second] = [Number.parseInt(high, 16), Number.parseInt(low, 16)];
  return [first >> 8, first & 255, second >> 8, second & 255].join('.');
}
