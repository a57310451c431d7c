// When a rule may fire again: its cool-down, how often it may fire, and its schedule.
import type { Rule } from './rule.ts';

/** Milliseconds of the default cool-down, after ladders that only warned and collected, and after a signal. */
const GENTLE_COOLDOWN = 2000;
const HARD_COOLDOWN = 10_000;
/** It doubles with every ladder that ran out and changed nothing, up to this. */
const LONGEST_COOLDOWN = 60_000;

export class FiringLimits {
  readonly #rule: Rule;
  #fired: number[] = [];
  /** The default cool-down after the last ladder, and by how much it has grown. */
  #usual = GENTLE_COOLDOWN;
  #factor = 1;
  #scheduled: number | undefined;

  constructor(rule: Rule, now: number) {
    this.#rule = rule;
    this.#scheduled = rule.every === undefined ? undefined : now + rule.every;
  }

  /** Milliseconds that must lie between two firings now. */
  get cooldown(): number {
    return this.#rule.cooldown ?? Math.min(LONGEST_COOLDOWN, this.#usual * this.#factor);
  }

  /** Whether schedule and cool-down permit a firing. A time on the schedule at which the condition does not hold is skipped. */
  isDue(now: number, isHeld: boolean): boolean {
    const { every } = this.#rule;
    if (every !== undefined && this.#scheduled !== undefined && now >= this.#scheduled && !isHeld) {
      this.#scheduled = now + every;
    }
    if (this.#scheduled !== undefined && now < this.#scheduled) return false;
    const last = this.#fired.at(-1);
    return isHeld && (last === undefined || now - last >= this.cooldown);
  }

  /** Whether the rule has fired as often as it may. */
  isSpent(now: number): boolean {
    const { most } = this.#rule;
    if (most === undefined) return false;
    return this.#fired.filter((at) => now - at < most.within).length >= most.times;
  }

  fire(now: number): void {
    const { every, most } = this.#rule;
    const from = now - (most?.within ?? 0);
    this.#fired = [...this.#fired.filter((at) => at > from), now];
    if (every !== undefined) this.#scheduled = now + every;
  }

  /** The ladder is over; `isInVain` where it ran out and the condition still holds. */
  end({ isInVain, hasSignalled }: { readonly isInVain: boolean; readonly hasSignalled: boolean }): void {
    this.#usual = hasSignalled ? HARD_COOLDOWN : GENTLE_COOLDOWN;
    this.#factor = isInVain ? Math.min(this.#factor * 2, LONGEST_COOLDOWN / GENTLE_COOLDOWN) : 1;
  }

  /** Milliseconds until the next time on the schedule; Infinity without one. */
  dueIn(now: number): number {
    return this.#scheduled === undefined ? Number.POSITIVE_INFINITY : Math.max(0, this.#scheduled - now);
  }
}
