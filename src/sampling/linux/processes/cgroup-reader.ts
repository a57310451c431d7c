// Reads the cgroup of a process: when it is first needed, and rarely from then on.
import { isWantedOf, type Needs } from '../../sampler/sampler.ts';
import { parseCgroup } from '../proc/cgroup.ts';
import type { FileReader } from '../reading/file-reader.ts';
import type { ProcRow } from './row.ts';

/** Processes hardly ever change their cgroup: it is read again after this many milliseconds. */
const CGROUP_AGE = 30_000;

/** Thousands of processes share a few paths: this many are kept as shared strings. */
const MOST_PATHS = 4096;

export class CgroupReader {
  readonly #reader: FileReader;
  readonly #live: boolean;
  readonly #paths = new Map<string, string>();

  /** `live` as in ProcRoot: there a process whose file is missing has gone, or the kernel has no cgroups. */
  constructor(reader: FileReader, live: boolean) {
    this.#reader = reader;
    this.#live = live;
  }

  isDue(row: ProcRow, now: number, visible: boolean, needs: Needs): boolean {
    return isWantedOf('cgroup', visible, needs) && now - row.cgroupAt >= CGROUP_AGE;
  }

  /** Stores the path in the row, or why it is missing. */
  read(row: ProcRow, now: number): void {
    const length = this.#reader.once(`${row.folder}/cgroup`);
    row.cgroupAt = now;
    if (typeof length !== 'number') {
      row.cgroup = undefined;
      row.cgroupGap = length === 'gone' && this.#live ? 'unsupported' : length;
      return;
    }
    const path = parseCgroup(this.#reader.bytes, length);
    row.cgroup = path === undefined ? undefined : this.#shared(path);
    row.cgroupGap = path === undefined ? 'malformed' : undefined;
  }

  #shared(path: string): string {
    const known = this.#paths.get(path);
    if (known !== undefined) return known;
    if (this.#paths.size >= MOST_PATHS) this.#paths.clear();
    this.#paths.set(path, path);
    return path;
  }
}
