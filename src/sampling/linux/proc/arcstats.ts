// /proc/spl/kstat/zfs/arcstats: the cache of ZFS (module/zfs/arc.c of OpenZFS, arc_stats_t). There while ZFS is loaded.
import type { Arc } from '../../../model/snapshot/memory-use.ts';

/** Parts of `size` that are allocated from kmem caches of small objects, which Linux counts as slab. */
const IN_SLAB = ['hdr_size', 'l2_hdr_size', 'dbuf_size', 'dnode_size', 'bonus_size'] as const;

/** A line is a name, a type and a value in bytes; 3 and 4 are signed and unsigned 64 bits. Undefined without a size. */
export function parseArcstats(text: string): Arc | undefined {
  const values = new Map<string, number>();
  for (const [, name, digits] of text.matchAll(/^(\w+)[ \t]+[34][ \t]+(\d{1,19})$/gm)) {
    values.set(name as string, Number(digits));
  }
  const size = values.get('size');
  if (size === undefined) return undefined;
  const inSlab = IN_SLAB.reduce((sum, name) => sum + (values.get(name) ?? 0), 0);
  return { size, inSlab: Math.min(size, inSlab) };
}
