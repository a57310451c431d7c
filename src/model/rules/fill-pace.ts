// How soon the next sample is due: never later than memory could fill down to a limit, at the fastest pace measured.
import { boundOf, comparisonsIn } from './condition.ts';
import { type RuleReadings, readingOf } from './readings.ts';
import type { Rule } from './rule.ts';

/** Milliseconds after which the fastest pace counts for half. */
const HALF_LIFE = 600_000;
/** The shortest wait, and the one while a limit is passed already, in milliseconds. */
const SHORTEST = 100;
const PASSED = 250;

/** The fastest that one limit's memory was seen to fill. */
class FillPace {
  #fastest = 0;
  #last: { readonly at: number; readonly available: number } | undefined;

  /** Takes a reading of available bytes at a monotonic time. */
  record(at: number, available: number): void {
    const last = this.#last;
    if (last !== undefined && at > last.at) {
      const elapsed = at - last.at;
      const pace = Math.max(0, last.available - available) / elapsed;
      this.#fastest = Math.max(pace, this.#fastest * 0.5 ** (elapsed / HALF_LIFE));
    }
    this.#last = { at, available };
  }

  /** Milliseconds until a limit `distance` bytes away could be reached. */
  reaches(distance: number): number {
    if (distance <= 0) return PASSED;
    return this.#fastest === 0 ? Number.POSITIVE_INFINITY : distance / this.#fastest;
  }
}

export class SamplePace {
  readonly #paces = new Map<string | undefined, FillPace>();

  /**
   * Milliseconds until the next sample, from 100 to `longest`. `readings` gives the numbers of a cgroup, or of the machine
   * or memtop's own limit, at the monotonic time `now`.
   */
  next(
    now: number,
    rules: readonly Rule[],
    readings: (cgroup: string | undefined) => RuleReadings,
    longest: number,
  ): number {
    for (const cgroup of new Set(rules.map((rule) => rule.cgroup))) {
      const { available } = readings(cgroup);
      if (available !== undefined) this.#of(cgroup).record(now, available);
    }
    const waits = rules.map((rule) => {
      const distance = distanceTo(rule, readings(rule.cgroup));
      return distance === undefined ? longest : this.#of(rule.cgroup).reaches(distance);
    });
    return Math.max(SHORTEST, Math.min(longest, ...waits));
  }

  #of(cgroup: string | undefined): FillPace {
    const pace = this.#paces.get(cgroup) ?? new FillPace();
    this.#paces.set(cgroup, pace);
    return pace;
  }
}

/** Bytes of available memory above the highest limit in the condition of a rule; undefined where it has none. */
function distanceTo({ trigger }: Rule, readings: RuleReadings): number | undefined {
  const available = readingOf('available');
  if (trigger.kind !== 'machine' || available === undefined || readings.available === undefined) return undefined;
  const bounds = comparisonsIn(trigger.expression)
    .filter(({ column, operator }) => column === available.id && operator.startsWith('<'))
    .flatMap(({ values }) =>
      values.map((value) => boundOf(available, value.kind === 'text' ? value.text : '', readings)),
    );
  const known = bounds.filter((bound) => bound !== undefined);
  return known.length === 0 ? undefined : readings.available - Math.max(...known);
}
