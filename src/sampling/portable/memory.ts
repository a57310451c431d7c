// The machine's memory as systeminformation reports it, in the fields of a snapshot.
import type { Systeminformation } from 'systeminformation';
import type { SystemMemory } from '../../model/snapshot/snapshot.ts';

/** Zero means unknown where a platform does not report a value: only Linux reports all of them. */
export function describeMemory(told: Systeminformation.MemData, platform: string): SystemMemory {
  const facts: Record<string, number> = {};
  const add = (name: keyof SystemMemory, value: unknown, zeroIsKnown: boolean) => {
    if (typeof value === 'number' && Number.isFinite(value) && (value > 0 || (value === 0 && zeroIsKnown))) {
      facts[name] = Math.round(value);
    }
  };
  const linux = platform === 'linux';
  add('total', told.total, false);
  add('free', told.free, true);
  add('available', told.available, linux);
  add('buffers', told.buffers, linux);
  add('cached', linux ? told.cached : told.buffcache, linux);
  add('reclaimable', told.reclaimable, linux);
  add('swapTotal', told.swaptotal, true);
  add('swapFree', told.swapfree, true);
  return facts;
}
