import { afterEach, expect, test, vi } from 'vitest';
import { openPortable } from '../../../src/sampling/portable/portable.ts';
import type { Listed, ListedMemory, Sources } from '../../../src/sampling/portable/sources.ts';
import { needing, never } from '../needs.ts';

const BEGAN = new Date('2026-11-22T09:00:00Z');
const nothing = needing({ measures: new Set() });

function listed(pid: number, some: Partial<Listed> = {}): Listed {
  return { pid, ppid: 1, name: `name-${pid}`, cmd: `command-${pid} --on`, uid: 0, startTime: BEGAN, ...some };
}

function measured(pid: number, some: Partial<ListedMemory> = {}): ListedMemory {
  const reported = { parentPid: 1, name: `si-${pid}`, command: `si-${pid}`, params: '--on', user: 'ada' };
  return { pid, ...reported, state: 'sleeping', memRss: 100, memVsz: 200, started: '2026-11-22 09:00:00', ...some };
}

const MEMORY = { total: 1000, free: 400, available: 600, buffers: 0, cached: 0, buffcache: 200, reclaimable: 0 };

function sources(list: Listed[], measures: ListedMemory[], some: Partial<Sources> = {}): Sources {
  return {
    list: async () => list,
    measure: async () => measures,
    memory: async () => ({ ...MEMORY, swaptotal: 0, swapfree: 0 }) as Awaited<ReturnType<Sources['memory']>>,
    system: async () => ({ distro: 'Plan 9', release: '4' }),
    ...some,
  };
}

const gapsBut = (what: string[], gaps: readonly { what: string }[]) => gaps.filter((gap) => !what.includes(gap.what));
const UNTOLD = ['cpuTime', 'threads'];
const hang = () => new Promise<never>(() => {});

afterEach(() => {
  vi.useRealTimers();
});

test('processes and measures are joined by PID', async () => {
  const sampler = await openPortable(sources([listed(9), listed(8)], [measured(8, { state: 'running' }), measured(9)]));
  const { processes } = await sampler.sample(nothing, never);
  expect(processes.find(({ who }) => who.pid === 8)).toEqual({
    who: {
      pid: 8,
      ppid: 1,
      startTime: BEGAN.getTime(),
      startedAt: BEGAN.getTime(),
      name: 'name-8',
      command: 'command-8 --on',
      user: 'ada',
      kernel: false,
    },
    state: 'R',
    rss: 100 * 1024,
    virtual: 200 * 1024,
  });
});

test('what the platform does not report is a gap', async () => {
  const sampler = await openPortable(sources([listed(8)], [measured(8)]));
  const { gaps } = await sampler.sample(needing({ measures: new Set(['peak']) }), never);
  expect(gaps).toEqual(['cpuTime', 'threads', 'peak'].map((what) => ({ what, why: 'unsupported', count: 1 })));
});

test('a process reported by one source only is a gap, and the ps that was run for it is left out', async () => {
  const own = listed(11, { ppid: process.pid, cmd: 'ps awwxo pid=,args=' });
  const sampler = await openPortable(sources([listed(8), listed(9), own], [measured(8), measured(10)]));
  const { processes, gaps } = await sampler.sample(nothing, never);
  expect(processes.map(({ who }) => who.pid)).toEqual([8]);
  expect(gapsBut(UNTOLD, gaps)).toEqual([{ what: 'process', why: 'gone', count: 1 }]);
});

test('numbers that are none are a gap', async () => {
  const sampler = await openPortable(
    sources([listed(8), listed(9)], [measured(8), measured(9, { memRss: Number.NaN })]),
  );
  const { processes, gaps } = await sampler.sample(nothing, never);
  expect(processes.map(({ who }) => who.pid)).toEqual([8]);
  expect(gapsBut(UNTOLD, gaps)).toEqual([{ what: 'process', why: 'malformed', count: 1 }]);
});

