// One process at a time: the turn is free again once what the last one held has come back.
import type { Victim } from './decision.ts';
import type { Scene } from './scene.ts';

/** Milliseconds for which a collection, and a signal that changes nothing, keep the turn. */
const COLLECTING = 2000;
const SIGNALLED = 15_000;
/** Milliseconds for the memory of an exited process to come back, and the fraction of its RSS that counts as come back. */
const COMES_BACK_WITHIN = 3000;
const COMES_BACK = 0.5;

interface Held {
  readonly victim: Victim;
  /** Bytes available when it was acted on. */
  readonly available: number | undefined;
  readonly until: number;
  exitedAt?: number;
}

/** Shared by all rules that judge the same memory. */
export class Turn {
  readonly #cgroup: string | undefined;
  #held: Held | undefined;

  /** @param cgroup whose memory is judged; undefined for the machine, or memtop's own limit */
  constructor(cgroup: string | undefined) {
    this.#cgroup = cgroup;
  }

  /** Whether a process may be acted on now: no other one is being acted on. */
  isFreeFor(victim: Victim): boolean {
    const held = this.#held?.victim;
    return held === undefined || (held.pid === victim.pid && held.startTime === victim.startTime);
  }

  take(victim: Victim, scene: Scene, isSignal: boolean): void {
    const { available } = scene.facts.readings(this.#cgroup);
    this.#held = { victim, available, until: scene.now + (isSignal ? SIGNALLED : COLLECTING) };
  }

  /** To be called with each sample, before the rules decide. */
  advance(scene: Scene): void {
    const held = this.#held;
    if (held === undefined) return;
    if (scene.find(held.victim) !== undefined) {
      if (scene.now >= held.until) this.#held = undefined;
      return;
    }
    held.exitedAt ??= scene.now;
    const { available } = scene.facts.readings(this.#cgroup);
    const wanted = (held.available ?? 0) + held.victim.rss * COMES_BACK;
    const isBack = available !== undefined && held.available !== undefined && available >= wanted;
    if (isBack || scene.now - held.exitedAt >= COMES_BACK_WITHIN) this.#held = undefined;
  }
}
