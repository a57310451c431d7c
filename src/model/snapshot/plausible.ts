// The guard against impossible numbers: a value that no machine can have counts as unknown in every view.
import type { GroupLimit, MemoryGroup, Pressure } from './cgroup-memory.ts';
import type { Gap } from './gap.ts';
import type { Process, Snapshot, SystemMemory } from './snapshot.ts';

/** More threads than the kernel has numbers for (PID_MAX_LIMIT, include/linux/threads.h). */
const MOST_THREADS = 2 ** 22;

/** Facts of the machine that are a part of its memory. */
const PARTS = ['free', 'available', 'buffers', 'cached', 'shared', 'reclaimable'] as const;
const COUNTS = ['swapTotal', 'swapFree', 'oomKills', 'swappedIn', 'swappedOut'] as const;

/** Whether a number can be a count: not negative, finite, and exact. */
export function isCount(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= Number.MAX_SAFE_INTEGER;
}

/** The one number of a process that may be negative. */
const SIGNED = 'nice' satisfies keyof Process;

/** Checks snapshot after snapshot. Objects without an impossible number are passed on unchanged. */
export class Plausible {
  /** The corrected copy of a process: the same object as long as the process object is the same. */
  readonly #mended = new WeakMap<Process, Process | 'malformed'>();
  #total = Number.POSITIVE_INFINITY;
  /** The list of processes before, without an impossible number, and the most that its numbers were checked against. */
  #sound: { readonly processes: readonly Process[]; readonly most: number; readonly total: number } | undefined;

  /** The snapshot without impossible numbers, and a gap for each process that is left out because of them. */
  check(snapshot: Snapshot): Snapshot {
    const system = mendedSystem(snapshot.system);
    const total = system.total ?? Number.POSITIVE_INFINITY;
    const most = total + (system.swapTotal ?? Number.POSITIVE_INFINITY);
    const groups = snapshot.groups?.every(isSoundGroup) === false ? snapshot.groups.map(mendedGroup) : snapshot.groups;
    const processes = this.#checkAll(snapshot.processes, total, most);
    if (system === snapshot.system && processes === snapshot.processes && groups === snapshot.groups) return snapshot;
    const malformed = snapshot.processes.length - processes.length;
    const gap: Gap = { what: 'rss', why: 'malformed', count: malformed };
    return {
      ...snapshot,
      system,
      processes,
      gaps: malformed === 0 ? snapshot.gaps : [...snapshot.gaps, gap],
      ...(groups !== undefined && { groups }),
    };
  }

  #checkAll(processes: readonly Process[], total: number, most: number): readonly Process[] {
    const before = this.#sound;
    // What has not changed need not be checked again.
    const known = before?.most === most && before.total === total ? before.processes : [];
    if (processes.every((process, index) => process === known[index] || isSound(process, total, most))) {
      this.#sound = { processes, most, total };
      return processes;
    }
    this.#sound = undefined;
    // What counts as too large changes with the size of the machine.
    const isOther = total !== this.#total;
    this.#total = total;
    const sound: Process[] = [];
    for (const process of processes) {
      if (isSound(process, total, most)) {
        sound.push(process);
        continue;
      }
      let mended = isOther ? undefined : this.#mended.get(process);
      if (mended === undefined) {
        mended = mendedProcess(process, total, most);
        this.#mended.set(process, mended);
      }
      if (mended !== 'malformed') sound.push(mended);
    }
    return sound;
  }
}

function isSound(
  { rss, threads, virtual, cpuTime, peak, swap, majorFaults, smaps }: Process,
  total: number,
  most: number,
): boolean {
  return (
    rss >= 0 &&
    rss <= total &&
    rss <= Number.MAX_SAFE_INTEGER &&
    (threads === undefined || (isCount(threads) && threads <= MOST_THREADS)) &&
    (virtual === undefined || isCount(virtual)) &&
    (cpuTime === undefined || isCount(cpuTime)) &&
    (peak === undefined || (isCount(peak) && peak <= total)) &&
    (swap === undefined || (isCount(swap) && swap <= most)) &&
    (majorFaults === undefined || isCount(majorFaults)) &&
    (smaps === undefined || (isCount(smaps.pss) && smaps.pss <= total && isCount(smaps.uss) && isCount(smaps.shared)))
  );
}

