// Performs the decisions of rules: each step for real, unless it is a dry run, and one line or document for each.
import type { Gate } from '../../acting/gate.ts';
import type { OpenedAgents } from '../../agent/client/open-agents.ts';
import type { Context } from '../../cli/context.ts';
import { formatDecisionJson } from '../../formats/decision-json.ts';
import type { Decision, StepDecision, Victim } from '../../model/rules/decision.ts';
import type { Verdicts } from '../../model/rules/names.ts';
import { decisionLine, type Outcome, refusalText } from '../../model/rules/outcome.ts';
import { clean } from '../../text/clean.ts';
import { collectIn } from './collecting.ts';
import { runProgram } from './programs.ts';

export interface DecisionPerformerOptions {
  readonly gate: Pick<Gate, 'signal'>;
  readonly opened: OpenedAgents;
  readonly context: Pick<Context, 'print' | 'environment' | 'outputIsTerminal'>;
  /** Learns what each collection showed. */
  readonly verdicts: Verdicts;
  readonly isDryRun: boolean;
  readonly isJson: boolean;
  /** Stops waiting for collections. */
  readonly signal: AbortSignal;
}

/** How often the rules acted, for the summary. */
export interface GuardTally {
  collected: number;
  signalled: number;
  /** Conditions that went away after a rule had fired, before any signal. */
  saved: number;
}

const BELL = '\u0007';

export class DecisionPerformer {
  readonly tally: GuardTally = { collected: 0, signalled: 0, saved: 0 };
  readonly #options: DecisionPerformerOptions;
  readonly #running = new Set<Promise<void>>();
  #printed: Promise<void> = Promise.resolve();

  constructor(options: DecisionPerformerOptions) {
    this.#options = options;
  }

  /** Begins at once. Lines come as results are known; nothing waits for a collection or a program. */
  async perform(decision: Decision, time: number): Promise<void> {
    if (decision.kind === 'stop') {
      if (decision.reason === 'condition gone' && !decision.hasSignalled) this.tally.saved += 1;
      return this.#print(decision, { kind: 'stopped' }, time);
    }
    const outcome = this.#outcomeOf(decision, time);
    // A signal is sent before anything else happens; what takes longer is reported when it is done.
    if (decision.step.kind === 'signal') return this.#print(decision, await outcome, time);
    const running: Promise<void> = outcome
      .then((known) => this.#print(decision, known, time))
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
    running.catch(() => undefined);
  }

  /** Settles when everything under way is reported. Rejects where it cannot be printed. */
  async settled(): Promise<void> {
    await Promise.all(this.#running);
    await this.#printed;
  }

  async #outcomeOf(decision: StepDecision, time: number): Promise<Outcome> {
    const { step, victim, rule } = decision;
    if (this.#options.isDryRun || rule.dryRun) return { kind: 'dry-run' };
    switch (step.kind) {
      case 'warn':
        return { kind: 'warned' };
      case 'exec':
        return runProgram(decision, step.words, time, this.#options.context.environment);
      case 'collect':
        return victim === undefined ? { kind: 'failed', reason: 'no process' } : this.#collect(victim);
      case 'signal':
        return victim === undefined
          ? { kind: 'failed', reason: 'no process' }
          : this.#signal(step.signal, [...decision.descendants, victim]);
    }
  }

  async #collect(victim: Victim): Promise<Outcome> {
    this.tally.collected += 1;
    const outcome = await collectIn(victim, this.#options.opened, this.#options.signal);
    if (outcome.kind === 'collected') this.#options.verdicts.record(victim.pid, victim.startTime, outcome.verdict);
    return outcome;
  }

  /** Children first; the gate checks pid and start time of each right before its signal. */
  async #signal(signal: 'TERM' | 'KILL', to: readonly Victim[]): Promise<Outcome> {
    let sent = 0;
    let reason = '';
    for (const victim of to) {
      const refused = await this.#options.gate.signal(`SIG${signal}`, victim);
      if (refused === undefined) sent += 1;
      else reason = refusalText(refused);
    }
    if (sent === 0) return { kind: 'failed', reason };
    this.tally.signalled += 1;
    return { kind: 'signalled', sent };
  }

  #print(decision: Decision, outcome: Outcome, time: number): Promise<void> {
    const { context, isJson } = this.#options;
    const isAlarm = !isJson && context.outputIsTerminal && outcome.kind === 'warned';
    const text = isJson
      ? formatDecisionJson(decision, outcome, time)
      : `${decisionLine(decision, outcome, time)}\n${isAlarm ? `${BELL}${titleOf(decision)}` : ''}`;
    this.#printed = this.#printed.then(() => context.print(text));
    return this.#printed;
  }
}

/** OSC 2 sets the title of a terminal (XTerm Control Sequences). */
function titleOf({ rule }: Decision): string {
  return `\u001b]2;memtop guard: ${clean(rule.name)}${BELL}`;
}
