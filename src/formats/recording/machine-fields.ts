// The fields of the machine in a recording: memory, limit, cgroups, OOM kills, and what could not be read.
import type { GroupLimit, MemoryGroup, Pressure } from '../../model/snapshot/cgroup-memory.ts';
import type { Gap } from '../../model/snapshot/gap.ts';
import type { Arc, MemoryUse, Tmpfs, Zram } from '../../model/snapshot/memory-use.ts';
import type { Kill } from '../../model/snapshot/oom-kill.ts';
import type { Host, SystemMemory } from '../../model/snapshot/snapshot.ts';
import { boolean, finite, list, moment, named, object, required, tableOf, text, word, yes } from './shapes.ts';

export const HOST = tableOf<Host>({
  name: required(text),
  platform: required(text),
  kernel: required(text),
  distribution: text,
  bootedAt: moment,
});

const pressure = object<Pressure>({
  some10: required(finite),
  some60: required(finite),
  full10: finite,
  full60: finite,
});

const limit = object<GroupLimit>({
  path: required(text),
  limit: required(finite),
  slows: yes,
  most: finite,
  charged: required(finite),
  peak: finite,
  workingSet: finite,
  unreclaimable: finite,
  swapLimit: finite,
  swapUsed: finite,
  pressure,
  container: text,
});

const zram = object<Zram>({
  name: required(text),
  stored: required(finite),
  used: required(finite),
  limit: finite,
  swap: object({ size: required(finite), used: required(finite) }),
});

const use = object<MemoryUse>({
  anonymous: finite,
  swapCached: finite,
  listed: finite,
  mapped: finite,
  slabReclaimable: finite,
  slabUnreclaimable: finite,
  pageTables: finite,
  kernelStacks: finite,
  perCpu: finite,
  vmalloc: finite,
  hugePages: finite,
  hugePagesFree: finite,
  zswap: finite,
  zswapped: finite,
  freeInCpuLists: finite,
  arc: object<Arc>({ size: required(finite), inSlab: required(finite) }),
  zram: list(zram),
});

/** Names that `-o json` has for something else (`limit` is a finite there) are longer here. */
export const SYSTEM = tableOf<SystemMemory>({
  total: finite,
  free: finite,
  available: finite,
  buffers: finite,
  cached: finite,
  shared: finite,
  reclaimable: finite,
  swapTotal: finite,
  swapFree: finite,
  swappedIn: finite,
  swappedOut: finite,
  oomKills: finite,
  use: named('counters', use),
  pressure: named('machinePressure', pressure),
  limit: named('limitInForce', limit),
});

/** A memory cgroup; its path is the name under which it is written. */
export const GROUP = tableOf<MemoryGroup>({
  path: required(text),
  charged: finite,
  workingSet: finite,
  unreclaimable: finite,
  pressure,
  limit,
});

export const kills = list(
  object<Kill>({
    type: required(word('oom-kill')),
    time: required(moment),
    pid: finite,
    name: text,
    user: text,
    rss: finite,
    scope: word('cgroup', 'machine', 'heap'),
    cgroup: text,
    limit: finite,
    by: required(word('kernel', 'earlyoom', 'systemd-oomd', 'v8')),
    certainty: required(word('certain', 'probable')),
    source: required(word('kmsg', 'journal', 'syslog', 'counter', 'signs')),
    verified: required(boolean),
  }),
);

export const gaps = list(
  object<Gap>({
    what: required(text),
    why: required(word('gone', 'denied', 'unsupported', 'malformed', 'late', 'too-many-files', 'failed')),
    count: required(finite),
  }),
);

export const tmpfs = list(object<Tmpfs>({ folder: required(text), used: required(finite) }));
