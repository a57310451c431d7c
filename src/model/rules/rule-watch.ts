// One rule over time: how long its condition has held, its ladder under way, and its limits.
import { existing } from '../../numbers/existing.ts';
import type { Row } from '../rows/row.ts';
import { holds } from './condition.ts';
import type { Decision, StopReason, Victim } from './decision.ts';
import { FiringLimits } from './firing-limits.ts';
import { actsOnProcess, type Rule, type RuleStep } from './rule.ts';
import { type Scene, victimOf } from './scene.ts';
import type { Turn } from './turn.ts';

/** A fraction by which a number must have moved beyond the limit before the condition counts as gone. */
const SLACK = 0.05;
/** Milliseconds after which it counts as gone however close to the limit. */
const GONE_FOR = 5000;
/** Milliseconds to see what the last step does. */
const LAST_STEP: Readonly<Record<RuleStep['kind'], number>> = { warn: 0, exec: 0, collect: 5000, signal: 10_000 };

/** A ladder under way. */
interface Episode {
  readonly firedAt: number;
  victim: Victim | undefined;
  /** With `pick = "all"`: the processes that follow. */
  readonly others: Victim[];
  next: number;
  stepAt: number;
  hasSignalled: boolean;
  notHeldSince: number | undefined;
}

/** Whether the condition holds in a scene. */
interface Holding {
  readonly isHeld: boolean;
  /** It has held for as long as the rule wants. */
  readonly isLongEnough: boolean;
  /** Of a condition on processes: those that have matched for long enough. */
  readonly rows?: readonly Row[];
}

export class RuleWatch {
  readonly rule: Rule;
  readonly #limits: FiringLimits;
  #heldSince: number | undefined;
  #matchedSince = new Map<string, number>();
  #episode: Episode | undefined;
  /** Said once until the condition is gone. */
  #said: StopReason | undefined;

  constructor(rule: Rule, now: number) {
    this.rule = rule;
    this.#limits = new FiringLimits(rule, now);
  }

  get isActing(): boolean {
    return this.#episode !== undefined;
  }

