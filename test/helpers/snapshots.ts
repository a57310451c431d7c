// Snapshots for tests: a machine of a few processes that any test can bend to its need.
import type { Identity, Process, Snapshot, SystemMemory } from '../../src/model/snapshot/snapshot.ts';

export const MEBIBYTE = 1024 * 1024;
/** 2026-11-22 14:00:00 in the local zone, so that clocks on golden frames read alike everywhere. */
export const NOON = new Date(2026, 10, 22, 14, 0, 0).getTime();

const SYSTEM: SystemMemory = {
  total: 2048 * MEBIBYTE,
  free: 100 * MEBIBYTE,
  available: 281 * MEBIBYTE,
  buffers: 20 * MEBIBYTE,
  cached: 180 * MEBIBYTE,
  swapTotal: 512 * MEBIBYTE,
  swapFree: 392 * MEBIBYTE,
};

/** A process with defaults for what a test does not care about. `rss` in bytes. */
export function processOf(
  given: Partial<Omit<Process, 'who'>> & { who: Partial<Identity> & { pid: number } },
): Process {
  const { who, ...rest } = given;
  const identity = {
    ppid: 1,
    startTime: who.pid,
    startedAt: NOON - 180_000,
    name: `process${who.pid}`,
    command: `process${who.pid} --run`,
    user: 'ubuntu',
    kernel: false,
    ...who,
  };
  return { who: identity, state: 'S', rss: 10 * MEBIBYTE, virtual: 100 * MEBIBYTE, threads: 1, cpuTime: 0, ...rest };
}

/** A snapshot of these processes, `seconds` after the first. */
export function snapshotOf(processes: readonly Process[], seconds = 0, system: SystemMemory = SYSTEM): Snapshot {
  return {
    time: NOON + seconds * 1000,
    monotonic: seconds * 1000,
    host: {
      name: 'web-1',
      platform: 'linux',
      kernel: '6.18.0',
      distribution: 'Debian 12',
      bootedAt: NOON - 12 * 86_400_000,
    },
    system,
    processes,
    gaps: [],
    observer: { pid: 4711, kernelMemory: 0 },
  };
}
