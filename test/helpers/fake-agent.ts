// An agent that does what a test tells it to: in this very process, at a socket in a folder that only the test knows.
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FoundAgent } from '../../src/agent/client/finding/found.ts';

export interface FakeRequest {
  readonly id: number;
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
}

export interface FakeAgent {
  readonly found: FoundAgent;
  readonly folder: string;
  readonly path: string;
  /** Requests so far, in order. */
  readonly requests: readonly FakeRequest[];
  close(): Promise<void>;
}

/** Answers one request: with a result, or by itself on the socket when it returns undefined. */
export type Script = (request: FakeRequest, socket: Socket) => unknown;

const MB = 2 ** 20;

export const HELLO = {
  protocol: 1,
  agent: '0.1.0',
  runtime: 'node',
  version: '22.1.0',
  pid: process.pid,
  ppid: process.ppid,
  title: 'fake',
  capabilities: [],
} as const;

export const STATS = {
  rss: 60 * MB,
  heapUsed: 20 * MB,
  heapTotal: 30 * MB,
  heapLimit: 4096 * MB,
  external: MB,
  uptime: 1000,
};

/** Field 22 of our own stat. */
export function ownStartTime(): number {
  const stat = readFileSync('/proc/self/stat', 'latin1');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]);
}

/** What an honest agent answers; a script may fall back to it. */
export function honest({ method }: FakeRequest): unknown {
  if (method === 'hello') return { ...HELLO, start: ownStartTime() };
  if (method === 'stats') return STATS;
  if (method === 'collect') {
    const step = { name: 'last-resort', ms: 5, rss: 40 * MB };
    const after = { ...STATS, rss: 40 * MB, heapUsed: 4 * MB };
    return { level: 'reclaim', ms: 5, rounds: 1, steps: [step], before: STATS, after };
  }
  return {};
}

export async function startFakeAgent(script: Script = honest): Promise<FakeAgent> {
  const root = mkdtempSync(join(tmpdir(), 'memtop-test-'));
  // By this name no memtop of another test finds it: its requests are those of this test alone.
  const folder = join(root, 'agent');
  mkdirSync(folder, { mode: 0o700 });
  const path = join(folder, `${process.pid}.sock`);
  const requests: FakeRequest[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    let rest = '';
    socket.on('data', (chunk) => {
      const lines = (rest + chunk.toString()).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const request = JSON.parse(line) as FakeRequest;
        requests.push(request);
        const result = script(request, socket);
        if (result !== undefined) socket.write(`${JSON.stringify({ jsonrpc: '2.0', id: request.id, result })}\n`);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  const found: FoundAgent = {
    ...{ pid: process.pid, startTime: ownStartTime(), innerPid: process.pid },
    ...{ uid: process.getuid?.() ?? 0, prefix: '', folder, inode: '1' },
  };
  return {
    found,
    folder,
    path,
    requests,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      rmSync(root, { recursive: true, force: true });
    },
  };
}
