// What rules decide from: one sample, and who may be acted on.
import type { Moment } from '../columns/column.ts';
import { isInCgroup } from '../rows/exhaustion.ts';
import type { Row } from '../rows/row.ts';
import { growthOf } from '../rows/row-growth.ts';
import type { DecisionNumbers, Victim } from './decision.ts';
import type { RuleReadings } from './readings.ts';
import type { Rule } from './rule.ts';

/** One sample, as rules need it. */
export interface SceneFacts {
  /** Monotonic milliseconds. */
  readonly now: number;
  readonly rows: readonly Row[];
  readonly moment: Moment;
  /** Numbers of the machine or memtop's own limit, or of a cgroup. */
  readonly readings: (cgroup: string | undefined) => RuleReadings;
  /** memtop's own pid and those of its children: they and all ancestors are protected. */
  readonly own: readonly number[];
  /** Whether the user memtop runs as may send it signals. */
  readonly isPermitted: (row: Row) => boolean;
  /** Whether it has an agent; a ladder that does no more than collect chooses among those. */
  readonly hasAgent: (row: Row) => boolean;
}

/** The names of the SSH server and its helpers (sshd(8)). */
const SSHD: ReadonlySet<string> = new Set(['sshd', 'sshd-session', 'sshd-auth']);

export class Scene {
  readonly facts: SceneFacts;
  readonly #byPid: ReadonlyMap<number, Row>;
  readonly #shielded: ReadonlySet<number>;

  constructor(facts: SceneFacts) {
    this.facts = facts;
    this.#byPid = new Map(facts.rows.map((row) => [row.process.who.pid, row]));
    this.#shielded = this.#withAncestors(facts.own);
  }

  get now(): number {
    return this.facts.now;
  }

  /** The row of exactly this process; undefined once it has exited. */
  find({ pid, startTime }: Pick<Victim, 'pid' | 'startTime'>): Row | undefined {
    const row = this.#byPid.get(pid);
    return row?.process.who.startTime === startTime && !hasExited(row) ? row : undefined;
  }

  /** Whether a rule may act on a process at all. */
  mayActOn(row: Row, rule: Rule): boolean {
    if (this.#isProtected(row) || hasExited(row) || !this.facts.isPermitted(row)) return false;
    if (rule.cgroup !== undefined && !this.isMember(row, rule.cgroup)) return false;
    return !rule.protect.some(({ test }) => test?.(row, this.facts.moment) === true);
  }

  /** Whether a process is in a cgroup or in one below it. */
  isMember({ process: { cgroup } }: Row, path: string): boolean {
    return isInCgroup(cgroup, path);
  }

  /** Those that a rule may act on, the one to begin with first. */
  candidates(rule: Rule, among: readonly Row[] = this.facts.rows): Row[] {
    const { moment, hasAgent } = this.facts;
    const may = among.filter((row) => rule.on?.test?.(row, moment) !== false && this.mayActOn(row, rule));
    const isGentle = rule.ladder.every(({ step }) => step.kind !== 'signal');
    const wantsAgent = isGentle && rule.ladder.some(({ step }) => step.kind === 'collect');
    const able = wantsAgent ? may.filter(hasAgent) : may;
    const rank = this.#rankOf(rule);
    return (able.length > 0 ? able : may).sort((one, other) => rank(other) - rank(one) || pidOf(one) - pidOf(other));
  }

  /** The descendants that a rule may act on, children first. */
  descendants(victim: Victim, rule: Rule): Victim[] {
    const children = new Map<number, Row[]>();
    for (const row of this.facts.rows) {
      const siblings = children.get(row.process.who.ppid);
      if (siblings === undefined) children.set(row.process.who.ppid, [row]);
      else siblings.push(row);
    }
    const found: Row[] = [];
    const seen = new Set([victim.pid]);
    for (let pending = [victim.pid]; pending.length > 0; ) {
      const next = pending.flatMap((pid) => children.get(pid) ?? []).filter((row) => !seen.has(pidOf(row)));
      for (const row of next) seen.add(pidOf(row));
      found.push(...next);
      pending = next.map(pidOf);
    }
    return found
      .filter((row) => this.mayActOn(row, rule))
      .map(victimOf)
      .reverse();
  }

  /** The numbers that lead to a decision of a rule. */
  why({ when, cgroup }: Rule, held: number, victim: Victim | undefined): DecisionNumbers {
    const { available, total, swapFree, pressure, exhaustedIn } = this.facts.readings(cgroup);
    const row = victim === undefined ? undefined : this.find(victim);
    const growth = row === undefined ? undefined : growthOf(row, this.facts.moment.timeline);
    return {
      when,
      held: Math.round(held),
      ...(cgroup !== undefined && { cgroup }),
      ...(available !== undefined && { available }),
      ...(available !== undefined &&
        total !== undefined &&
        total > 0 && { availablePercent: percent(available, total) }),
      ...(total !== undefined && { total }),
      ...(swapFree !== undefined && { swapFree }),
      ...(pressure !== undefined && { pressureSome10: pressure.some10 }),
      ...(pressure?.full10 !== undefined && { pressureFull10: pressure.full10 }),
      ...(exhaustedIn !== undefined && { exhaustedIn: Math.round(exhaustedIn) }),
      ...(row !== undefined && { rss: row.process.rss }),
      ...(growth !== undefined && { growth: Math.round(growth) }),
    };
  }

  /** pid 1, kernel threads, memtop and its ancestors, and the SSH server with its sessions. */
  #isProtected(row: Row): boolean {
    const { who } = row.process;
    return who.pid <= 1 || who.kernel || this.#shielded.has(who.pid) || this.#isSshd(row);
  }

  /** Any process can take the name: it counts for root's, and for children of one that counts. */
  #isSshd({ process: { who } }: Row): boolean {
    if (!SSHD.has(who.name)) return false;
    if (who.user === 'root' || who.user === '0' || who.user === undefined) return true;
    const parent = this.#byPid.get(who.ppid);
    return parent !== undefined && parent.process.who.pid !== who.pid && this.#isSshdOfRoot(parent);
  }

  #isSshdOfRoot({ process: { who } }: Row): boolean {
    return SSHD.has(who.name) && (who.user === 'root' || who.user === '0');
  }

  #withAncestors(pids: readonly number[]): Set<number> {
    const shielded = new Set<number>();
    for (const own of pids) {
      for (let pid = own; pid > 0 && !shielded.has(pid); pid = this.#byPid.get(pid)?.process.who.ppid ?? 0) {
        shielded.add(pid);
      }
    }
    return shielded;
  }

  #rankOf({ pick }: Rule): (row: Row) => number {
    const { timeline } = this.facts.moment;
    if (pick === 'newest') return ({ process }) => process.who.startTime;
    if (pick === 'growing') return (row) => growthOf(row, timeline) ?? 0;
    return ({ process }) => process.rss;
  }
}

/** The process of a row, as a rule remembers it. */
export function victimOf({ process: { who, rss } }: Row): Victim {
  return { pid: who.pid, startTime: who.startTime, name: who.name, rss };
}

/** A zombie takes no signal and holds no memory. */
function hasExited({ process: { state } }: Row): boolean {
  return state === 'Z' || state === 'X';
}

function pidOf({ process }: Row): number {
  return process.who.pid;
}

/** With one decimal. */
function percent(part: number, whole: number): number {
  return Math.round((part / whole) * 1000) / 10;
}
