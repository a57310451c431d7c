// The rows of which something could not be read.

import type { Gaps } from '../../sampler/gaps.ts';
import type { ProcRow } from './row.ts';

export class GappedRows {
  readonly #rows = new Set<ProcRow>();

  /** Takes over what a reading brought. */
  note(row: ProcRow): void {
    if (row.statGap ?? row.statusGap ?? row.commandGap ?? row.cgroupGap) this.#rows.add(row);
    else if (this.#rows.size > 0) this.#rows.delete(row);
  }

  forget(row: ProcRow): void {
    this.#rows.delete(row);
  }

  clear(): void {
    this.#rows.clear();
  }

  /** Counts what could not be read, each file by its own name. */
  addTo(gaps: Gaps): void {
    for (const row of this.#rows) {
      if (row.statGap !== undefined) gaps.add('stat', row.statGap);
      if (row.statusGap !== undefined) gaps.add('status', row.statusGap);
      if (row.commandGap !== undefined) gaps.add('cmdline', row.commandGap);
      if (row.cgroupGap !== undefined) gaps.add('cgroup', row.cgroupGap);
    }
  }
}
