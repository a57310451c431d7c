// One connection is held to its bounds: bytes of a line, bytes in all, and the time in which it must say who it is.
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { Agent } from '../../../src/agent/client/agent.ts';
import type { AgentAnswer } from '../../../src/agent/client/answer.ts';
import { Connection } from '../../../src/agent/client/connection.ts';
import { Intake } from '../../../src/agent/client/intake.ts';
import { startFakeAgent } from '../../helpers/fake-agent.ts';
import { until } from '../../helpers/until.ts';

const KIB = 1024;

let folder: string;
let path: string;
let server: Server;
let other: Socket | undefined;
let connection: Connection | undefined;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'memtop-test-'));
  path = join(folder, 'agent.sock');
  other = undefined;
  server = createServer((socket) => {
    other = socket;
    socket.on('error', () => undefined);
    socket.resume();
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
});

afterEach(async () => {
  connection?.close();
  other?.destroy();
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

/** A connection to the server, and what that sends through it. */
async function connected(intake = new Intake()): Promise<{ connection: Connection; send: (text: string) => void }> {
  const made = new Connection(path, undefined, intake);
  connection = made;
  await until(() => other !== undefined);
  return { connection: made, send: (text) => void other?.write(text) };
}

/** The answer to a request, as a line of N bytes, its newline not counted. */
function answerOf(id: number, bytes: number): string {
  const empty = JSON.stringify({ jsonrpc: '2.0', id, result: '' });
  return `${JSON.stringify({ jsonrpc: '2.0', id, result: 'x'.repeat(bytes - empty.length) })}\n`;
}

const cutOff = (fault: RegExp) => ({
  kind: 'closed',
  ending: { kind: 'misbehaved', sentence: expect.stringMatching(fault) },
});

describe('before an agent has identified itself', () => {
  it('a line of 16 KiB is read', async () => {
    const { connection: one, send } = await connected();
    const answer = one.ask('hello', { protocol: 1 });
    send(answerOf(1, 16 * KIB));
    expect((await answer).kind).toBe('result');
  });

  it('one byte more ends the connection, also without an end of line', async () => {
    const { connection: one, send } = await connected();
    const answer = one.ask('hello', { protocol: 1 });
    send('x'.repeat(16 * KIB + 1));
    expect(await answer).toEqual(cutOff(/a line of more than 16384 bytes/));
  });

  it('60 s of silence end it', async () => {
    const fake = await startFakeAgent(() => undefined);
    onTestFinished(() => fake.close());
    const agent = new Agent(fake.found, () => 2 ** 31);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    let trouble: { readonly kind: string } | undefined;
    void agent.greet().then((found) => {
      trouble = found;
    });
    vi.advanceTimersByTime(59_000);
    await new Promise((resolve) => setImmediate(resolve));
    expect(trouble).toBeUndefined();
    vi.advanceTimersByTime(2000);
    for (let turns = 0; trouble === undefined && turns < 1000; turns += 1)
      await new Promise((resolve) => setImmediate(resolve));
    expect(trouble).toMatchObject({ kind: 'silent' });
  });
});

describe('once it has', () => {
  it('a line of 256 KiB is read', async () => {
    const { connection: one, send } = await connected();
    one.trust();
    const answer = one.ask('stats', {});
    send(answerOf(1, 256 * KIB));
    expect((await answer).kind).toBe('result');
  });

  it('one byte more ends the connection', async () => {
    const { connection: one, send } = await connected();
    one.trust();
    const answer = one.ask('stats', {});
    send('x'.repeat(256 * KIB + 1));
    expect(await answer).toEqual(cutOff(/a line of more than 262144 bytes/));
  });

  it('more than 1 MiB at once ends it, even if each answer was well formed and requested', async () => {
    const { connection: one, send } = await connected();
    one.trust();
    // 64 KiB a second are added meanwhile: 6 MiB could not be allowed within a minute.
    const answers = Array.from({ length: 30 }, () => one.ask('stats', {}));
    for (const index of answers.keys()) send(answerOf(index + 1, 200 * KIB));
    const settled: AgentAnswer[] = await Promise.all(answers);
    expect(settled[0]?.kind).toBe('result');
    expect(settled.at(-1)).toEqual(cutOff(/sends more data than/));
  });

  it('what it sends and holds counts towards the total of all agents, until it has ended', async () => {
    const intake = new Intake();
    const receive = vi.spyOn(intake, 'receive');
    const hold = vi.spyOn(intake, 'hold');
    const forget = vi.spyOn(intake, 'forget');
    const { connection: one, send } = await connected(intake);
    const answer = one.ask('hello', { protocol: 1 });
    const line = answerOf(1, 5000);
    send(line.slice(0, 2000));
    await until(() => hold.mock.lastCall?.[1] === 2000);
    send(line.slice(2000));
    await answer;
    await until(() => hold.mock.lastCall?.[1] === 0);
    expect(receive.mock.calls.reduce((sum, [, bytes]) => sum + bytes, 0)).toBe(line.length);
    expect(forget).not.toHaveBeenCalled();
    one.close();
    expect(forget).toHaveBeenCalledWith(one);
  });

  it('is closed when all together hold too much and it the most', async () => {
    const intake = new Intake();
    const hold = vi.spyOn(intake, 'hold');
    const { connection: one, send } = await connected(intake);
    one.trust();
    const answer = one.ask('stats', {});
    send('x'.repeat(200 * KIB));
    await until(() => hold.mock.lastCall?.[1] === 200 * KIB);
    for (let index = 0; index < 82; index += 1) intake.hold({ cutOff: () => undefined }, 100 * KIB);
    expect(await answer).toEqual(cutOff(/the most data while all agents together exceeded the limit/));
  });
});
