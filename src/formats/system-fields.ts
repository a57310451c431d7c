// The table of JSON's fields about the machine (`system`): each with its value and its line in the documents.
import { breakdownOf } from '../model/breakdown/breakdown.ts';
import { zramOf } from '../model/breakdown/zram.ts';
import type { Kind } from '../model/columns/column.ts';
import { type GroupLimit, usedOf } from '../model/snapshot/cgroup-memory.ts';
import type { SystemMemory } from '../model/snapshot/snapshot.ts';
import { usedMemory, usedSwap } from '../model/snapshot/system-memory.ts';
import type { Report } from './printout.ts';
import { round } from './round.ts';
import { isoTime } from './time.ts';

/** One field. */
export interface SystemField {
  readonly name: string;
  /** For documents. */
  readonly meaning: string;
  /** Derived from several snapshots, or from counters that a recording has in place of it. */
  readonly isDerived?: true;
  /** The unit of the number, or of the numbers of the object, where other programs may chart them. */
  readonly kind?: Exclude<Kind, 'text'>;
  /** Undefined, which JSON leaves out, when not known. */
  value(system: SystemMemory, report?: Report): unknown;
}

/** A field of the limit in force: absent without a limit. */
const ofLimit = (
  name: string,
  meaning: string,
  value: (limit: GroupLimit) => unknown,
  kind?: SystemField['kind'],
): SystemField => ({
  name,
  meaning,
  ...(kind !== undefined && { kind }),
  value: ({ limit }) => (limit === undefined ? undefined : value(limit)),
});

/** In the order in which documents carry them. Sizes are bytes. */
export const SYSTEM_FIELDS: readonly SystemField[] = [
  { name: 'total', meaning: 'memory of the machine', kind: 'bytes', value: ({ total }) => total },
  { name: 'free', meaning: 'memory that nothing uses', kind: 'bytes', value: ({ free }) => free },
  {
    name: 'available',
    meaning: 'memory to be had without swapping',
    kind: 'bytes',
    value: ({ available }) => available,
  },
  { name: 'used', meaning: '`total` without `available`', kind: 'bytes', value: usedMemory },
  { name: 'buffers', meaning: 'page cache of block devices', kind: 'bytes', value: ({ buffers }) => buffers },
  { name: 'cached', meaning: 'page cache of files, and shared memory', kind: 'bytes', value: ({ cached }) => cached },
  { name: 'swapTotal', meaning: 'swap of the machine', kind: 'bytes', value: ({ swapTotal }) => swapTotal },
  { name: 'swapUsed', meaning: 'swap in use', kind: 'bytes', value: usedSwap },
  ofLimit('limit', 'the limit in force for memtop, absent without one', ({ limit }) => limit, 'bytes'),
  ofLimit('limitUsed', 'used of it, without file cache and slab that can be reclaimed', usedOf, 'bytes'),
  ofLimit(
    'limitCharged',
    'all that the kernel charges (`memory.current`, `usage_in_bytes`)',
    ({ charged }) => charged,
    'bytes',
  ),
  ofLimit(
    'limitWorkingSet',
    '`limitCharged` without `inactive_file`, as kubelet counts it',
    ({ workingSet }) => workingSet,
    'bytes',
  ),
  ofLimit('limitCgroup', 'the cgroup that has the limit', ({ path }) => path),
  ofLimit('limitThrottles', 'true where `memory.high` is reached first: members are throttled', ({ slows }) => slows),
  ofLimit(
    'limitKills',
    'the `memory.max` above such a limit',
    ({ slows, most }) => (slows === true ? most : undefined),
    'bytes',
  ),
  ofLimit('limitSwap', 'swap the cgroup may use', ({ swapLimit }) => swapLimit, 'bytes'),
  ofLimit('limitSwapUsed', 'swap the cgroup uses', ({ swapUsed }) => swapUsed, 'bytes'),
  {
    name: 'pressure',
    kind: 'percent',
    meaning:
      '`some10` and `full10`: percent of the last ten seconds; of the cgroup with the limit, else of the machine',
    value: pressureOf,
  },
  {
    name: 'oomKills',
    meaning: 'OOM kills since the machine booted',
    kind: 'number',
    value: ({ oomKills }) => oomKills,
  },
  {
    name: 'swapInPerSecond',
    meaning: 'bytes read from swap per second',
    isDerived: true,
    kind: 'bytes-a-second',
    value: (_, report) => round(report?.swapRates?.in, 1),
  },
  {
    name: 'swapOutPerSecond',
    meaning: 'bytes written to swap per second',
    isDerived: true,
    kind: 'bytes-a-second',
    value: (_, report) => round(report?.swapRates?.out, 1),
  },
  {
    name: 'exhaustedAt',
    meaning: 'when memory and swap run out, if the forecast is clear',
    isDerived: true,
    value: exhaustedAtOf,
  },
  {
    name: 'memory',
    meaning: 'the parts of memory, which add up to `total` (but for `zramStored`)',
    isDerived: true,
    kind: 'bytes',
    value: memoryOf,
  },
];

function exhaustedAtOf(_: SystemMemory, report?: Report): string | undefined {
  if (report?.exhaustedIn === undefined) return undefined;
  return isoTime(report.snapshot.time + Math.round(report.exhaustedIn));
}

/** The machine as JSON carries it. */
export function systemAsJson(report: Report): Readonly<Record<string, unknown>> {
  const { system } = report.snapshot;
  return Object.fromEntries(SYSTEM_FIELDS.map(({ name, value }) => [name, value(system, report)]));
}

/** Of the cgroup whose limit is in force, else of the machine. */
function pressureOf(system: SystemMemory) {
  const pressure = system.limit?.pressure ?? system.pressure;
  return pressure === undefined ? undefined : { some10: pressure.some10, full10: pressure.full10 };
}

/**
 * Where the memory went: all parts but `zramStored` add up to `total`, exactly. `zramStored` is what zram holds before
 * compression, `zramUsed` the memory that this takes. A part that is not known is absent, and in `unaccounted`.
 */
function memoryOf(system: SystemMemory) {
  const breakdown = breakdownOf(system);
  return breakdown === undefined ? undefined : { ...breakdown, zramStored: zramOf(system)?.stored };
}
