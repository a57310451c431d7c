import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Bench, PROGRAMS, until } from '../harness.ts';

const MB = 2 ** 20;
const MEGABYTES = '40';
const fixture = (name: string, ...args: string[]): string[] => [join(PROGRAMS, name), ...args];
let bench: Bench;

beforeAll(async () => {
  bench = await Bench.create();
});
afterAll(() => bench.dispose());

describe('a collect', { timeout: 60_000 }, () => {
  it('at level reclaim gives a dropped object graph back to the system', async () => {
    const program = await bench.startReady(fixture('dropped-objects.cjs', MEGABYTES));
    const { level, before, after, rounds, steps, ms } = await bench.ask(program, 'collect');
    expect(level).toBe('reclaim');
    expect((before.heapUsed ?? 0) - (after.heapUsed ?? 0)).toBeGreaterThan(30 * MB);
    expect(before.rss - after.rss).toBeGreaterThan(30 * MB);
    expect(rounds).toBe(steps.filter(({ name }) => name === 'last-resort').length);
    expect(Math.min(...steps.map(({ held }) => held ?? Number.NaN))).toBeLessThan(20 * MB);
    expect(rounds).toBeGreaterThanOrEqual(1);
    expect(rounds).toBeLessThanOrEqual(4);
    expect(ms).toBeCloseTo(
      steps.reduce((sum, step) => sum + step.ms, 0),
      1,
    );
  });

  it('at level reclaim keeps to the rounds it was given', async () => {
    const program = await bench.startReady(fixture('fragmented.cjs', MEGABYTES));
    const { rounds } = await bench.ask(program, 'collect', { level: 'reclaim', maxRounds: 1 });
    expect(rounds).toBe(1);
  });

  it('at level reclaim takes one round where that freed next to nothing', async () => {
    const program = await bench.startReady(fixture('kept-buffers.cjs', MEGABYTES));
    expect((await bench.ask(program, 'collect')).rounds).toBe(1);
  });

  it('at level reclaim reaches the heap of a worker thread', async () => {
    const program = await bench.startReady(fixture('worker-holds.cjs', MEGABYTES));
    expect((await bench.ask(program, 'stats')).workers).toBe(1);
    const { before, after, steps } = await bench.ask(program, 'collect');
    const worker = steps.find(({ name }) => name === 'workers');
    expect(worker).toMatchObject({ workers: 1 });
    expect((worker?.heldBefore ?? 0) - (worker?.heldAfter ?? 0)).toBeGreaterThan(30 * MB);
    expect(before.rss - after.rss).toBeGreaterThan(30 * MB);
  });

  it('at level full collects the heap once', async () => {
    const program = await bench.startReady(fixture('dropped-objects.cjs', MEGABYTES));
    const { before, after, rounds, steps } = await bench.ask(program, 'collect', { level: 'full' });
    expect(steps.map(({ name }) => name)).toEqual(['major']);
    expect(rounds).toBe(1);
    expect((before.heapUsed ?? 0) - (after.heapUsed ?? 0)).toBeGreaterThan(30 * MB);
  });

  it('at level minor leaves old objects alone', async () => {
    const program = await bench.startReady(fixture('kept-cache.cjs', MEGABYTES));
    const { after, steps } = await bench.ask(program, 'collect', { level: 'minor' });
    expect(steps.map(({ name }) => name)).toEqual(['minor']);
    expect(after.heapUsed).toBeGreaterThan(30 * MB);
  });

  it('reports what dropped buffers held, not an old figure', async () => {
    const program = await bench.startReady(fixture('dropped-buffers.cjs', MEGABYTES));
    const { before, after } = await bench.ask(program, 'collect', { level: 'full' });
    expect(before.external).toBeGreaterThan(40 * MB);
    expect(after.external).toBeLessThan(10 * MB);
    expect(after.arrayBuffers).toBeLessThan(10 * MB);
  });

  it('finds nothing to take where a cache keeps everything', async () => {
    const program = await bench.startReady(fixture('kept-cache.cjs', MEGABYTES));
    const { before, after } = await bench.ask(program, 'collect');
    expect(after.heapUsed).toBeGreaterThan(0.75 * (before.heapUsed ?? 0));
  });

  it('joins one that runs already', async () => {
    const program = await bench.startReady(fixture('kept-cache.cjs', MEGABYTES));
    const client = await bench.client(bench.socketOf(program.pid));
    const [first, second] = await Promise.all([client.ask('collect'), client.ask('collect', { level: 'full' })]);
    expect(second).toEqual(first);
    expect((await client.ask('collect', { level: 'full' })).level).toBe('full');
  });

  it.each([
    [{ level: 'everything' }, /level/],
    [{ level: null }, /level/],
    [{ maxRounds: 0 }, /maxRounds/],
    [{ maxRounds: 1.5 }, /maxRounds/],
    [{ maxRounds: '4' }, /maxRounds/],
    [{ maxRounds: 1e9 }, /maxRounds/],
  ])('with %j is refused with a sentence', async (params, message) => {
    const program = await bench.startReady(['-e', 'setInterval(() => {}, 1000); console.log("READY")']);
    const client = await bench.client(bench.socketOf(program.pid));
    const { error } = await client.call('collect', params);
    expect(error).toMatchObject({ code: -32602, message: expect.stringMatching(message) });
  });

  it('leaves no gc behind and writes nothing', async () => {
    const program = await bench.startReady([
      '-e',
      'setInterval(() => console.log(typeof gc, require("vm").runInNewContext("typeof gc"), Object.keys(globalThis).includes("gc")), 50); console.log("READY")',
    ]);
    await bench.ask(program, 'collect');
    const seen = program.stdout.length;
    await until('another line', () => program.stdout.slice(seen).split('\n').length > 2);
    expect(program.stdout.slice(seen)).not.toContain('function');
    expect(program.stderr).toBe('');
  });

  it('leaves a program alone that was started with --expose-gc', async () => {
    const program = await bench.startReady(
      [
        '-e',
        'setInterval(() => console.log(typeof gc, require("vm").runInNewContext("typeof gc")), 50); console.log("READY")',
      ],
      { flags: ['--expose-gc'] },
    );
    await bench.ask(program, 'collect', { level: 'full' });
    const seen = program.stdout.length;
    await until('another line', () => program.stdout.slice(seen).includes('function function'));
  });

  it('that is interrupted by the exit of the program does not disturb it', async () => {
    const program = await bench.startReady([
      '-e',
      'const kept = Array.from({length: 4e5}, (_, i) => ({i})); setInterval(() => {}, 1000); process.once("SIGUSR2", () => { kept.length; process.exit(3) }); console.log("READY")',
    ]);
    const client = await bench.client(bench.socketOf(program.pid));
    const timer = setInterval(() => client.send('{"jsonrpc":"2.0","id":0,"method":"collect"}'), 10);
    await until('the first collect', () => client.replies.length > 0);
    program.child.kill('SIGUSR2');
    expect(await program.exited).toEqual({ code: 3, signal: null });
    clearInterval(timer);
    expect(program.stderr).toBe('');
    await until('the client to see it', () => client.closed);
  });
});
