// A connection to a listening socket of a process; before a byte is sent, memtop proves that this process accepted it.
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Processes } from '../../agent/client/finding/processes.ts';
import { type Endpoint, findTcpConnection, type TcpListener } from '../../sampling/linux/proc/net/tcp.ts';

/** Milliseconds between two readings while the connection waits to be accepted. */
const READ_EVERY = 5;

/**
 * Connects to the address of a listener. Two processes can listen on one port, each on an address of its own, so that
 * a port does not identify the process that answers: the socket at the other end of the connection must be open in the process.
 * Undefined when it is not, or is not accepted before `signal` aborts.
 */
export async function connectProven(
  processes: Processes,
  pid: number,
  listener: TcpListener,
  signal: AbortSignal,
): Promise<Socket | undefined> {
  const socket = await connected(reachable(listener), signal);
  if (socket === undefined) return undefined;
  if (await isAcceptedBy(processes, pid, socket, signal)) return socket;
  socket.destroy();
  return undefined;
}

/** An address to connect to: a listener on all addresses answers on loopback. */
export function reachable({ address, port }: Endpoint): Endpoint {
  if (address === '0.0.0.0') return { address: '127.0.0.1', port };
  return { address: address === '::' ? '::1' : address, port };
}

function connected({ address, port }: Endpoint, signal: AbortSignal): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(undefined);
    const socket = connect({ host: address, port });
    const end = () => {
      signal.removeEventListener('abort', end);
      socket.destroy();
      resolve(undefined);
    };
    signal.addEventListener('abort', end);
    socket.on('error', end);
    socket.once('connect', () => {
      signal.removeEventListener('abort', end);
      resolve(socket);
    });
  });
}

async function isAcceptedBy(processes: Processes, pid: number, socket: Socket, signal: AbortSignal): Promise<boolean> {
  const { localAddress = '', localPort = 0, remoteAddress = '', remotePort = 0 } = socket;
  const [ours, theirs] = [
    { address: localAddress, port: localPort },
    { address: remoteAddress, port: remotePort },
  ];
  while (!signal.aborted && !socket.destroyed) {
    const inode = ['net/tcp', 'net/tcp6']
      .map((file) => findTcpConnection(processes.file('self', file)?.toString('latin1') ?? '', theirs, ours))
      .find((found) => found !== undefined);
    // Until it is accepted the socket has no inode.
    if (inode !== undefined && inode !== '0') return processes.holdsSocket(pid, inode) === true;
    await pause(READ_EVERY);
  }
  return false;
}
