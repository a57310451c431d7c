// /proc/net/tcp and tcp6: the TCP sockets of a network namespace (proc_net(5), Documentation/networking/proc_net_tcp).

/** State 0A of include/net/tcp_states.h. */
const LISTEN = '0A';

/** `sl local_address rem_address st tx:rx tr:when retrnsmt uid timeout inode …`; addresses and ports in hexadecimal. */
const LINE =
  /^\s*\d+: [0-9A-F]{8,32}:([0-9A-F]{4}) [0-9A-F]{8,32}:[0-9A-F]{4} ([0-9A-F]{2}) \S+ \S+ \S+ +\d+ +\d+ (\d+) /;

export interface TcpListener {
  readonly port: number;
  /** Inode of the socket, the one in /proc/PID/fd. */
  readonly inode: string;
}

/** The sockets that accept connections, from the text of either file. */
export function parseTcpListeners(text: string): TcpListener[] {
  const listeners: TcpListener[] = [];
  for (const line of text.split('\n')) {
    const [, port, state, inode] = LINE.exec(line) ?? [];
    if (state !== LISTEN || port === undefined || inode === undefined) continue;
    listeners.push({ port: Number.parseInt(port, 16), inode });
  }
  return listeners;
}
