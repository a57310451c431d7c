// Reads the machine's memory from a /proc tree.
import type { SystemMemory } from '../../../model/snapshot/snapshot.ts';
import type { Gaps } from '../../sampler/gaps.ts';
import { MemoryGroups } from '../cgroup/cgroup-watch.ts';
import { PressureReader } from '../cgroup/pressure.ts';
import { memoryUse, parseMeminfo, systemMemory } from '../proc/meminfo.ts';
import { parseLowWatermark } from '../proc/zoneinfo.ts';
import type { FileReader } from '../reading/file-reader.ts';
import type { ProcRoot } from '../reading/proc-root.ts';
import { MemoryUseReader } from './memory-use-reader.ts';

export class MemoryReader {
  readonly #root: ProcRoot;
  readonly #reader: FileReader;
  readonly #pressure: PressureReader;
  readonly #use: MemoryUseReader;
  /** The cgroups of memtop itself and of others. */
  readonly groups: MemoryGroups;
  /** The last reading, used while a read fails. */
  #last: SystemMemory = {};
  #lowWatermark: number | undefined;

  constructor(root: ProcRoot, reader: FileReader) {
    this.#root = root;
    this.#reader = reader;
    this.#pressure = new PressureReader(`${root.path}/pressure/memory`, reader);
    this.#use = new MemoryUseReader(root, reader);
    this.groups = new MemoryGroups(root, reader);
  }

  /** One reading at `now` (monotonic); what is missing is absent in it and noted as a gap. */
  read(now: number, gaps: Gaps): SystemMemory {
    const meminfo = this.#reader.text(`${this.#root.path}/meminfo`);
    if (!('text' in meminfo)) {
      gaps.add('meminfo', meminfo.why);
      if (this.#last.total !== undefined) return this.#last;
    }
    const lines = parseMeminfo('text' in meminfo ? meminfo.text : '');
    const memory = systemMemory(lines, () => this.#readLowWatermark());
    const use = { ...memoryUse(lines), ...this.#use.read(now) };
    if ('text' in meminfo && (memory.total === undefined || memory.available === undefined))
      gaps.add('meminfo', 'malformed');
    const pressure = this.#pressure.read();
    if (pressure === 'malformed') gaps.add('pressure', pressure);
    const limit = this.groups.own(now, memory.total, gaps);
    this.#last = {
      ...memory,
      use,
      ...(typeof pressure !== 'string' && { pressure }),
      ...(limit !== undefined && { limit }),
    };
    return this.#last;
  }

  /** Closes the descriptor of memory pressure; returns whether there was one. */
  surrender(): boolean {
    return this.#pressure.surrender();
  }

  close(): void {
    this.#pressure.close();
  }

  /** In bytes, read once: it changes only with the machine's settings. */
  #readLowWatermark(): number {
    this.#lowWatermark ??= this.#fromZones() || this.#fromMinimum();
    return this.#lowWatermark;
  }

  #fromZones(): number {
    const zones = this.#reader.text(`${this.#root.path}/zoneinfo`);
    return 'text' in zones ? parseLowWatermark(zones.text) * this.#root.units.pageSize : 0;
  }

  /** Without zoneinfo: the low watermark lies a quarter above vm.min_free_kbytes (mm/page_alloc.c). */
  #fromMinimum(): number {
    const minimum = this.#reader.text(`${this.#root.path}/sys/vm/min_free_kbytes`);
    const kilobytes = 'text' in minimum ? Number.parseInt(minimum.text, 10) : 0;
    return Number.isFinite(kilobytes) ? kilobytes * 1024 * 1.25 : 0;
  }
}
