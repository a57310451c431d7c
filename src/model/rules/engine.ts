// The decisions of all rules, sample after sample: a pure state machine with the time as an input.
import type { Decision } from './decision.ts';
import type { Rule } from './rule.ts';
import { RuleWatch } from './rule-watch.ts';
import type { Scene } from './scene.ts';
import { Turn } from './turn.ts';

export class RuleEngine {
  readonly #watches: readonly RuleWatch[];
  /** One for each memory that is judged: what exits in one cgroup frees nothing in another. */
  readonly #turns = new Map<string | undefined, Turn>();

  /** `now`: monotonic milliseconds; schedules count from then. */
  constructor(rules: readonly Rule[], now: number) {
    this.#watches = rules.map((rule) => new RuleWatch(rule, now));
    for (const { cgroup } of rules) this.#turns.set(cgroup, new Turn(cgroup));
  }

  /** What is to be done now, in order. Rules decide in the order of the file. */
  advance(scene: Scene): Decision[] {
    for (const turn of this.#turns.values()) turn.advance(scene);
    return this.#watches.flatMap((watch) => {
      const turn = this.#turns.get(watch.rule.cgroup);
      return turn === undefined ? [] : watch.advance(scene, turn);
    });
  }

  /** Milliseconds until the next step or schedule is due; Infinity where nothing waits for the clock. */
  dueIn(now: number): number {
    return Math.min(...this.#watches.map((watch) => watch.dueIn(now)), Number.POSITIVE_INFINITY);
  }

  /** True while a ladder is under way. */
  get isActing(): boolean {
    return this.#watches.some(({ isActing }) => isActing);
  }
}
