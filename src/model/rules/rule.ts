// A rule: when it fires, which processes it may act on, what it does step by step, and its limits.
import type { Expression } from '../query/expression.ts';
import type { Query } from '../query/query.ts';

/** One step of a ladder. */
export type RuleStep =
  | { readonly kind: 'warn' }
  /** A program and its arguments: never a string for a shell. */
  | { readonly kind: 'exec'; readonly words: readonly string[] }
  | { readonly kind: 'collect' }
  | { readonly kind: 'signal'; readonly signal: 'TERM' | 'KILL' };

/** A step, and when it is due. */
export interface Rung {
  readonly step: RuleStep;
  /** Milliseconds from the start of the step before; 0 for the first. */
  readonly after: number;
}

/** What makes a rule fire. */
export type Trigger =
  /** Numbers of the machine, of the limit memtop runs under, or of the rule's cgroup. */
  | { readonly kind: 'machine'; readonly expression: Expression }
  /** Processes that match. */
  | { readonly kind: 'process'; readonly query: Query }
  /** Only the clock: the rule has `every` and no `when`. */
  | { readonly kind: 'schedule' };

export const PICKS = ['largest', 'growing', 'newest', 'all'] as const;

/** Which of several processes that match is acted on. */
export type Pick = (typeof PICKS)[number];

export interface Rule {
  readonly name: string;
  readonly trigger: Trigger;
  /** The condition as it was written; empty for a schedule. */
  readonly when: string;
  /** The memory cgroup whose headroom is judged, and whose members alone may be acted on. */
  readonly cgroup?: string;
  /** The processes that may be acted on; undefined where those of the condition are. */
  readonly on?: Query;
  readonly pick: Pick;
  /** Milliseconds for which the condition must have held. */
  readonly holds: number;
  /** Milliseconds between two firings on a schedule. */
  readonly every?: number;
  readonly ladder: readonly Rung[];
  /** Milliseconds from one firing to the next at least; undefined for the default, which grows while nothing helps. */
  readonly cooldown?: number;
  /** At most this number of firings within a span of milliseconds. */
  readonly most?: { readonly times: number; readonly within: number };
  /** Processes that are never acted on, besides those that no rule may act on. */
  readonly protect: readonly Query[];
  /** TERM and KILL without asking on the screen. */
  readonly unattended: boolean;
  /** Signals go to the descendants too, children first. */
  readonly tree: boolean;
  readonly dryRun: boolean;
}

/** Whether a step acts on a process, and so needs one. */
export function actsOnProcess({ kind }: RuleStep): boolean {
  return kind === 'collect' || kind === 'signal';
}

/** A step as a rules file has it: `signal TERM`. */
export function stepText(step: RuleStep): string {
  if (step.kind === 'signal') return `signal ${step.signal}`;
  return step.kind === 'exec' ? `exec ${step.words[0]}` : step.kind;
}
