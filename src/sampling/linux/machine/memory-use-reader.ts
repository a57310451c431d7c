// Reads what meminfo does not have: free pages in lists of CPUs, the cache of ZFS, zram devices.
import { readdirSync } from 'node:fs';
import type { Arc, MemoryUse, Zram } from '../../../model/snapshot/memory-use.ts';
import { parseArcstats } from '../proc/arcstats.ts';
import { parseSwaps } from '../proc/swaps.ts';
import { parseCpuLists } from '../proc/zoneinfo.ts';
import { parseMmStat } from '../proc/zram-mm-stat.ts';
import type { FileReader } from '../reading/file-reader.ts';
import type { ProcRoot } from '../reading/proc-root.ts';

/** The lists of CPUs, and whether there is ZFS or zram at all, are read again after this many milliseconds. */
const LOOKUP_AGE = 10_000;
/** More devices are not read. */
const MOST_DEVICES = 32;

/** Costs zoneinfo, one failing open and one listing every ten seconds on machines that have neither ZFS nor zram. */
export class MemoryUseReader {
  readonly #root: ProcRoot;
  readonly #reader: FileReader;
  readonly #block: string;
  #lookedUpAt = Number.NEGATIVE_INFINITY;
  #devices: readonly string[] = [];
  #hasArc = false;
  #freeInCpuLists: number | undefined;

  constructor(root: ProcRoot, reader: FileReader) {
    this.#root = root;
    this.#reader = reader;
    this.#block = `${root.above}/sys/block`;
  }

  /** One reading at `now` (monotonic milliseconds). What is not there, or cannot be parsed, is absent. */
  read(now: number): Pick<MemoryUse, 'freeInCpuLists' | 'arc' | 'zram'> {
    const isDue = now - this.#lookedUpAt >= LOOKUP_AGE;
    if (isDue) {
      this.#lookedUpAt = now;
      this.#devices = this.#listDevices();
      this.#freeInCpuLists = this.#readCpuLists();
    }
    const arc = isDue || this.#hasArc ? this.#readArc() : undefined;
    this.#hasArc = arc !== undefined;
    const zram = this.#readZram();
    const freeInCpuLists = this.#freeInCpuLists;
    return {
      ...(freeInCpuLists !== undefined && { freeInCpuLists }),
      ...(arc !== undefined && { arc }),
      ...(zram.length > 0 && { zram }),
    };
  }

  #readCpuLists(): number | undefined {
    const zones = this.#reader.text(`${this.#root.path}/zoneinfo`);
    return 'text' in zones ? parseCpuLists(zones.text) * this.#root.units.pageSize : undefined;
  }

  #readArc(): Arc | undefined {
    const stats = this.#reader.text(`${this.#root.path}/spl/kstat/zfs/arcstats`);
    return 'text' in stats ? parseArcstats(stats.text) : undefined;
  }

  #listDevices(): string[] {
    try {
      return readdirSync(this.#block)
        .filter((name) => /^zram\d{1,4}$/.test(name))
        .slice(0, MOST_DEVICES);
    } catch {
      return [];
    }
  }

  /** The devices that hold anything or are swap; one that is not set up has no figures worth a line. */
  #readZram(): Zram[] {
    if (this.#devices.length === 0) return [];
    const swaps = this.#reader.text(`${this.#root.path}/swaps`);
    const used = new Map('text' in swaps ? parseSwaps(swaps.text).map((swap) => [swap.path, swap] as const) : []);
    return this.#devices.flatMap((name): Zram[] => {
      const stat = this.#reader.text(`${this.#block}/${name}/mm_stat`);
      const figures = 'text' in stat ? parseMmStat(stat.text) : undefined;
      const swap = used.get(`/dev/${name}`);
      if (figures === undefined || (figures.used === 0 && swap === undefined)) return [];
      return [{ name, ...figures, ...(swap !== undefined && { swap: { size: swap.size, used: swap.used } }) }];
    });
  }
}
