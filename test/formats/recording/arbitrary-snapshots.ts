// Sequences of snapshots as a sampler makes them: what does not change is the same object, processes come and go.
import fc from 'fast-check';
import type { GroupLimit, MemoryGroup } from '../../../src/model/snapshot/cgroup-memory.ts';
import type { Heap } from '../../../src/model/snapshot/heap.ts';
import type { Kill } from '../../../src/model/snapshot/oom-kill.ts';
import type { Identity, Process, Snapshot, SystemMemory } from '../../../src/model/snapshot/snapshot.ts';
import { NOON } from '../../helpers/snapshots.ts';

const bytes = fc.nat({ max: 2 ** 40 });
const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom('__proto__', '', 'a\u001b[2Jb\n', 'node'),
);
const optional = { requiredKeys: [] as [] };
const time = fc.integer({ min: -1e6, max: 1e6 }).map((offset) => NOON + offset);

const heap: fc.Arbitrary<Heap> = fc.record(
  {
    runtime: fc.constantFrom('node' as const, 'python' as const),
    used: bytes,
    total: bytes,
    limit: bytes,
    external: bytes,
    blocks: bytes,
    gc: fc.record({ count: fc.nat(), time: fc.double({ min: 0, max: 1e6, noNaN: true }) }),
    busySince: time,
  },
  { requiredKeys: ['runtime'] },
);

const pressure = fc.record({ some10: fc.nat(100), some60: fc.nat(100), full10: fc.nat(100) });

const limit: fc.Arbitrary<GroupLimit> = fc.record(
  {
    path: hostile,
    limit: bytes,
    slows: fc.constant(true as const),
    most: bytes,
    charged: bytes,
    peak: bytes,
    workingSet: bytes,
    unreclaimable: bytes,
    swapLimit: bytes,
    swapUsed: bytes,
    pressure,
    container: hostile,
  },
  { requiredKeys: ['path', 'limit', 'charged'] },
);

const group: fc.Arbitrary<MemoryGroup> = fc.record(
  { path: hostile, charged: bytes, limit },
  { requiredKeys: ['path'] },
);

const system: fc.Arbitrary<SystemMemory> = fc.record(
  {
    total: bytes,
    free: bytes,
    available: bytes,
    buffers: bytes,
    cached: bytes,
    shared: bytes,
    reclaimable: bytes,
    swapTotal: bytes,
    swapFree: bytes,
    swappedIn: bytes,
    swappedOut: bytes,
    oomKills: fc.nat(),
    pressure,
    limit,
    use: fc.record(
      {
        anonymous: bytes,
        mapped: bytes,
        arc: fc.record({ size: bytes, inSlab: bytes }),
        zram: fc.array(
          fc.record({ name: hostile, stored: bytes, used: bytes, swap: fc.record({ size: bytes, used: bytes }) }),
          { maxLength: 2 },
        ),
      },
      optional,
    ),
  },
  optional,
);

const kill: fc.Arbitrary<Kill> = fc.record(
  {
    type: fc.constant('oom-kill' as const),
    time,
    pid: fc.nat(),
    name: hostile,
    user: hostile,
    rss: bytes,
    scope: fc.constantFrom('cgroup' as const, 'machine' as const),
    cgroup: hostile,
    limit: bytes,
    by: fc.constantFrom('kernel' as const, 'v8' as const),
    certainty: fc.constantFrom('certain' as const, 'probable' as const),
    source: fc.constantFrom('kmsg' as const, 'counter' as const),
    verified: fc.boolean(),
  },
  { requiredKeys: ['type', 'time', 'by', 'certainty', 'source', 'verified'] },
);

const who: fc.Arbitrary<Omit<Identity, 'pid'>> = fc.record(
  {
    ppid: fc.nat(50),
    startTime: fc.nat(1000),
    startedAt: time,
    startedAfter: fc.nat(),
    name: hostile,
    command: hostile,
    user: hostile,
    kernel: fc.boolean(),
  },
  { requiredKeys: ['ppid', 'startTime', 'name', 'command', 'kernel'] },
);

