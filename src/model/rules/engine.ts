// The decisions of all rules, sample after sample: a pure state machine with the time as an input.
import type { Decision } from './decision.ts';
import type { Rule } from './rule.ts';
import { RuleWatch } from './rule-watch.ts';
import type { Scene } from './scene.ts';
import { Turn } from './turn.ts';

export class RuleEngine {
  readonly #watches: readonly RuleWatch[];
  readonly #turn = new Turn();

  /** `now`: monotonic milliseconds; schedules count from then. */
  constructor(rules: readonly Rule[], now: number) {
    this.#watches = rules.map((rule) => new RuleWatch(rule, now));
  }

  /** What is to be done now, in order. Rules decide in the order of the file. */
  advance(scene: Scene): Decision[] {
    this.#turn.advance(scene);
    return this.#watches.flatMap((watch) => watch.advance(scene, this.#turn));
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
