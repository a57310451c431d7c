import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SampleHeapResult } from '../../../../src/agent/protocol/protocol.ts';
import { Bench, type Client } from '../harness.ts';

const LEAKS = join(import.meta.dirname, '../../../fixtures/leaks/node');
let bench: Bench;

beforeAll(async () => {
  bench = await Bench.create();
});
afterAll(() => bench.dispose());

describe('what holds a leak in worker threads', { timeout: 120_000 }, () => {
  it('is named with its thread, and counted together where two have the same', async () => {
    const program = await bench.startReady([join(LEAKS, 'in-workers.cjs')]);
    const client = await bench.client(bench.socketOf(program.pid));
    const { containers, note } = await client.ask('growingContainers', { seconds: 2 });
    expect(note).toBeUndefined();
    const named = JSON.stringify(containers);
    expect(containers[0], named).toMatchObject({ name: '2 workers: in-workers.cjs: seen', type: 'Map' });
    expect(containers[0]?.grown).toBeGreaterThan(100);
    expect(
      containers.map(({ name }) => name),
      named,
    ).toContain('2 workers: in-workers.cjs: index');
    const { lines, bytes } = await client.ask('sampleHeap', { seconds: 2 });
    expect(lines[0]).toMatchObject({ file: join(LEAKS, 'in-workers.cjs'), line: 11, function: 'remember' });
    expect(lines[0]?.bytes).toBeGreaterThan((bytes ?? 0) / 2);
    expect(program.stderr).toBe('');
  });

  it('is unknown for a thread without an agent, with a note', async () => {
    const script = `
      const { Worker } = require('node:worker_threads');
      const kept = []; setInterval(() => { for (let count = 0; count < 20; count += 1) kept.push({}); }, 5);
      new Worker('setInterval(() => {}, 1000)', { eval: true, execArgv: [], env: {} }).once('online', () => console.log('READY'));`;
    const program = await bench.startReady(['-e', script]);
    const { containers, note } = await bench.ask(program, 'growingContainers', { seconds: 1 });
    expect(containers[0]).toMatchObject({ name: 'kept', type: 'Array' });
    expect(note).toBe('1 worker thread was not looked into: busy, just starting, or without an agent.');
  });

  it('is watched for no longer than the client stays', async () => {
    const program = await bench.startReady([join(LEAKS, 'in-workers.cjs'), '1']);
    const first = await bench.client(bench.socketOf(program.pid));
    first.send(JSON.stringify({ jsonrpc: '2.0', id: 9, method: 'sampleHeap', params: { seconds: 300 } }));
    await first.ask('hello', { protocol: 1 });
    first.close();
    const second = await bench.client(bench.socketOf(program.pid));
    expect(await untilAllAnswer(second)).toMatchObject({
      lines: expect.arrayContaining([expect.objectContaining({ function: 'remember' })]),
    });
    second.close();
  });
});

/** Agents hear a moment later that a client is gone: until then the main thread refuses, or a worker does. */
async function untilAllAnswer(client: Client): Promise<SampleHeapResult> {
  for (;;) {
    const { result } = await client.call('sampleHeap', { seconds: 1 });
    const answer = result as SampleHeapResult | undefined;
    if (answer !== undefined && answer.note === undefined) return answer;
  }
}
