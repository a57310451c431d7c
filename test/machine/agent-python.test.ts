// The Python agent on every Python of this machine: who it says it is, what it counts, and what a collect does.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { Connection, type Message } from '../agent/python/connection.ts';
import { allInterpreters, type Interpreter, isAtLeast } from '../agent/python/interpreters.ts';
import { fixture, type PythonProgram, start, startTime, temporaryFolder } from '../agent/python/python-program.ts';
import { until } from '../agent/python/until.ts';

const MEGABYTE = 1024 * 1024;
const IDLE = ['-c', 'import time; print("READY", flush=True); time.sleep(600)'];

vi.setConfig({ testTimeout: 60_000, hookTimeout: 30_000 });

describe.each(allInterpreters())('Python $version', (python) => {
  test('identifies itself correctly', async () => {
    const program = await start(python, [fixture('kept.py'), '1000']);
    const { result } = await (await open(program)).ask('hello', { protocol: 1 });
    expect(result).toMatchObject({ protocol: 1, runtime: 'python', pid: program.pid, ppid: process.pid });
    expect(result.agent).toBe(packageVersion());
    expect(result.start).toBe(startTime(program.pid));
    expect(result.version.startsWith(`${python.version}.`)).toBe(true);
    expect(result.title).toBe(`${fixture('kept.py')} 1000`);
    expect(result.capabilities).toEqual(expect.arrayContaining(['minor', 'full', 'reclaim', 'gc', 'stats']));
  });

  test('its folder and its socket are closed to others', async () => {
    const program = await start(python, IDLE);
    expect(statSync(`${program.runtimeDirectory}/memtop`).mode & 0o777).toBe(0o700);
    expect(statSync(program.socketOf(program.pid)).mode & 0o777).toBe(0o600);
  });

  test('counts what the kernel and the collector count', async () => {
    const program = await start(python, IDLE);
    const { result } = await (await open(program)).ask('stats');
    expect(Math.abs(result.rss - residentBytes(program.pid))).toBeLessThan(2 * MEGABYTE);
    expect(result.generations).toHaveLength(3);
    expect(result.counts).toHaveLength(3);
    expect(result.thresholds[0]).toBeGreaterThan(0);
    expect(result).toMatchObject({ uncollectable: 0, gcEnabled: true });
    expect(result.blocks).toBeGreaterThan(1000);
    expect(result.uptime).toBeGreaterThan(0);
    expect(result).not.toHaveProperty('heapUsed');
    expect(result).not.toHaveProperty('gc');
    expect(result).not.toHaveProperty('traced');
  });

  test('reports objects by generation where Python can', async () => {
    const program = await start(python, [fixture('kept.py'), '50000']);
    const { result } = await (await open(program)).ask('spaces');
    expect(result.map(({ name }: { name: string }) => name)).toEqual(['gen0', 'gen1', 'gen2']);
    const counts = result.map(({ count }: { count?: number }) => count);
    if (isAtLeast(python, 8)) expect(sum(counts)).toBeGreaterThan(50_000);
    else expect(counts).toEqual([undefined, undefined, undefined]);
  });

  test('collects cycles and gives their memory back', async () => {
    const { result, before, after } = await collected(python, [fixture('cycles.py'), '500000']);
    expect(result).toMatchObject({ level: 'reclaim', unreachable: expect.any(Number) });
    expect(result.unreachable).toBeGreaterThanOrEqual(500_000);
    expect(result.steps[0]).toMatchObject({ name: 'major', ms: expect.any(Number), rss: expect.any(Number) });
    expect(before - after).toBeGreaterThan(35 * MEGABYTE);
    const idle = await start(python, IDLE);
    await (await open(idle)).ask('stats');
    // Where the arenas lie differs from run to run, and one that is partly used cannot be given back.
    expect(before - after).toBeGreaterThan(0.65 * (before - residentBytes(idle.pid)));
  });

  test('finds nothing where reference counting has freed everything', async () => {
    const { result, before, after } = await collected(python, [fixture('no_cycles.py'), '500000']);
    expect(result.unreachable).toBeLessThan(1000);
    expect(before - after).toBeLessThan(10 * MEGABYTE);
  });

  test('finds nothing where everything is referenced', async () => {
    const { result, before, after } = await collected(python, [fixture('kept.py'), '500000']);
    expect(result.unreachable).toBeLessThan(1000);
    expect(after).toBeGreaterThan(0.8 * before);
  });

  test('gives fragmented memory back that no collection frees', async () => {
    const { result, before, after } = await collected(python, [fixture('fragmented.py'), '25000']);
    expect(result.unreachable).toBeLessThan(1000);
    expect(before).toBeGreaterThan(100 * MEGABYTE);
    expect(result.steps.at(-1).name).toBe('trim');
    expect(result.steps.at(-2).rss).toBeGreaterThan(0.9 * before);
    expect(after).toBeLessThan(0.3 * before);
  });

  test('a full collection leaves fragmented memory where it is', async () => {
    const { result, before, after } = await collected(python, [fixture('fragmented.py'), '25000'], { level: 'full' });
    expect(result.steps.map(({ name }: { name: string }) => name)).toEqual(['major']);
    expect(after).toBeGreaterThan(0.9 * before);
  });

  test('a minor collection takes the youngest generation only', async () => {
    const program = await start(python, [fixture('kept.py'), '1000']);
    const connection = await open(program);
    await connection.ask('collect', { level: 'full' });
    const { result } = await connection.ask('collect', { level: 'minor' });
    const { before, after, steps } = result;
    expect(steps.map(({ name }: { name: string }) => name)).toEqual(['minor']);
    expect(after.generations[2].collections).toBe(before.generations[2].collections);
  });

  test('collects while other threads hold the interpreter', async () => {
    const { result } = await collected(python, [fixture('threads.py'), '2', '100000']);
    expect(result.unreachable).toBeGreaterThanOrEqual(100_000);
  });

  test('reports collections and their pauses to subscribers, and watches only for them', async () => {
    const code = 'import gc, time; print("READY", flush=True)\nwhile True: gc.collect(); time.sleep(.02)';
    const program = await start(python, ['-c', code]);
    const listener = await open(program);
    expect((await listener.ask('subscribe', { events: ['gc', 'stats'], interval: 100 })).result).toEqual({
      events: ['gc', 'stats'],
      interval: 100,
    });
    await until(() => events(listener).some(({ gc }) => gc?.gen2?.count > 0), 'a collection is told', program);
    const reported = events(listener).find(({ gc }) => gc?.gen2?.count > 0);
    expect(reported.gc.gen2.ms).toBeGreaterThan(0);
    expect(reported.gc.gen2.maxMs).toBeLessThanOrEqual(reported.gc.gen2.ms);
    expect(reported.stats.gcObserved).toBeGreaterThan(0);
    await listener.ask('unsubscribe');
    const before = (await listener.ask('stats')).result;
    await listener.ask('collect', { level: 'full' });
    const after = (await listener.ask('stats')).result;
    expect(after.gc).toEqual(before.gc);
    expect(after.gcObserved).toBe(before.gcObserved);
  });

  test('names lines of code when tracemalloc runs, and writes them where its user may', async () => {
    const program = await start(python, ['-X', 'tracemalloc', fixture('kept.py'), '50000']);
    const connection = await open(program);
    expect((await connection.ask('stats')).result.traced).toBeGreaterThan(MEGABYTE);
    const spaces = (await connection.ask('spaces')).result as { name: string; used?: number; count?: number }[];
    const line = spaces.find(({ name }) => /kept\.py:\d+$/.test(name));
    expect(line?.used).toBeGreaterThan(MEGABYTE);
    const directory = temporaryFolder();
    const { result } = await connection.ask('heapSnapshot', { directory });
    expect(readdirSync(directory).map((name) => `${directory}/${name}`)).toEqual([result.path]);
    expect(statSync(result.path).size).toBe(result.bytes);
    expect(statSync(result.path).mode & 0o777).toBe(0o600);
    expect(readFileSync(result.path, 'utf8')).toMatch(/^bytes\tblocks\tline\n\d+\t\d+\t.*kept\.py:\d+\n/);
  });

  test('says what to do when lines are requested and tracemalloc does not run', async () => {
    const program = await start(python, IDLE);
    const { error } = await (await open(program)).ask('heapSnapshot', { directory: temporaryFolder() });
    expect(error).toMatchObject({ code: -32003, message: expect.stringContaining('python -X tracemalloc') });
  });

  test('leaves no socket, no word and no delay when the program ends', async () => {
    const program = await start(python, ['-c', 'print("READY", flush=True); input()']);
    const connection = await open(program);
    await connection.ask('subscribe', { events: ['gc'] });
    program.process.stdin?.end('\n');
    expect(await program.ended).toEqual({ code: 0, signal: null });
    expect(program.output()).toEqual({ stdout: 'READY\n', stderr: '' });
    expect(existsSync(program.socketOf(program.pid))).toBe(false);
  });
});

function open(program: PythonProgram): Promise<Connection> {
  return Connection.open(program.socketOf(program.pid));
}

async function collected(python: Interpreter, args: readonly string[], params: object = {}) {
  const program = await start(python, args);
  const { result } = await (await open(program)).ask('collect', params);
  return { result, before: result.before.rss as number, after: residentBytes(program.pid) };
}

function residentBytes(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;
}

function events(connection: Connection) {
  return connection.messages.filter(({ method }: Message) => method === 'event').map(({ params }) => params);
}

function sum(numbers: readonly (number | undefined)[]): number {
  return numbers.reduce<number>((total, number) => total + (number ?? Number.NaN), 0);
}

function packageVersion(): string {
  return (JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version;
}
