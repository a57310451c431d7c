// A decision of a rule and its result, as one JSON document on one line. The fields and their order are fixed.
import type { Decision, DecisionNumbers } from '../model/rules/decision.ts';
import type { Outcome } from '../model/rules/outcome.ts';
import { stepText } from '../model/rules/rule.ts';
import { escapeUnprintable } from '../text/clean.ts';

/** One line with its newline. Sizes in bytes, times in milliseconds, `growth` in bytes a second; unknown fields are left out. */
export function formatDecisionJson(decision: Decision, outcome: Outcome, time: number): string {
  const { rule, victim, why } = decision;
  const document = {
    time: new Date(time).toISOString(),
    rule: rule.name,
    step: decision.kind === 'stop' ? 'stop' : stepText(decision.step),
    ...(victim !== undefined && { pid: victim.pid, name: victim.name }),
    why: whyOf(why),
    result: resultOf(decision, outcome),
  };
  return `${escapeUnprintable(JSON.stringify(document))}\n`;
}

function whyOf({ held, exhaustedIn, ...rest }: DecisionNumbers) {
  return { ...rest, heldMs: held, ...(exhaustedIn !== undefined && { exhaustedInMs: exhaustedIn }) };
}

function resultOf(decision: Decision, outcome: Outcome) {
  if (decision.kind === 'stop') {
    const { reason, after, hasSignalled } = decision;
    return { reason, afterMs: Math.round(after), signalled: hasSignalled };
  }
  switch (outcome.kind) {
    case 'dry-run':
      return { dryRun: true };
    case 'warned':
      return { warned: true };
    case 'ran':
      return { exitCode: outcome.exitCode, ms: Math.round(outcome.ms) };
    case 'failed':
      return { error: outcome.reason };
    case 'collected': {
      const { verdict, freed, returned, pauseMs } = outcome;
      return { verdict, freed, returned, pauseMs };
    }
    case 'signalled':
      return { sent: outcome.sent };
    default:
      return {};
  }
}
