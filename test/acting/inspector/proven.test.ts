import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { ownListeners } from '../../../src/acting/inspector/listeners.ts';
import { connectProven } from '../../../src/acting/inspector/proven.ts';
import { askInspector } from '../../../src/acting/inspector/session.ts';
import { Processes } from '../../../src/agent/client/finding/processes.ts';
import { freePort } from '../../helpers/free-port.ts';
import { Programs } from '../../helpers/programs.ts';

const processes = new Processes();
const programs = new Programs();
const servers: Server[] = [];
const sockets: Socket[] = [];

afterEach(async () => {
  await programs.end();
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const server of servers.splice(0)) server.close();
});

function listening(
  port: number,
  host: string,
  onConnection: (socket: Socket) => void = () => undefined,
): Promise<void> {
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    onConnection(socket);
  });
  servers.push(server);
  return new Promise((resolve) => server.listen(port, host, resolve));
}

const inspected = async (host: string, port: number) =>
  (await programs.startWith([`--inspect=${host}:${port}`], 'plain.cjs')).pid;

const theListener = (pid: number, port: number) => {
  const listener = ownListeners(processes, pid).find((one) => one.port === port);
  if (listener === undefined) throw new Error(`Process ${pid} does not listen on ${port}.`);
  return listener;
};

describe('the process that answers', () => {
  it('is the process that is meant, when two have their inspectors on one port of different addresses', async () => {
    const port = await freePort();
    const one = await inspected('127.0.0.1', port);
    const other = await inspected('127.0.0.2', port);
    for (const [pid, address] of [
      [one, '127.0.0.1'],
      [other, '127.0.0.2'],
    ] as const) {
      const listener = theListener(pid, port);
      expect(listener.address).toBe(address);
      expect(await askInspector(processes, pid, listener)).toMatchObject({ pid, listener: { address } });
    }
  });

  it('is not what listens on the same port of 127.0.0.1 when the inspector is on another address', async () => {
    const port = await freePort();
    let heard = 0;
    await listening(port, '127.0.0.1', (socket) =>
      socket.on('data', (bytes) => {
        heard += bytes.length;
      }),
    );
    const pid = await inspected('127.0.0.3', port);
    expect(await askInspector(processes, pid, theListener(pid, port))).toMatchObject({ pid });
    expect(heard).toBe(0);
  });

  it('is not accepted by the port alone: a listener of this test is not that of the program', async () => {
    const port = await freePort();
    await listening(port, '127.0.0.1');
    const { pid } = await programs.start('plain.cjs');
    const listener = { address: '127.0.0.1', port, inode: '1' };
    expect(await connectProven(processes, pid, listener, AbortSignal.timeout(2000))).toBeUndefined();
  });
});

it('an inspector that answers a byte at a time is given up after one deadline over the whole', async () => {
  const port = await freePort();
  await listening(port, '127.0.0.1', (socket) => {
    socket.write('HTTP/1.1 200 OK\r\nSlow: ');
    const timer = setInterval(() => socket.write('x'), 50);
    socket.on('close', () => clearInterval(timer));
  });
  const begun = performance.now();
  expect(await askInspector(processes, process.pid, theListener(process.pid, port), 700)).toBeUndefined();
  const taken = performance.now() - begun;
  // Not earlier: it would have been given up for what it answers.
  expect(taken).toBeGreaterThan(600);
  expect(taken).toBeLessThan(5000);
});