const measures: fc.Arbitrary<Omit<Process, 'who'>> = fc.record(
  {
    state: fc.constantFrom('R', 'S', 'Z'),
    rss: bytes,
    isRssUnknown: fc.constant(true as const),
    virtual: bytes,
    threads: fc.nat(),
    cpuTime: fc.double({ min: 0, max: 1e9, noNaN: true }),
    nice: fc.integer({ min: -20, max: 19 }),
    majorFaults: fc.nat(),
    sinceLastRead: fc.double({ min: 1, max: 1e4, noNaN: true }),
    peak: bytes,
    swap: bytes,
    oomScore: fc.nat(1000),
    cgroup: hostile,
    smaps: fc.record({
      pss: bytes,
      uss: bytes,
      shared: bytes,
      rss: bytes,
      readAt: time,
      cost: fc.double({ min: 0, max: 10, noNaN: true }),
    }),
    smapsGap: fc.constant('denied' as const),
    late: fc.constant(true as const),
    heap,
  },
  { requiredKeys: ['state', 'rss'] },
);

/** What happens to one process between two snapshots; `keep` by default. */
const fate = fc.oneof(
  { weight: 5, arbitrary: fc.constant({ is: 'kept' as const }) },
  { weight: 3, arbitrary: fc.record({ is: fc.constant('measured' as const), measures }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('renamed' as const), who }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('replaced' as const), who, measures }) },
  { weight: 1, arbitrary: fc.constant({ is: 'gone' as const }) },
);

const step = fc.record({
  elapsed: fc.double({ min: 0, max: 1e5, noNaN: true }),
  clock: fc.integer({ min: -1e7, max: 1e7 }),
  fates: fc.array(fate, { minLength: 8, maxLength: 8 }),
  born: fc.array(fc.record({ who, measures }), { maxLength: 3 }),
  system: fc.option(system, { nil: undefined }),
  groups: fc.option(fc.uniqueArray(group, { selector: ({ path }) => path, maxLength: 3 }), { nil: undefined }),
  events: fc.option(fc.array(kill, { minLength: 1, maxLength: 2 }), { nil: undefined }),
  gaps: fc.array(
    fc.record({ what: hostile, why: fc.constantFrom('denied' as const, 'gone' as const), count: fc.nat() }),
    { maxLength: 2 },
  ),
  hasUptime: fc.boolean(),
  tmpfs: fc.option(fc.array(fc.record({ folder: hostile, used: bytes }), { maxLength: 2 }), { nil: undefined }),
});

/** At least two snapshots of one machine. */
export const arbitrarySnapshots: fc.Arbitrary<readonly Snapshot[]> = fc
  .record({ system, steps: fc.array(step, { minLength: 2, maxLength: 6 }) })
  .map((given) => {
    const host = { name: 'web-1', platform: 'linux', kernel: '6.18.0', bootedAt: NOON };
    let before: Snapshot = { time: NOON, monotonic: 0, host, system: given.system, processes: [], gaps: [] };
    return given.steps.map((each) => {
      before = after(before, each);
      return before;
    });
  });

type Step = typeof step extends fc.Arbitrary<infer Given> ? Given : never;

function after(before: Snapshot, given: Step): Snapshot {
  const kept = before.processes.flatMap((process, index) => withFate(process, given.fates[index % given.fates.length]));
  const next = Math.max(1, ...before.processes.map(({ who: { pid } }) => pid + 1));
  const born = given.born.map(({ who, measures }, index) => ({ who: { ...who, pid: next + index }, ...measures }));
  const { system, groups, events, tmpfs } = given;
  return {
    time: before.time + Math.round(given.elapsed) + given.clock,
    monotonic: before.monotonic + given.elapsed,
    ...(given.hasUptime && { uptime: before.monotonic + given.elapsed }),
    host: before.host,
    system: system ?? before.system,
    processes: [...kept, ...born],
    gaps: given.gaps,
    ...(events !== undefined && { events }),
    ...(groups !== undefined && { groups }),
    ...(tmpfs !== undefined && { tmpfs }),
  };
}

function withFate(process: Process, given: Step['fates'][number] = { is: 'kept' }): readonly Process[] {
  const { pid, startTime } = process.who;
  if (given.is === 'gone') return [];
  if (given.is === 'kept') return [process];
  if (given.is === 'measured') return [{ who: process.who, ...given.measures }];
  if (given.is === 'renamed') return [{ ...process, who: { ...given.who, pid, startTime } }];
  return [{ who: { ...given.who, pid, startTime: startTime + 1 }, ...given.measures }];
}
