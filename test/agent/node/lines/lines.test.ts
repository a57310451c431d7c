import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Bench, until } from '../harness.ts';

const LEAKS = join(import.meta.dirname, '../../../fixtures/leaks/node');
let bench: Bench;

beforeAll(async () => {
  bench = await Bench.create();
});
afterAll(() => bench.dispose());

const startLeak = () => bench.startReady([join(LEAKS, 'map-in-module.cjs')]);

describe('what holds a leak', { timeout: 120_000 }, () => {
  it('is named by the container that grows and the function that fills it', async () => {
    const program = await startLeak();
    const client = await bench.client(bench.socketOf(program.pid));
    const [{ containers }, { lines, bytes }] = await Promise.all([
      client.ask('growingContainers', { seconds: 4 }),
      client.ask('sampleHeap', { seconds: 4 }),
    ]);
    expect(containers[0]).toMatchObject({ name: 'map-in-module.cjs: seen', type: 'Map' });
    expect(containers[0]?.grown).toBeGreaterThan(100);
    expect(containers[0]?.entries).toBeGreaterThanOrEqual(containers[0]?.grown ?? 0);
    expect(lines[0]).toMatchObject({ file: join(LEAKS, 'map-in-module.cjs'), line: 4, function: 'remember' });
    expect(lines[0]?.stack[0]).toBe(`work (${join(LEAKS, 'map-in-module.cjs')}:9)`);
    expect(lines[0]?.bytes).toBeGreaterThan((bytes ?? 0) / 2);
    expect(program.stderr).toBe('');
  });

  it('is watched for once at a time, and again after a client that went away', async () => {
    const program = await startLeak();
    const first = await bench.client(bench.socketOf(program.pid));
    const second = await bench.client(bench.socketOf(program.pid));
    for (const method of ['sampleHeap', 'growingContainers'] as const) {
      first.send(JSON.stringify({ jsonrpc: '2.0', id: 99, method, params: { seconds: 300 } }));
    }
    await first.ask('hello', { protocol: 1 });
    for (const method of ['sampleHeap', 'growingContainers']) {
      expect((await second.call(method, { seconds: 1 })).error?.code).toBe(-32004);
    }
    first.close();
    for (const method of ['sampleHeap', 'growingContainers']) {
      const answer = await untilAnswered(second, method);
      expect((answer as { seconds: number }).seconds).toBeGreaterThan(0.5);
    }
  });

  it('leaves no global behind, and takes only whole seconds', async () => {
    const script = `
      const before = new Set(Reflect.ownKeys(globalThis));
      const kept = []; setInterval(() => kept.push({}), 5);
      process.on('SIGUSR2', () => console.log('GLOBALS', Reflect.ownKeys(globalThis).filter((key) => !before.has(key)).length));
      console.log('READY');`;
    const program = await bench.startReady(['-e', script]);
    const client = await bench.client(bench.socketOf(program.pid));
    await Promise.all([client.ask('growingContainers', { seconds: 1 }), client.ask('sampleHeap', { seconds: 1 })]);
    program.child.kill('SIGUSR2');
    await until('the number of globals', () => program.stdout.includes('GLOBALS'));
    expect(program.stdout).toContain('GLOBALS 0');
    for (const seconds of [0, 301, 1.5, '1', null]) {
      expect((await client.call('sampleHeap', { seconds })).error?.code).toBe(-32602);
    }
  });

  it('releases what it searched: the program can free it', async () => {
    const script = `
      let kept = new Map(); const gone = new WeakRef(kept);
      let number = 0; const filling = setInterval(() => { if (kept !== undefined) for (let i = 0; i < 50; i++) kept.set(number++, {}); }, 5);
      process.on('SIGUSR2', () => { kept = undefined; clearInterval(filling); setTimeout(() => { gc(); setImmediate(() => { gc(); console.log('GONE', gone.deref() === undefined); }); }, 10); setInterval(() => {}, 1000); });
      console.log('READY');`;
    const program = await bench.startReady(['-e', script], { flags: ['--expose-gc'] });
    const { containers } = await bench.ask(program, 'growingContainers', { seconds: 1 });
    expect(containers.map(({ type }) => type)).toContain('Map');
    program.child.kill('SIGUSR2');
    await until('whether it is gone', () => program.stdout.includes('GONE'));
    expect(program.stdout).toContain('GONE true');
  });

  it('is refused in a program whose heap another profiler samples', async () => {
    const script = `
      const { Session } = require('inspector'); const session = new Session(); session.connect();
      session.post('HeapProfiler.startSampling', () => console.log('READY')); setInterval(() => {}, 1000);`;
    const program = await bench.startReady(['-e', script]);
    const client = await bench.client(bench.socketOf(program.pid));
    const { error } = await client.call('sampleHeap', { seconds: 1 });
    expect(error).toMatchObject({ code: -32004, message: expect.stringContaining('Another profiler') });
  });
});

/** The agent hears a moment later that a client is gone. */
async function untilAnswered(client: Awaited<ReturnType<Bench['client']>>, method: string): Promise<unknown> {
  for (;;) {
    const { result, error } = await client.call(method, { seconds: 1 });
    if (error === undefined) return result;
    expect(error.code).toBe(-32004);
  }
}