  /** Decisions for this scene. `turn` says whether another process may be acted on. */
  advance(scene: Scene, turn: Turn): Decision[] {
    const holding = this.#hold(scene);
    if (this.#episode === undefined) return this.#begin(scene, turn, holding);
    return this.#goOn(scene, turn, this.#episode);
  }

  /** Milliseconds until the next step, the end of `for`, or the next time on the schedule. */
  dueIn(now: number): number {
    const episode = this.#episode;
    if (episode === undefined) {
      const waits = this.#heldSince === undefined ? Number.POSITIVE_INFINITY : this.#heldSince + this.rule.holds - now;
      return Math.max(0, Math.min(waits > 0 ? waits : Number.POSITIVE_INFINITY, this.#limits.dueIn(now)));
    }
    const rung = this.rule.ladder[episode.next];
    return Math.max(0, episode.stepAt + (rung?.after ?? 0) - now);
  }

  #hold(scene: Scene): Holding {
    const { trigger, holds: wanted } = this.rule;
    const { now } = scene;
    if (trigger.kind === 'process') return this.#holdOfProcesses(scene);
    const { cgroup } = this.rule;
    const isHeld = trigger.kind === 'schedule' || holds(trigger.expression, scene.facts.readings(cgroup));
    this.#heldSince = isHeld ? (this.#heldSince ?? now) : undefined;
    return { isHeld, isLongEnough: this.#heldSince !== undefined && now - this.#heldSince >= wanted };
  }

  #holdOfProcesses(scene: Scene): Holding {
    const { now } = scene;
    const matching = scene.facts.rows.filter((row) => this.#matches(row, scene));
    const since = new Map(matching.map((row) => [keyOf(row), this.#matchedSince.get(keyOf(row)) ?? now]));
    this.#matchedSince = since;
    this.#heldSince = since.size === 0 ? undefined : Math.min(...since.values());
    const rows = matching.filter((row) => now - (since.get(keyOf(row)) ?? now) >= this.rule.holds);
    return { isHeld: matching.length > 0, isLongEnough: rows.length > 0, rows };
  }

  #matches(row: Row, scene: Scene): boolean {
    const { trigger } = this.rule;
    return trigger.kind !== 'process' || trigger.query.test?.(row, scene.facts.moment) === true;
  }

  #begin(scene: Scene, turn: Turn, { isHeld, isLongEnough, rows }: Holding): Decision[] {
    if (!isHeld) this.#said = undefined;
    if (!this.#limits.isDue(scene.now, isHeld) || !isLongEnough) return [];
    const needsVictim = this.rule.ladder.some(({ step }) => actsOnProcess(step)) || rows !== undefined;
    const candidates = needsVictim || this.rule.on !== undefined ? scene.candidates(this.rule, rows).map(victimOf) : [];
    const [victim] = candidates;
    if (needsVictim && victim === undefined) return this.#sayOnce('no process matches', scene);
    if (this.#limits.isSpent(scene.now)) return this.#sayOnce('limit reached', scene);
    if (victim !== undefined && needsVictim && !turn.isFreeFor(victim)) return [];
    this.#said = undefined;
    this.#limits.fire(scene.now);
    this.#episode = {
      ...{ firedAt: scene.now, victim, others: this.rule.pick === 'all' ? candidates.slice(1) : [], next: 0 },
      ...{ stepAt: scene.now, hasSignalled: false, notHeldSince: undefined },
    };
    return this.#goOn(scene, turn, this.#episode);
  }

  #sayOnce(reason: StopReason, scene: Scene): Decision[] {
    if (this.#said === reason) return [];
    this.#said = reason;
    const why = scene.why(this.rule, this.#heldFor(scene), undefined);
    return [{ kind: 'stop', rule: this.rule, reason, after: 0, hasSignalled: false, why }];
  }

  /** Steps that are due, one after the other, until a wait; or the end of the ladder. */
  #goOn(scene: Scene, turn: Turn, episode: Episode): Decision[] {
    const decisions: Decision[] = [];
    for (;;) {
      const stop = this.#reasonToStop(scene, episode);
      if (stop !== undefined) return [...decisions, ...this.#stop(stop, scene, turn, episode)];
      if (episode.notHeldSince !== undefined) return decisions;
      const rung = this.rule.ladder[episode.next];
      const { victim } = episode;
      if (rung === undefined || scene.now - episode.stepAt < rung.after) return decisions;
      if (victim !== undefined && actsOnProcess(rung.step)) {
        if (!turn.isFreeFor(victim)) return decisions;
        turn.take(victim, scene, rung.step.kind === 'signal');
      }
      episode.next += 1;
      episode.stepAt = scene.now;
      if (rung.step.kind === 'signal') episode.hasSignalled = true;
      decisions.push(this.#step(rung.step, scene, victim));
    }
  }

  #step(step: RuleStep, scene: Scene, victim: Victim | undefined): Decision {
    const isTree = this.rule.tree && step.kind === 'signal' && victim !== undefined;
    return {
      ...{ kind: 'step', rule: this.rule, step },
      ...(victim !== undefined && { victim }),
      descendants: isTree ? scene.descendants(victim, this.rule) : [],
      why: scene.why(this.rule, this.#heldFor(scene), victim),
    };
  }

  /** Undefined while the ladder goes on. */
  #reasonToStop(scene: Scene, episode: Episode): StopReason | undefined {
    const { victim } = episode;
    const row = victim === undefined ? undefined : scene.find(victim);
    if (victim !== undefined && row === undefined) return 'process exited';
    if (this.#isGone(scene, episode, row)) return 'condition gone';
    const isLeft = row !== undefined && !(scene.mayActOn(row, this.rule) && this.#isOn(row, scene));
    if (isLeft) return 'process no longer matches';
    const last = existing(this.rule.ladder.at(-1));
    const isOver = episode.next >= this.rule.ladder.length;
    return isOver && scene.now - episode.stepAt >= this.#tailOf(last.step) ? 'ladder finished' : undefined;
  }

  #tailOf(step: RuleStep): number {
    return this.rule.trigger.kind === 'schedule' && step.kind !== 'signal' ? 0 : LAST_STEP[step.kind];
  }

  #isOn(row: Row, scene: Scene): boolean {
    return this.rule.on?.test?.(row, scene.facts.moment) !== false;
  }

  /** Close to the limit it only pauses the ladder, so that it neither acts nor begins again with every swing. */
  #isGone(scene: Scene, episode: Episode, row: Row | undefined): boolean {
    const { trigger, cgroup } = this.rule;
    const { now } = scene;
    if (trigger.kind === 'schedule') return false;
    const readings = scene.facts.readings(cgroup);
    const isHeld =
      trigger.kind === 'machine' ? holds(trigger.expression, readings) : row !== undefined && this.#matches(row, scene);
    if (isHeld) {
      episode.notHeldSince = undefined;
      return false;
    }
    episode.notHeldSince ??= now;
    if (trigger.kind === 'process' || now - episode.notHeldSince >= GONE_FOR) return true;
    return !holds(trigger.expression, readings, SLACK);
  }

  #stop(reason: StopReason, scene: Scene, turn: Turn, episode: Episode): Decision[] {
    const { victim, firedAt, hasSignalled } = episode;
    const next = reason === 'condition gone' ? undefined : this.#nextOf(scene, episode);
    if (next === undefined) {
      this.#episode = undefined;
      this.#limits.end({ isInVain: reason === 'ladder finished', hasSignalled });
    } else Object.assign(episode, { victim: next, next: 0, stepAt: scene.now });
    // A schedule is done when its steps are: nothing had to go away.
    const isQuiet = this.rule.trigger.kind === 'schedule' && reason === 'ladder finished';
    const stop: Decision = {
      ...{ kind: 'stop', rule: this.rule, reason, after: scene.now - firedAt, hasSignalled },
      ...(victim !== undefined && { victim }),
      why: scene.why(this.rule, this.#heldFor(scene), victim),
    };
    return [...(isQuiet ? [] : [stop]), ...(next === undefined ? [] : this.#goOn(scene, turn, episode))];
  }

  /** The next process of a rule that acts on all of them. */
  #nextOf(scene: Scene, episode: Episode): Victim | undefined {
    for (let other = episode.others.shift(); other !== undefined; other = episode.others.shift()) {
      const row = scene.find(other);
      if (row !== undefined && scene.mayActOn(row, this.rule) && this.#isOn(row, scene) && this.#matches(row, scene))
        return victimOf(row);
    }
    return undefined;
  }

  #heldFor({ now }: Scene): number {
    return this.#heldSince === undefined ? 0 : now - this.#heldSince;
  }
}

function keyOf({ process: { who } }: Row): string {
  return `${who.pid} ${who.startTime}`;
}
