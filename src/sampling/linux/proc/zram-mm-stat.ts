// /sys/block/zramN/mm_stat: what a zram device holds and what it costs (Documentation/admin-guide/blockdev/zram.rst), since
// Linux 4.1.
import type { Zram } from '../../../model/snapshot/memory-use.ts';

/**
 * The first four of its numbers, in bytes: orig_data_size, compr_data_size, mem_used_total and mem_limit, which is 0
 * for none. Undefined when they are not there.
 */
export function parseMmStat(text: string): Pick<Zram, 'stored' | 'used' | 'limit'> | undefined {
  const match = /^\s*(\d{1,16})\s+\d{1,16}\s+(\d{1,16})\s+(\d{1,16})(?:\s|$)/.exec(text);
  if (match === null) return undefined;
  const [stored, used, limit] = match.slice(1).map(Number) as [number, number, number];
  return { stored, used, ...(limit > 0 && { limit }) };
}