/** A process without a valid RSS has no row; one whose RSS is larger than the machine has a row without RSS. */
function mendedProcess(process: Process, total: number, most: number): Process | 'malformed' {
  if (!isCount(process.rss)) return 'malformed';
  const mended: Record<string, unknown> = { ...process };
  for (const [name, value] of Object.entries(process))
    if (typeof value === 'number' && name !== SIGNED && !isCount(value)) delete mended[name];
  if ((process.threads ?? 0) > MOST_THREADS) delete mended['threads'];
  if ((process.peak ?? 0) > total) delete mended['peak'];
  if ((process.swap ?? 0) > most) delete mended['swap'];
  const { smaps } = process;
  const isSmapsSound =
    smaps === undefined || [smaps.pss, smaps.uss, smaps.shared].every((each) => isCount(each) && each <= total);
  if (!isSmapsSound) delete mended['smaps'];
  if (process.rss > total) Object.assign(mended, { rss: total, isRssUnknown: true });
  // Only what may be absent from a process was deleted: it still is one.
  return mended as unknown as Process;
}

/** The memory of the machine. A part larger than all of it, or more free swap than there is swap, is dropped. */
export function mendedSystem(system: SystemMemory): SystemMemory {
  const { total, swapTotal, swapFree, pressure, limit, use } = system;
  const wrong = new Set<string>();
  if (total !== undefined && !(isCount(total) && total > 0)) wrong.add('total');
  const bound = wrong.has('total') ? Number.MAX_SAFE_INTEGER : (total ?? Number.MAX_SAFE_INTEGER);
  for (const name of PARTS) if (!isPart(system[name], bound)) wrong.add(name);
  for (const name of COUNTS) if (!isPart(system[name], Number.MAX_SAFE_INTEGER)) wrong.add(name);
  if (swapTotal !== undefined && (swapFree ?? 0) > swapTotal) wrong.add('swapFree');
  if (pressure !== undefined && !isSoundPressure(pressure)) wrong.add('pressure');
  if (limit !== undefined && !isSoundLimit(limit)) wrong.add('limit');
  const isUseSound =
    use === undefined || Object.values(use).every((value) => typeof value !== 'number' || isPart(value, bound));
  if (wrong.size === 0 && isUseSound) return system;
  const facts = Object.entries(system).filter(([name]) => !wrong.has(name));
  const mended = Object.fromEntries(facts) as SystemMemory;
  if (isUseSound) return mended;
  const parts = Object.entries(use).filter(([, value]) => typeof value !== 'number' || isPart(value, bound));
  return { ...mended, use: Object.fromEntries(parts) };
}

function isPart(value: number | undefined, bound: number): boolean {
  return value === undefined || (isCount(value) && value <= bound);
}

/** Percent, of four spans. */
function isSoundPressure(pressure: Pressure): boolean {
  return [pressure.some10, pressure.some60, pressure.full10 ?? 0, pressure.full60 ?? 0].every(
    (each) => each >= 0 && each <= 100,
  );
}

function isSoundLimit({
  limit,
  charged,
  peak = 0,
  workingSet = 0,
  unreclaimable = 0,
  swapLimit = 0,
  swapUsed = 0,
  most = 0,
  pressure,
}: GroupLimit): boolean {
  const isSoundSize = [limit, charged, peak, workingSet, unreclaimable, swapLimit, swapUsed, most].every(isCount);
  return isSoundSize && (pressure === undefined || isSoundPressure(pressure));
}

function isSoundGroup({ charged = 0, workingSet = 0, unreclaimable = 0, pressure, limit }: MemoryGroup): boolean {
  const isSoundSize = [charged, workingSet, unreclaimable].every(isCount);
  return (
    isSoundSize && (pressure === undefined || isSoundPressure(pressure)) && (limit === undefined || isSoundLimit(limit))
  );
}

/** Of a cgroup with an impossible number only the name is kept. */
function mendedGroup(group: MemoryGroup): MemoryGroup {
  return isSoundGroup(group) ? group : { path: group.path };
}