test('without ps-list the processes come from the list of measures', async () => {
  const sampler = await openPortable(sources([], [measured(8)], { list: () => Promise.reject(new Error('no')) }));
  const { processes, gaps } = await sampler.sample(nothing, never);
  expect(processes[0]?.who).toMatchObject({ name: 'si-8', command: 'si-8 --on', startTime: expect.any(Number) });
  expect(gaps).toContainEqual({ what: 'ps-list', why: 'unsupported', count: 1 });
});

test('without measures there are no rows, but the memory of the machine and a gap', async () => {
  const sampler = await openPortable(sources([listed(8)], [], { measure: () => Promise.reject(new Error('no')) }));
  const { processes, gaps, system } = await sampler.sample(nothing, never);
  expect(processes).toEqual([]);
  expect(gaps).toEqual([{ what: 'rss', why: 'unsupported', count: 1 }]);
  expect(system).toMatchObject({ total: 1000, available: 600 });
});

test('without memory there are rows and a gap', async () => {
  const sampler = await openPortable(
    sources([listed(8)], [measured(8)], { memory: () => Promise.reject(new Error()) }),
  );
  const { processes, gaps, system } = await sampler.sample(nothing, never);
  expect([processes.length, system]).toEqual([1, {}]);
  expect(gaps).toContainEqual({ what: 'memory', why: 'unsupported', count: 1 });
});

test('when processes cannot be listed the error says what to do', async () => {
  const sampler = await openPortable(sources([], []));
  await expect(sampler.sample(nothing, never)).rejects.toMatchObject({
    name: 'UserError',
    next: expect.stringContaining('ps'),
  });
});

test('a source that never answers times out, and gets no second request meanwhile', async () => {
  const measure = vi.fn(hang);
  const sampler = await openPortable(sources([listed(8)], [], { measure }), 5);
  for (let round = 0; round < 3; round++) {
    const { gaps } = await sampler.sample(nothing, never);
    expect(gaps).toEqual([{ what: 'rss', why: 'unsupported', count: 1 }]);
  }
  expect(measure).toHaveBeenCalledTimes(1);
});

test('an abort ends a sample that waits, with the reason of its signal', async () => {
  const abort = new AbortController();
  const sampler = await openPortable(sources([], [], { list: hang, memory: hang, measure: hang }));
  const sample = sampler.sample(nothing, abort.signal);
  const reason = new Error('enough');
  abort.abort(reason);
  await expect(sample).rejects.toBe(reason);
});

test('what did not change is the same object, and a start time that wobbles is still the same process', async () => {
  const list = [listed(8)];
  const measures = [measured(8)];
  const sampler = await openPortable(sources(list, measures));
  const first = (await sampler.sample(nothing, never)).processes[0];
  list[0] = listed(8, { startTime: new Date(BEGAN.getTime() + 1000) });
  expect((await sampler.sample(nothing, never)).processes[0]).toBe(first);
  measures[0] = measured(8, { memRss: 101 });
  const moved = (await sampler.sample(nothing, never)).processes[0];
  expect(moved).toMatchObject({ rss: 101 * 1024, sinceLastRead: expect.any(Number) });
  expect(moved?.who).toBe(first?.who);
  list[0] = listed(8, { startTime: new Date(BEGAN.getTime() + 60_000) });
  expect((await sampler.sample(nothing, never)).processes[0]).not.toHaveProperty('sinceLastRead');
});

test('commands are kept only up to the requested length', async () => {
  const sampler = await openPortable(sources([listed(8, { cmd: 'ab記憶' })], [measured(8)]));
  const { processes } = await sampler.sample(needing({ commandLimit: 6 }), never);
  expect(processes[0]?.who.command).toBe('ab記');
});

test.runIf(process.platform === 'linux')(
  'more pids than fit into one command are refused, not crashed upon',
  async () => {
    const list = Array.from({ length: 8000 }, (_, at) => listed(at + 100_000));
    const sampler = await openPortable(sources(list, []));
    await expect(sampler.sample(nothing, never)).rejects.toMatchObject({
      name: 'UserError',
      next: expect.stringContaining('procfs'),
    });
  },
);
