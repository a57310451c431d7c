// Counts what could not be read in one sample.
import type { Gap } from '../../model/snapshot/gap.ts';

export class Gaps {
  readonly #counts = new Map<string, { what: string; why: Gap['why']; count: number }>();

  add(what: string, why: Gap['why'], count = 1): void {
    if (count === 0) return;
    const key = `${what} ${why}`;
    const gap = this.#counts.get(key);
    if (gap === undefined) this.#counts.set(key, { what, why, count });
    else gap.count += count;
  }

  /** Adds what another count has. */
  addAll(other: Gaps): void {
    for (const { what, why, count } of other.list()) this.add(what, why, count);
  }

  list(): Gap[] {
    return [...this.#counts.values()];
  }
}
