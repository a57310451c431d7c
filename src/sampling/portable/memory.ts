// The machine's memory as systeminformation reports it, in the fields of a snapshot.
import type { Systeminformation } from 'systeminformation';
import type { SystemMemory } from '../../model/snapshot/snapshot.ts';

/** Zero means unknown where a platform does not report a value: only Linux reports all of them. */
export function describeMemory(reported: Systeminformation.MemData, platform: string): SystemMemory {
  const facts: Record<string, number> = {};
  const add = (name: keyof SystemMemory, value: unknown, zeroIsKnown: boolean) => {
    if (typeof value === 'number' && Number.isFinite(value) && (value > 0 || (value === 0 && zeroIsKnown))) {
      facts[name] = Math.round(value);
    }
  };
  const linux = platform === 'linux';
  add('total', reported.total, false);
  add('free', reported.free, true);
  add('available', reported.available, linux);
  add('buffers', reported.buffers, linux);
  add('cached', linux ? reported.cached : reported.buffcache, linux);
  add('reclaimable', reported.reclaimable, linux);
  add('swapTotal', reported.swaptotal, true);
  add('swapFree', reported.swapfree, true);
  return facts;
}
