// The samplers against one another and against what the system's own programs say, on this machine.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Process, Snapshot } from '../../src/model/snapshot/snapshot.ts';
import { openSampler } from '../../src/sampling/samplers.ts';
import { until } from '../helpers/until.ts';
import { needing, never } from './needs.ts';

const MIB = 2 ** 20;
/** Of different sizes, touched once and then stopped, so that all must see the same. */
const SIZES = [1, 20, 80];
const HOLD =
  'const held = Buffer.alloc(Number(process.argv[1]), 1); process.stdin.resume(); process.stdout.write("ready");';

const children: (ChildProcess & { pid: number })[] = [];

async function hold(bytes: number): Promise<void> {
  const child = spawn(process.execPath, ['-e', HOLD, String(bytes)], { stdio: ['pipe', 'pipe', 'ignore'] });
  children.push(child as ChildProcess & { pid: number });
  await once(child.stdout, 'data');
  // V8 compiles and collects for seconds after the last line of a program: only a stopped process keeps its size.
  child.kill('SIGSTOP');
  await until(() => /\) T /.test(readFileSync(`/proc/${child.pid}/stat`, 'latin1')));
}

async function sample(name: string): Promise<Snapshot> {
  const sampler = await openSampler({ sampler: name });
  try {
    return await sampler.sample(needing({ everyRow: true }), never);
  } finally {
    sampler.close();
  }
}

function row({ processes }: Snapshot, pid: number): Process {
  const found = processes.find(({ who }) => who.pid === pid);
  if (found === undefined) throw new Error(`no row for ${pid}`);
  return found;
}

/**
 * RSS by PID as ps prints it, in bytes. Without processes younger than two seconds: they may be between fork(2) and execve(2),
 * or be the children of a sampler, and one that only one of two lists has comes with the next sample.
 */
function psRss(): Map<number, number> {
  const lines = execFileSync('ps', ['-eo', 'pid,rss,etimes'], { encoding: 'utf8' }).trim().split('\n').slice(1);
  const numbers = lines.map((line) => line.trim().split(/\s+/).map(Number) as [number, number, number]);
  return new Map(numbers.filter(([, , age]) => age >= 2).map(([pid, kb]) => [pid, kb * 1024]));
}

/** Of a still process only what counting per CPU leaves open (mm/memory.c) and a stray page may differ. */
function expectClose(actual: number | undefined, expected: number | undefined, slack: number): void {
  expect(Math.abs((actual ?? Number.NaN) - (expected ?? Number.NaN))).toBeLessThanOrEqual(slack);
}

const linux = process.platform === 'linux';

function isInstalled(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

describe.runIf(linux && !isInstalled('ps'))('on Linux without ps', () => {
  test('the portable sampler says what it needs', async () => {
    await expect(sample('portable')).rejects.toMatchObject({ next: expect.stringContaining('the program ps') });
  });
});

describe.runIf(linux && isInstalled('ps'))('on Linux with ps', () => {
  let first: Map<number, number>;
  let before: Snapshot;
  let portable: Snapshot;
  let after: Snapshot;
  let last: Map<number, number>;

  beforeAll(() => Promise.all(SIZES.map((size) => hold(size * MIB))), 60_000);

  // Before each test, so that a second try compares samples of its own.
  beforeEach(async () => {
    await until(() => {
      first = psRss();
      return children.every(({ pid }) => first.has(pid));
    });
    before = await sample('procfs');
    portable = await sample('portable');
    after = await sample('procfs');
    last = psRss();
  }, 60_000);

  afterAll(async () => {
    for (const child of children) {
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    }
  });

  test('procfs, portable and ps agree on processes that hold still', () => {
    for (const [at, { pid }] of children.entries()) {
      const one = row(before, pid);
      const other = row(portable, pid);
      expect(one.rss).toBeGreaterThan((SIZES[at] ?? 0) * MIB);
      expectClose(one.rss, first.get(pid), 2 * MIB);
      expectClose(other.rss, one.rss, 2 * MIB);
      expectClose(other.virtual, one.virtual, 2 * MIB);
      expectClose(other.who.startedAt, one.who.startedAt, 2000);
      expect(other.who).toMatchObject({ ppid: process.pid, user: one.who.user, command: one.who.command.trim() });
    }
  });

  test('procfs, portable and ps list every process that lived throughout', () => {
    const throughout = [...first.keys()].filter((pid) => last.has(pid));
    expect(throughout.length).toBeGreaterThan(children.length);
    for (const snapshot of [before, portable, after]) {
      const known = new Set(snapshot.processes.map(({ who }) => who.pid));
      expect(throughout.filter((pid) => !known.has(pid))).toEqual([]);
    }
  });

  test('sizes that are the same at both ends are the same for all, but for the few that changed between', () => {
    const still = [...first].filter(([pid, rss]) => last.get(pid) === rss);
    const apart = still.filter(([pid, rss]) =>
      [before, portable, after].some(
        (snapshot) => Math.abs(row(snapshot, pid).rss - rss) > Math.max(2 * MIB, rss / 20),
      ),
    );
    expect(apart.length).toBeLessThanOrEqual(Math.ceil(still.length * 0.02));
  });

  test('procfs and portable see the same kernel threads', () => {
    const threads = ({ processes }: Snapshot) => processes.filter(({ who }) => who.kernel).map(({ who }) => who.pid);
    const later = new Set(threads(after));
    expect(threads(portable)).toEqual(expect.arrayContaining(threads(before).filter((pid) => later.has(pid))));
  });
});

describe.runIf(linux)('on Linux', () => {
  test('the memory of the machine is what /proc/meminfo says', { timeout: 60_000 }, async () => {
    const lines = readFileSync('/proc/meminfo', 'utf8').matchAll(/^(\w+):\s+(\d+) kB$/gm);
    const output = new Map([...lines].map(([, name, kb]) => [name, Number(kb) * 1024]));
    const slack = Math.max(256 * MIB, (output.get('MemTotal') ?? 0) * 0.1);
    for (const name of isInstalled('ps') ? ['procfs', 'portable'] : ['procfs']) {
      const { system } = await sample(name);
      expect([system.total, system.swapTotal]).toEqual([output.get('MemTotal'), output.get('SwapTotal')]);
      expectClose(system.free, output.get('MemFree'), slack);
      expectClose(system.available, output.get('MemAvailable'), slack);
      expectClose(system.cached, output.get('Cached'), slack);
      expectClose(system.buffers, output.get('Buffers'), slack);
      expectClose(system.swapFree, output.get('SwapFree'), slack);
    }
  });

  test.runIf(isInstalled('free'))('the memory of the machine is what free says', async () => {
    const words = execFileSync('free', ['-b'], { encoding: 'utf8' })
      .split('\n')
      .find((line) => line.startsWith('Mem:'));
    const numbers = words?.trim().split(/\s+/).slice(1).map(Number) ?? [];
    const { system } = await sample('procfs');
    expect(system.total).toBe(numbers[0]);
    expectClose(system.available, numbers.at(-1), Math.max(256 * MIB, (system.total ?? 0) * 0.1));
  });
});
