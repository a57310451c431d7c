import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openAgents } from '../../../src/agent/client/open-agents.ts';
import { DecisionPerformer, type DecisionPerformerOptions } from '../../../src/commands/guard/performer.ts';
import type { StepDecision } from '../../../src/model/rules/decision.ts';
import { Verdicts } from '../../../src/model/rules/names.ts';
import type { RuleStep } from '../../../src/model/rules/rule.ts';
import { fakeContext } from '../../helpers/fake-context.ts';
import { ruleOf } from '../../helpers/rules.ts';

const RULE = { name: 'leak', when: 'available < 25%', on: 'name = node', do: ['signal TERM'] };
const VICTIM = { pid: 77, startTime: 5, name: 'node\u001b[31m', rss: 2 ** 20 };
const TIME = Date.UTC(2026, 10, 28, 12, 0, 0);

const opened = openAgents({ environment: {}, platform: 'linux', mayRemove: false });
afterEach(() => opened.agents.close());

let context = fakeContext();
let signal = vi.fn();
beforeEach(() => {
  context = fakeContext();
  signal = vi.fn(async () => undefined);
});

function performer(given: Partial<DecisionPerformerOptions> = {}): DecisionPerformer {
  return new DecisionPerformer({
    ...{ gate: { signal }, opened, context, verdicts: new Verdicts(), isDryRun: false, isJson: true },
    signal: new AbortController().signal,
    ...given,
  });
}

function decision(step: RuleStep, keys = {}): StepDecision {
  const why = {
    when: RULE.when,
    held: 2000,
    available: 45 * 2 ** 20,
    availablePercent: 22.5,
    total: 200 * 2 ** 20,
    rss: VICTIM.rss,
  };
  return { kind: 'step', rule: ruleOf({ ...RULE, ...keys }), step, victim: VICTIM, descendants: [], why };
}

const TERM: RuleStep = { kind: 'signal', signal: 'TERM' };

/** What was printed once everything is done. */
async function printed(acting: DecisionPerformer, ...steps: readonly StepDecision[]): Promise<string[]> {
  for (const step of steps) await acting.perform(step, TIME);
  await acting.settled();
  return context.printed;
}

describe('a decision', () => {
  it('is one JSON document with the numbers that led to it and the result', async () => {
    const [document = ''] = await printed(performer(), decision(TERM));
    expect(signal).toHaveBeenCalledExactlyOnceWith('SIGTERM', VICTIM);
    expect(JSON.parse(document)).toEqual({
      time: '2026-11-28T12:00:00.000Z',
      rule: 'leak',
      step: 'signal TERM',
      pid: 77,
      name: VICTIM.name,
      why: {
        ...{ when: 'available < 25%', available: 47_185_920, availablePercent: 22.5, total: 209_715_200 },
        ...{ rss: 1_048_576, heldMs: 2000 },
      },
      result: { sent: 1 },
    });
    expect(document).not.toContain('\u001b');
  });

  it('is one line of text without control characters', async () => {
    const [line] = await printed(performer({ isJson: false }), decision(TERM));
    expect(line?.slice(9)).toBe(
      'leak: signal TERM node[31m (77): available 45.0M (22.5% of 200M), RSS 1.00M, held 2 s: sent\n',
    );
  });

  it('reports why a signal was refused', async () => {
    signal.mockResolvedValue({ kind: 'reused' });
    const [document = ''] = await printed(performer(), decision(TERM));
    expect(JSON.parse(document).result).toEqual({ error: 'its PID belongs to another process now' });
  });

  it('signals descendants before the process', async () => {
    const child = { pid: 78, startTime: 6, name: 'child', rss: 0 };
    await printed(performer(), { ...decision(TERM), descendants: [child] });
    expect(signal.mock.calls.map(([, { pid }]) => pid)).toEqual([78, 77]);
  });

  it('starts a program with arguments that no shell reads, and variables', async () => {
    const words = [
      'node',
      '-e',
      'process.exit(process.argv[1] === "77;$(true)" && process.env.MEMTOP_NAME === "node[31m" ? 7 : 8)',
      '{pid};$(true)',
    ];
    const acting = performer({ context: { ...context, environment: process.env } });
    const [document = ''] = await printed(acting, decision({ kind: 'exec', words }));
    expect(JSON.parse(document).result).toMatchObject({ exitCode: 7 });
  });

  it('reports a program that cannot be started, and a process without an agent', async () => {
    const documents = await printed(
      performer(),
      decision({ kind: 'exec', words: ['/no/such/program'] }),
      decision({ kind: 'collect' }),
    );
    const errors = documents.map((document) => JSON.parse(document).result.error).sort();
    expect(errors).toEqual([
      '/no/such/program cannot be started: ENOENT',
      'it has no agent; start it with: memtop run -- COMMAND',
    ]);
  });

  it.each([
    ['of the command', { isDryRun: true }, {}],
    ['of the rule', {}, { 'dry-run': true }],
  ])('in a dry run %s changes nothing, whatever the step', async (_, options, keys) => {
    const acting = performer(options);
    const steps: readonly RuleStep[] = [
      TERM,
      { kind: 'signal', signal: 'KILL' },
      { kind: 'collect' },
      { kind: 'exec', words: ['/no/such/program'] },
    ];
    const documents = await printed(acting, ...steps.map((step) => decision(step, keys)));
    expect(documents.map((document) => JSON.parse(document).result)).toEqual(steps.map(() => ({ dryRun: true })));
    expect(signal).not.toHaveBeenCalled();
    expect(acting.tally).toEqual({ collected: 0, signalled: 0, saved: 0 });
  });
});
