// The ladder of a rule: its steps in order, each with the time until the next one.
import { inside } from '../../errors/misplaced.ts';
import { UserError } from '../../errors/user-error.ts';
import { existing } from '../../numbers/existing.ts';
import { nearest } from '../../text/did-you-mean.ts';
import { parseDuration } from '../../text/duration.ts';
import { type RuleStep, type Rung, stepText } from './rule.ts';

/** The steps there are, each with what it does and an example. */
export const STEPS = [
  { name: 'warn', example: 'warn', meaning: 'print a line, ring the bell and set the title of the terminal' },
  { name: 'exec', example: 'exec /usr/local/bin/page', meaning: 'run a program with these arguments, without a shell' },
  { name: 'collect', example: 'collect', meaning: 'make the program collect garbage, where it has an agent' },
  { name: 'signal', example: 'signal TERM', meaning: 'send SIGTERM, or SIGKILL after it' },
  { name: 'wait', example: 'wait 5s', meaning: 'time from the start of the step before to the next one' },
] as const;

/** Milliseconds from the start of a step to the next one where the ladder has no wait between them. */
const WAIT_AFTER: Readonly<Record<RuleStep['kind'], number>> = { warn: 0, exec: 0, collect: 5000, signal: 10_000 };

/** How hard a step is on a process: a ladder only climbs. Steps that do nothing to it may stand anywhere. */
const HARDNESS = { collect: 1, TERM: 2, KILL: 3 } as const;

const SIGNALS = ['TERM', 'KILL'] as const;
const MOST_STEPS = 20;

/**
 * The ladder of a list of steps.
 *
 * @throws UserError (Misplaced where it is one step) for unknown steps, a wait without a step on both sides, and an order
 *   that is not from gentle to hard
 */
export function readLadder(texts: readonly string[]): readonly Rung[] {
  if (texts.length === 0) throw new UserError('The ladder has no steps.', 'Example: do = ["collect", "wait 5s"].');
  if (texts.length > MOST_STEPS)
    throw new UserError(`The ladder has ${texts.length} steps.`, `The most is ${MOST_STEPS}.`);
  const rungs: Rung[] = [];
  let wait: number | undefined;
  for (const [index, text] of texts.entries()) {
    inside([index], () => {
      const read = readStep(text.trim());
      if (typeof read === 'number') {
        wait = checkedWait(wait, read, rungs, index === texts.length - 1);
        return;
      }
      const before = rungs.at(-1);
      rungs.push({ step: read, after: before === undefined ? 0 : (wait ?? WAIT_AFTER[before.step.kind]) });
      wait = undefined;
      checkOrder(rungs.map(({ step }) => step));
    });
  }
  return rungs;
}

/** A step, or the milliseconds of a wait. */
function readStep(text: string): RuleStep | number {
  const [name = '', ...rest] = wordsOf(text);
  const argument = rest.join(' ');
  switch (name) {
    case 'warn':
    case 'collect':
      if (rest.length > 0) throw new UserError(`The step "${name}" takes nothing: "${text}".`, `Write "${name}".`);
      return { kind: name };
    case 'exec':
      if (rest.length > 0) return { kind: 'exec', words: rest };
      throw new UserError('The step "exec" needs a program.', 'Example: "exec /usr/local/bin/page --pid {pid}".');
    case 'signal':
      return { kind: 'signal', signal: readSignal(argument) };
    case 'wait': {
      const milliseconds = parseDuration(argument);
      if (milliseconds !== undefined) return milliseconds;
      throw new UserError(`Invalid time "${argument}" in "${text}".`, 'Examples: "wait 500ms", "wait 5s", "wait 2m".');
    }
    default:
      throw unknownStep(name);
  }
}

function readSignal(text: string): 'TERM' | 'KILL' {
  const name = text.toUpperCase().replace(/^SIG/, '');
  const found = SIGNALS.find((signal) => signal === name);
  if (found !== undefined) return found;
  throw new UserError(`A rule cannot send the signal "${text}".`, 'Use "signal TERM", and "signal KILL" after it.');
}

function unknownStep(name: string): UserError {
  const isSignal = SIGNALS.some((signal) => signal === name.toUpperCase().replace(/^SIG/, ''));
  const meant = isSignal
    ? `signal ${name.toUpperCase().replace(/^SIG/, '')}`
    : nearest(
        name,
        STEPS.map((step) => step.name),
      );
  const next =
    meant === undefined ? `There are: ${STEPS.map((step) => step.name).join(', ')}.` : `Did you mean "${meant}"?`;
  return new UserError(`Unknown step "${name}".`, next);
}

function checkedWait(before: number | undefined, read: number, rungs: readonly Rung[], isLast: boolean): number {
  if (rungs.length === 0)
    throw new UserError(
      'A ladder cannot begin with a wait.',
      'Use for = "…": the time for which the condition must hold.',
    );
  if (before !== undefined) throw new UserError('Two waits follow one another.', 'Add them up to one.');
  if (isLast) throw new UserError('No step follows this wait.', 'Remove it, or add a step, such as "signal TERM".');
  return read;
}

/** The last step must not be gentler than one before it, and KILL needs a TERM before it. */
function checkOrder(steps: readonly RuleStep[]): void {
  const last = existing(steps.at(-1));
  const before = steps.slice(0, -1);
  if (last.kind === 'signal' && last.signal === 'KILL' && !before.some(isTerm)) {
    throw new UserError(
      'SIGKILL without SIGTERM before it: the program could not clean up.',
      'Write: "signal TERM", "wait 10s", "signal KILL".',
    );
  }
  const harder = before.find((step) => hardnessOf(last) !== 0 && hardnessOf(step) > hardnessOf(last));
  if (harder === undefined) return;
  throw new UserError(
    `The ladder is out of order: "${stepText(last)}" comes after "${stepText(harder)}".`,
    'Put the gentler step first: collect, then signal TERM, then signal KILL.',
  );
}

function isTerm(step: RuleStep): boolean {
  return step.kind === 'signal' && step.signal === 'TERM';
}

function hardnessOf(step: RuleStep): number {
  if (step.kind === 'signal') return HARDNESS[step.signal];
  return step.kind === 'collect' ? HARDNESS.collect : 0;
}

/** Words with blanks between them; quotes of either kind keep blanks. Nothing else has a meaning, as no shell reads it. */
export function wordsOf(text: string): string[] {
  const words: string[] = [];
  for (const [, double, single, plain] of text.matchAll(/"([^"]*)"|'([^']*)'|([^\s"']+)/g)) {
    words.push(double ?? single ?? plain ?? '');
  }
  return words;
}
