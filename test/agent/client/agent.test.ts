import type { Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { Agent } from '../../../src/agent/client/agent.ts';
import { checkStats } from '../../../src/agent/client/replies.ts';
import {
  type FakeAgent,
  type FakeRequest,
  HELLO,
  honest,
  ownStartTime,
  type Script,
  STATS,
  startFakeAgent,
} from '../../helpers/fake-agent.ts';
import { until } from '../../helpers/until.ts';

const VIRTUAL = 2 ** 31;
const SOON = 200;

let fake: FakeAgent;
let agent: Agent;

async function meet(script?: Script, change: Partial<FakeAgent['found']> = {}): Promise<Agent> {
  fake = await startFakeAgent(script);
  agent = new Agent({ ...fake.found, ...change }, () => VIRTUAL);
  return agent;
}

/** Answers `stats` by itself, and everything else honestly. */
function onStats(answer: (request: FakeRequest, socket: Socket) => unknown): Script {
  return (request, socket) => (request.method === 'stats' ? answer(request, socket) : honest(request));
}

const stats = (timeout?: number) => agent.request('stats', {}, checkStats, timeout);

afterEach(async () => {
  agent?.close();
  await fake?.close();
});

describe('an agent', () => {
  it('identifies itself and reports its numbers', async () => {
    await meet();
    await agent.refresh({ gc: false });
    expect(agent.hello).toMatchObject({ runtime: 'node', version: '22.1.0', title: 'fake' });
    expect(agent.heap).toEqual({
      ...{ runtime: 'node', used: STATS.heapUsed, total: STATS.heapTotal },
      ...{ limit: STATS.heapLimit, external: STATS.external },
    });
  });

  it('gets one request for numbers at a time', async () => {
    await meet(onStats(() => undefined));
    const first = agent.refresh({ gc: false });
    await until(() => fake.requests.some(({ method }) => method === 'stats'));
    expect(agent.refresh({ gc: false })).toBe(first);
    expect(fake.requests.filter(({ method }) => method === 'stats')).toHaveLength(1);
  });

  it('stays connected however long its program is blocked, and answers everything once it is not', async () => {
    const held: (() => void)[] = [];
    let isBlocked = true;
    await meet((request, socket) => {
      if (request.method === 'hello') return honest(request);
      const result = honest(request);
      const answer = () => socket.write(`${JSON.stringify({ jsonrpc: '2.0', id: request.id, result })}\n`);
      if (isBlocked) held.push(() => answer());
      else answer();
      return undefined;
    });
    const collecting = agent.request('collect', { level: 'reclaim', maxRounds: 4 }, (value) => ({ value }), 60_000);
    await until(() => held.length === 1);
    const requested = Array.from({ length: 40 }, () => stats(60_000));
    // Those beyond what a connection may owe are told at once, long before their timeout is over.
    const beyond = await Promise.all(requested.slice(31));
    expect(beyond.map((outcome) => 'trouble' in outcome && outcome.trouble.kind)).toEqual(Array(9).fill('busy'));
    expect(agent.trouble).toBeUndefined();
    await until(() => held.length === 32);
    isBlocked = false;
    for (const answer of held) answer();
    expect(await collecting).toHaveProperty('value.level', 'reclaim');
    for (const outcome of await Promise.all(requested.slice(0, 31))) expect(outcome).toHaveProperty('value.heapUsed');
    expect(await stats()).toHaveProperty('value.heapUsed');
  });

  it('counts collections only while they are requested', async () => {
    await meet();
    await agent.refresh({ gc: true });
    await agent.refresh({ gc: true });
    await agent.refresh({ gc: false });
    expect(fake.requests.map(({ method }) => method)).toEqual([
      'hello',
      'subscribe',
      'stats',
      'stats',
      'unsubscribe',
      'stats',
    ]);
  });

  it('that does not answer is busy, with how long, and well again once it does', async () => {
    const release: (() => void)[] = [];
    await meet(
      onStats((request, socket) => {
        release.push(() => socket.write(`${JSON.stringify({ jsonrpc: '2.0', id: request.id, result: STATS })}\n`));
      }),
    );
    const begun = Date.now();
    const refreshed = agent.refresh({ gc: false });
    const outcome = await stats(SOON);
    expect(outcome).toMatchObject({ trouble: { kind: 'busy' } });
    if ('trouble' in outcome) expect(Math.abs((outcome.trouble.busySince ?? 0) - begun)).toBeLessThan(1000);
    await until(() => agent.busySince !== undefined);
    expect(agent.heap).toMatchObject({ runtime: 'node', busySince: expect.any(Number) });
    for (const answer of release) answer();
    await refreshed;
    expect(agent.heap).toMatchObject({ used: STATS.heapUsed });
  });

  it('refuses with its own sentence, cleaned, and accepts further requests', async () => {
    await meet(
      onStats((request, socket) => {
        const error = { code: -32603, message: '\u001b]52;c;AAAA\u0007failed\u202e' };
        socket.write(`${JSON.stringify({ jsonrpc: '2.0', id: request.id, error })}\n`);
      }),
    );
    expect(await stats()).toEqual({ trouble: { kind: 'error', sentence: 'Agent error: ]52;c;AAAAfailed' } });
    expect(agent.trouble).toBeUndefined();
  });

  it('loses the escape sequences from every text it sends', async () => {
    const title = '\u001b[2J\u0007evil\u009b31m\u202e';
    await meet((request) =>
      request.method === 'hello' ? { ...HELLO, start: ownStartTime(), title, version: '\u001b[1m9' } : honest(request),
    );
    await agent.greet();
    expect(agent.hello).toMatchObject({ title: '[2Jevil31m', version: '[1m9' });
  });
});

describe('an agent that is not the expected one', () => {
  it.each<[string, object]>([
    ['another version of the protocol', { protocol: 2 }],
    ['another pid', { pid: 1 }],
    ['another start: the pid was used before', { start: 12345 }],
    ['no start', { start: undefined }],
    ['an unknown runtime', { runtime: 'perl' }],
    ['a PID that is not a number', { pid: '7' }],
  ])('is refused for %s', async (_, lie) => {
    await meet(() => ({ ...HELLO, start: ownStartTime(), ...lie }));
    expect(await agent.greet()).toMatchObject({ kind: 'refused' });
    expect(agent.heap).toBeUndefined();
  });

  it('is refused when its folder is accessible to other users', async () => {
    await meet();
    const { chmodSync } = await import('node:fs');
    chmodSync(fake.folder, 0o755);
    expect(await agent.greet()).toEqual({
      kind: 'refused',
      sentence: 'Rejected: the folder is accessible to other users.',
    });
    expect(fake.requests).toEqual([]);
  });
});

describe('an agent that reports impossible numbers', () => {
  it.each<[string, object]>([
    ['negative', { heapUsed: -1 }],
    ['larger than all it has mapped', { heapUsed: 2 ** 40 }],
    ['no numbers', { heapUsed: '20' }],
    ['no numbers in JSON either', { external: [] }],
    ['beyond any address space', { heapLimit: 1e300 }],
    ['missing', { rss: null }],
  ])('is refused when they are %s', async (_, lie) => {
    await meet(onStats(() => ({ ...STATS, ...lie })));
    expect(await stats()).toMatchObject({ trouble: { kind: 'refused' } });
    expect(agent.trouble?.sentence).toMatch(/^Answer rejected: its \w+ is impossible\.$/);
  });
});

describe('an agent that breaks the protocol', () => {
  it.each<[string, string]>([
    ['wrong JSON', '{"jsonrpc":"2.0",\n'],
    ['an empty line', '\n'],
    ['JSON that is not a message', '[1,2,3]\n'],
    ['another version of JSON-RPC', '{"jsonrpc":"1.0","id":2,"result":{}}\n'],
    ['an answer without an id', '{"jsonrpc":"2.0","result":{}}\n'],
    ['neither a result nor an error', '{"jsonrpc":"2.0","id":2}\n'],
    ['invalid UTF-8', '\u{fffd}\n'],
  ])('by %s is not listened to any more', async (_, text) => {
    await meet(onStats((_request, socket) => void socket.write(text)));
    expect(await stats()).toMatchObject({ trouble: { kind: 'misbehaved' } });
    expect(agent.trouble).toMatchObject({ kind: 'misbehaved' });
    expect(await stats()).toMatchObject({ trouble: { kind: 'misbehaved' } });
  });

  it('by 100 MB in one line is dropped long before they have come', async () => {
    let sent = 0;
    await meet(
      onStats((_request, socket) => {
        const chunk = Buffer.alloc(2 ** 20, 'x');
        const more = () => {
          if (sent >= 100 || socket.destroyed) return;
          sent += 1;
          socket.write(chunk, more);
        };
        more();
      }),
    );
    expect(await stats(10_000)).toMatchObject({ trouble: { kind: 'misbehaved' } });
    expect(sent).toBeLessThan(20);
  });

  it('by a flood of unrequested well-formed events ends the connection', async () => {
    await meet(
      onStats((_request, socket) => {
        const line = `${JSON.stringify({ jsonrpc: '2.0', method: 'event', params: { time: 1 } })}\n`;
        socket.write(line.repeat(5000));
      }),
    );
    expect(await stats(10_000)).toMatchObject({ trouble: { kind: 'misbehaved' } });
  });

  it('by half a line and silence delays no other request', async () => {
    await meet(onStats((_request, socket) => void socket.write('{"jsonrpc":"2.0","id":2,"res')));
    expect(await stats(SOON)).toMatchObject({ trouble: { kind: 'busy' } });
  });

  it('by a line of a thousand small pieces is still understood', async () => {
    await meet(
      onStats((request, socket) => {
        const text = `${JSON.stringify({ jsonrpc: '2.0', id: request.id, result: { ...STATS, note: 'ü'.repeat(500) } })}\n`;
        const bytes = Buffer.from(text);
        socket.setNoDelay(true);
        for (let at = 0; at < bytes.length; at += 3) socket.write(bytes.subarray(at, at + 3));
      }),
    );
    expect(await stats()).toMatchObject({ value: { rss: STATS.rss } });
  });
});

describe('an agent that ends', () => {
  it('in the middle of an answer is gone', async () => {
    await meet(onStats((_request, socket) => void socket.destroy()));
    expect(await stats()).toMatchObject({ trouble: { kind: 'gone' } });
  });

  it('before it was connected to is unreachable', async () => {
    await meet();
    const { path } = fake;
    await fake.close();
    const { mkdirSync } = await import('node:fs');
    mkdirSync(fake.folder, { recursive: true, mode: 0o700 });
    const { createServer } = await import('node:net');
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(path, resolve));
    const { renameSync } = await import('node:fs');
    renameSync(path, `${path}.kept`);
    await new Promise((resolve) => server.close(resolve));
    renameSync(`${path}.kept`, path);
    expect(await agent.greet()).toMatchObject({ kind: 'unreachable', sentence: 'No process listens on its socket.' });
  });
});
