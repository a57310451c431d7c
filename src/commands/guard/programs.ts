// Runs the program of an `exec` step: with arguments, never through a shell.
import { spawn } from 'node:child_process';
import type { StepDecision } from '../../model/rules/decision.ts';
import type { Outcome } from '../../model/rules/outcome.ts';
import { clean } from '../../text/clean.ts';

/** Milliseconds after which a program that still runs gets SIGTERM. */
const LONGEST = 60_000;

/**
 * Runs it and waits for its end. `{pid}` and `{rule}` in its arguments stand for the process and the rule; everything else
 * is in variables of its environment (MEMTOP_…), because names of processes are not to be trusted. Never rejects.
 */
export function runProgram(
  decision: StepDecision,
  words: readonly string[],
  time: number,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Outcome> {
  const [program = '', ...given] = words;
  const args = given.map((word) => filledIn(word, decision));
  const began = performance.now();
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      env: { ...environment, ...variablesOf(decision, time) },
      stdio: ['ignore', 'ignore', 'inherit'],
      timeout: LONGEST,
    });
    child.once('error', (error: NodeJS.ErrnoException) => {
      resolve({ kind: 'failed', reason: `${clean(program)} cannot be started: ${error.code ?? error.message}` });
    });
    child.once('exit', (code, signal) => {
      if (code === null) resolve({ kind: 'failed', reason: `${clean(program)} was killed by ${signal}` });
      else resolve({ kind: 'ran', exitCode: code, ms: performance.now() - began });
    });
  });
}

function filledIn(word: string, { rule, victim }: StepDecision): string {
  return word.replaceAll('{pid}', () => String(victim?.pid ?? '')).replaceAll('{rule}', () => rule.name);
}

function variablesOf({ rule, victim, why }: StepDecision, time: number): Record<string, string> {
  return {
    MEMTOP_RULE: rule.name,
    MEMTOP_TIME: new Date(time).toISOString(),
    ...(victim !== undefined && { MEMTOP_PID: String(victim.pid), MEMTOP_NAME: clean(victim.name) }),
    ...(why.rss !== undefined && { MEMTOP_RSS: String(why.rss) }),
    ...(why.available !== undefined && { MEMTOP_AVAILABLE: String(why.available) }),
  };
}
