// What a decision led to, and both as one line of text.
import { clean } from '../../text/clean.ts';
import { formatAhead, formatClock, formatGrowth, formatPercent, formatSize, formatSpan } from '../../text/format.ts';
import type { Verdict } from '../collection/verdict.ts';
import type { SignalRefusal } from '../signals.ts';
import type { Decision, DecisionNumbers, StopDecision, Victim } from './decision.ts';
import { stepText } from './rule.ts';

/** Sizes in bytes, times in milliseconds. */
export type Outcome =
  | { readonly kind: 'dry-run' }
  | { readonly kind: 'warned' }
  | { readonly kind: 'ran'; readonly exitCode: number; readonly ms: number }
  /** `reason` is the end of a sentence. */
  | { readonly kind: 'failed'; readonly reason: string }
  | {
      readonly kind: 'collected';
      readonly verdict: Verdict;
      readonly freed: number;
      readonly returned: number;
      readonly pauseMs: number;
    }
  /** `sent` counts the processes: several with `tree`. */
  | { readonly kind: 'signalled'; readonly sent: number }
  | { readonly kind: 'stopped' };

/** DecisionNumbers a signal was not sent, as the end of a sentence. */
export function refusalText(refusal: SignalRefusal): string {
  switch (refusal.kind) {
    case 'reused':
      return 'its PID belongs to another process now';
    case 'went':
      return 'it had already exited';
    case 'denied':
      return `permission denied (memtop runs as ${refusal.own})`;
    case 'refused':
      return refusal.reason;
  }
}

/** `16:04:05 collect first: collect in node (123): available 45.2M (22.6%) …: freed 80.1M …`, without a newline. */
export function decisionLine(decision: Decision, outcome: Outcome, time: number): string {
  const { rule, why } = decision;
  const subject = decision.kind === 'stop' ? stopText(decision) : stepSubject(decision);
  const numbers = numbersText(why);
  const result = outcomeText(outcome);
  return clean(
    `${formatClock(time)} ${rule.name}: ${subject}${numbers === '' ? '' : `: ${numbers}`}${result === '' ? '' : `: ${result}`}`,
  );
}

function stepSubject({ step, victim, descendants }: Exclude<Decision, StopDecision>): string {
  if (victim === undefined) return stepText(step);
  const tree = descendants.length === 0 ? '' : ` and ${descendants.length} descendants`;
  return `${stepText(step)} ${processText(victim)}${tree}`;
}

/** `node (123)`. */
export function processText({ name, pid }: Pick<Victim, 'name' | 'pid'>): string {
  return `${clean(name)} (${pid})`;
}

function stopText({ reason, victim, after, hasSignalled }: StopDecision): string {
  const who = victim === undefined ? 'no process' : processText(victim);
  switch (reason) {
    case 'condition gone':
      return `stopped after ${formatSpan(after)}, the condition is gone${hasSignalled ? '' : ' without a signal'}`;
    case 'process exited':
      return `${who} exited after ${formatSpan(after)}`;
    case 'process no longer matches':
      return `stopped after ${formatSpan(after)}, ${who} no longer matches`;
    case 'ladder finished':
      return `every step is done after ${formatSpan(after)}, and the condition still holds`;
    case 'no process matches':
      return 'the condition holds, and no process may be acted on';
    case 'limit reached':
      return 'the condition holds, and the rule has fired as often as at-most permits';
  }
}

function numbersText(why: DecisionNumbers): string {
  const { available, availablePercent, total, held, rss, growth, exhaustedIn, pressureFull10, cgroup } = why;
  const parts = [
    ...(available === undefined ? [] : [`available ${formatSize(available)}${ofTotal(availablePercent, total)}`]),
    ...(cgroup === undefined ? [] : [`in cgroup ${cgroup}`]),
    ...(pressureFull10 === undefined || pressureFull10 === 0 ? [] : [`pressure ${formatPercent(pressureFull10)}%`]),
    ...(exhaustedIn === undefined ? [] : [`out of memory in ~${formatAhead(exhaustedIn)}`]),
    ...(rss === undefined ? [] : [`RSS ${formatSize(rss)}`]),
    ...(growth === undefined || growth === 0 ? [] : [`${formatGrowth(growth)}/min`]),
    ...(held < 1000 ? [] : [`held ${formatSpan(Math.round(held / 1000) * 1000)}`]),
  ];
  return parts.join(', ');
}

function ofTotal(percent: number | undefined, total: number | undefined): string {
  return percent === undefined || total === undefined ? '' : ` (${percent}% of ${formatSize(total)})`;
}

function outcomeText(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'dry-run':
      return 'dry run, nothing was done';
    case 'failed':
      return `failed: ${outcome.reason}`;
    case 'ran':
      return `exit code ${outcome.exitCode} after ${formatSpan(outcome.ms)}`;
    case 'collected':
      return `freed ${sizeText(outcome.freed)}, RSS ${outcome.returned < 0 ? 'rose' : 'fell'} by ${formatSize(
        Math.abs(outcome.returned),
      )}, verdict ${outcome.verdict}`;
    case 'signalled':
      return outcome.sent === 1 ? 'sent' : `sent to ${outcome.sent} processes`;
    default:
      return '';
  }
}

function sizeText(bytes: number): string {
  return bytes < 0 ? `-${formatSize(-bytes)}` : formatSize(bytes);
}
