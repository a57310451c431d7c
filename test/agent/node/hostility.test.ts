import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LIMITS } from '../../../src/agent/protocol/protocol.ts';
import { Bench, type Client, type Program, until } from './harness.ts';

const MB = 2 ** 20;
let bench: Bench;
let program: Program;

beforeAll(async () => {
  bench = await Bench.create();
});
afterAll(() => bench.dispose());
beforeEach(async () => {
  program = await bench.startReady(['-e', 'setInterval(() => {}, 1000); console.log("READY")']);
  return () => program.kill();
});

const connect = (): Promise<Client> => bench.client(bench.socketOf(program.pid));

/** The program runs, wrote nothing, answers, and is not fatter than it was by more than so much. */
const expectUnmoved = async (before: number, allowed: number): Promise<void> => {
  expect((await bench.ask(program, 'hello')).pid).toBe(program.pid);
  expect(program.child.exitCode).toBeNull();
  expect(program.stderr).toBe('');
  await bench.ask(program, 'collect');
  expect(program.rss() - before).toBeLessThan(allowed);
};

describe('a program does not notice', { timeout: 60_000 }, () => {
  it('a request that is longer than 64 KiB: it is answered and the connection closed', async () => {
    const client = await connect();
    client.send(`{"jsonrpc":"2.0","id":1,"method":"hello","params":{"x":"${'y'.repeat(LIMITS.requestBytes)}"}}`);
    await until('the connection to close', () => client.closed);
    expect(client.replies).toMatchObject([{ id: null, error: { code: -32002 } }]);
    await expectUnmoved(program.rss(), 20 * MB);
  });

  it('100 MB in one line', async () => {
    const before = program.rss();
    const client = await connect();
    const chunk = Buffer.alloc(MB, 'x');
    for (let count = 0; count < 100 && !client.closed; count += 1) client.socket.write(chunk);
    await until('the connection to close', () => client.closed);
    await expectUnmoved(before, 20 * MB);
  });

  it('a request of exactly 64 KiB, which is answered', async () => {
    const client = await connect();
    const frame = '{"jsonrpc":"2.0","id":1,"method":"hello","params":{"x":""}}';
    client.send(frame.replace('""', `"${'y'.repeat(LIMITS.requestBytes - frame.length)}"`));
    await until('a reply', () => client.replies.length === 1);
    expect(client.replies[0]).toHaveProperty('result');
  });

  it('lines that are no requests: each is answered and the connection stays', async () => {
    const client = await connect();
    for (const line of ['', 'GET / HTTP/1.1', '[]', '{"jsonrpc":"2.0","id":"x"}', '\u0000\u001b]0;x\u0007'])
      client.send(line);
    await until('five replies', () => client.replies.length === 5);
    expect(client.replies.map(({ error }) => error?.code)).toEqual([-32700, -32700, -32600, -32600, -32700]);
    expect(await client.ask('stats')).toHaveProperty('rss');
  });

  it('another version of the protocol and methods there are not', async () => {
    const client = await connect();
    expect((await client.call('hello', { protocol: 2 })).error?.code).toBe(-32001);
    expect((await client.call('hello', { protocol: '1' })).error?.code).toBe(-32001);
    expect((await client.call('evaluate', { expression: '1' })).error?.code).toBe(-32601);
    expect((await client.call('__proto__')).error?.code).toBe(-32601);
    expect((await client.call('subscribe', { events: ['gc', 'secrets'] })).error?.code).toBe(-32602);
    expect((await client.call('subscribe', { events: ['gc'], interval: 1 })).error?.code).toBe(-32602);
    expect(await client.ask('hello', { protocol: 1 })).toMatchObject({ protocol: 1 });
  });

  it('100 clients at once, all of which are answered', async () => {
    const before = program.rss();
    const clients = await Promise.all(Array.from({ length: 100 }, connect));
    const hellos = await Promise.all(clients.map((client) => client.ask('hello')));
    expect(new Set(hellos.map(({ pid }) => pid))).toEqual(new Set([program.pid]));
    for (const client of clients) client.close();
    await expectUnmoved(before, 25 * MB);
  });

  it('more clients than it serves: the rest are closed', async () => {
    const clients = await Promise.all(Array.from({ length: LIMITS.clients + 20 }, connect));
    // A memtop of another test may have a connection too, and so one of these less.
    await until('20 to be closed', () => clients.filter(({ closed }) => closed).length >= 20);
    for (const client of clients) client.close();
    const again = await connect();
    await until('room for another', () => again.closed || again.socket.writable);
    await expectUnmoved(program.rss(), 20 * MB);
  });

  it('a client that asks and never reads', async () => {
    const before = program.rss();
    const client = await connect();
    client.socket.pause();
    const request = '{"jsonrpc":"2.0","id":1,"method":"spaces"}\n'.repeat(1_000);
    for (let count = 0; count < 200; count += 1) client.socket.write(request);
    await until('the agent to stop reading', () => client.socket.writableLength > MB);
    await expectUnmoved(before, 20 * MB);
  });

  it('a client that subscribes and never reads', async () => {
    const client = await connect();
    await client.ask('subscribe', { events: ['stats', 'gc'], interval: 100 });
    client.socket.pause();
    await expectUnmoved(program.rss(), 20 * MB);
  });

  it('a client that goes in the middle of a line, of a collect, of a subscription', async () => {
    const [line, collect, subscribe] = await Promise.all([connect(), connect(), connect()]);
    line.socket.write('{"jsonrpc":"2.0","id":1,"meth');
    collect.send('{"jsonrpc":"2.0","id":1,"method":"collect"}');
    await subscribe.ask('subscribe', { events: ['gc', 'stats'], interval: 100 });
    for (const client of [line, collect, subscribe]) client.close();
    await expectUnmoved(program.rss(), 20 * MB);
  });

  it('a client that closes its half and still wants the answer', async () => {
    const client = await connect();
    client.socket.end('{"jsonrpc":"2.0","id":1,"method":"collect"}\n{"jsonrpc":"2.0","id":2,"method":"stats"}\n');
    await until('two answers', () => client.replies.length === 2);
    await until('the connection to close', () => client.closed);
  });

  it('a flood of requests sent a byte at a time', async () => {
    const client = await connect();
    client.socket.setNoDelay(true);
    for (const byte of '{"jsonrpc":"2.0","id":7,"method":"hello"}\n') client.socket.write(byte);
    await until('the answer', () => client.replies[0]?.id === 7);
  });
});
