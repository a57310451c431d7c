// A decision of a rule: one step on one process, or why a ladder stopped, with the numbers that led to it.
import type { Rule, RuleStep } from './rule.ts';

/** The process that is acted on, as it was when it was chosen. */
export interface Victim {
  readonly pid: number;
  /** In the unit of the snapshots: with the pid it names exactly one process. */
  readonly startTime: number;
  /** Hostile until cleaned. */
  readonly name: string;
  /** Bytes. */
  readonly rss: number;
}

/** The numbers that led to a decision. Sizes in bytes, times in milliseconds; absent where unknown. */
export interface DecisionNumbers {
  /** The condition as it was written; empty for a schedule. */
  readonly when: string;
  /** How long it had held. */
  readonly held: number;
  readonly cgroup?: string;
  readonly available?: number;
  readonly availablePercent?: number;
  readonly total?: number;
  readonly swapFree?: number;
  readonly pressureSome10?: number;
  readonly pressureFull10?: number;
  readonly exhaustedIn?: number;
  /** RSS of the process now, and its growth in bytes a second. */
  readonly rss?: number;
  readonly growth?: number;
}

export type StopReason =
  /** The condition no longer holds. */
  | 'condition gone'
  /** The process has exited. */
  | 'process exited'
  /** The process may no longer be acted on: it does not match any more, or it is protected now. */
  | 'process no longer matches'
  /** Every step was done, and the condition still holds. */
  | 'ladder finished'
  /** No process may be acted on. */
  | 'no process matches'
  /** The rule has fired as often as `at-most` permits. */
  | 'limit reached';

export interface StepDecision {
  readonly kind: 'step';
  readonly rule: Rule;
  readonly step: RuleStep;
  /** Absent for steps that need no process. */
  readonly victim?: Victim;
  /** With `tree`: its descendants, children first. They get the signal before it. */
  readonly descendants: readonly Victim[];
  readonly why: DecisionNumbers;
}

export interface StopDecision {
  readonly kind: 'stop';
  readonly rule: Rule;
  readonly reason: StopReason;
  readonly victim?: Victim;
  /** Milliseconds since the rule fired. */
  readonly after: number;
  /** Whether the rule had sent a signal until then. */
  readonly hasSignalled: boolean;
  readonly why: DecisionNumbers;
}

export type Decision = StepDecision | StopDecision;
