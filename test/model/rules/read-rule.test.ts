import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/errors/user-error.ts';
import { ruleSentence } from '../../../src/model/rules/sentence.ts';
import { ruleOf, ruleWithPatterns } from '../../helpers/rules.ts';

const GOOD = {
  name: 'collect first',
  when: 'available < 25%',
  on: 'name ~ python',
  do: ['collect', 'wait 5s', 'signal TERM', 'wait 10s', 'signal KILL'],
};

/** Message and next step of the mistake in a rule. */
function mistakeIn(keys: Readonly<Record<string, unknown>>): string {
  try {
    ruleOf({ ...GOOD, ...keys });
  } catch (error) {
    if (error instanceof UserError) return `${error.message} ${error.next}`;
    throw error;
  }
  return 'no mistake';
}

describe('a rule', () => {
  it('has every key of the file', () => {
    const rule = ruleOf({
      ...GOOD,
      cgroup: '/jobs/one/',
      pick: 'newest',
      for: '2s',
      cooldown: '30s',
      'at-most': '20/h',
      protect: ['name = sshd'],
      unattended: true,
      tree: true,
      'dry-run': true,
    });
    expect(rule).toMatchObject({
      name: 'collect first',
      cgroup: '/jobs/one',
      pick: 'newest',
      holds: 2000,
      cooldown: 30_000,
      most: { times: 20, within: 3_600_000 },
      unattended: true,
      tree: true,
      dryRun: true,
    });
    expect(rule.ladder).toEqual([
      { step: { kind: 'collect' }, after: 0 },
      { step: { kind: 'signal', signal: 'TERM' }, after: 5000 },
      { step: { kind: 'signal', signal: 'KILL' }, after: 10_000 },
    ]);
  });

  it.each([
    ['available < 150M', 'machine'],
    ['swap.free < 10%', 'machine'],
    ['pressure.full10 > 20 or available < 5%', 'machine'],
    ['not available > 30%', 'machine'],
    ['rss > 900M and name ~ worker', 'process'],
    ['growth > 5M/min and pattern = growing', 'process'],
    ['heap > 85%', 'process'],
    ['verdict = retained', 'process'],
  ])('with the condition %s is about: %s', (when, kind) => {
    expect(ruleOf({ ...GOOD, when }).trigger.kind).toBe(kind);
  });

  it('on nothing but eta is about the machine where on says what to act on, and about processes where it does not', () => {
    expect(ruleOf({ ...GOOD, when: 'eta < 10m' }).trigger.kind).toBe('machine');
    expect(ruleOf({ when: 'eta < 10m', do: ['warn'] }).trigger.kind).toBe('process');
  });

  it('may have patterns, whose engine is loaded then', async () => {
    const rule = await ruleWithPatterns({ ...GOOD, on: '/^(node|python)/' });
    expect(rule.on?.test).toBeDefined();
  });

  it('is one sentence', () => {
    expect(
      ruleSentence(ruleOf({ ...GOOD, for: '2s', cooldown: '30s', 'at-most': '20/h', protect: ['name = sshd'] })),
    ).toBe(
      'When available memory is below 25% for 2s, collect garbage in the largest process that matches "name ~ python"; ' +
        '5s later send SIGTERM to it; 10s later send SIGKILL to it, at most 20 times in 60m, at least 30s apart, ' +
        'never on "name = sshd".',
    );
  });
});

describe('a mistake in a rule is explained', () => {
  it.each([
    ['an unknown key', { cooldwon: '5s' }, 'Unknown key "cooldwon". Did you mean "cooldown"?'],
    [
      'an unknown name in the condition',
      { when: 'avaliable < 5%' },
      'Invalid condition "avaliable < 5%" at character 1: unknown name avaliable. Did you mean "available"?',
    ],
    [
      'an unknown name in on',
      { on: 'nme=python' },
      'Invalid query "nme=python" at character 1: unknown column nme. Did you mean "name"?',
    ],
    [
      'a wrong unit',
      { when: 'available < 5m/min' },
      'Invalid condition "available < 5m/min" at character 13: invalid size. Expected a size, such as 500m or 1.5g, or 85%.',
    ],
    [
      'a size without a unit',
      { when: 'available < 150' },
      '"available < 150" has no unit: 150 would be bytes. Write 150M or 150G.',
    ],
    ['an unknown pattern', { when: 'pattern = growin' }, 'Unknown pattern "growin". Did you mean "growing"?'],
    ['an unknown verdict', { when: 'verdict = retain' }, 'Unknown verdict "retain". Did you mean "retained"?'],
    [
      'what can never be true',
      { when: 'available < 0' },
      'The condition can never be true: available < 0. Examples: "available < 25%", "rss > 900M and name ~ worker".',
    ],
    [
      'both machine and processes',
      { when: 'available < 5% and rss > 5M' },
      'The condition is about the machine and about processes: rss > 5M. Move what is about processes to on: on = "rss > 900M".',
    ],
    ['an unknown step', { do: ['colect'] }, 'Unknown step "colect". Did you mean "collect"?'],
    ['a signal that is not a step', { do: ['TERM'] }, 'Unknown step "TERM". Did you mean "signal TERM"?'],
    [
      'another signal',
      { do: ['signal HUP'] },
      'A rule cannot send the signal "HUP". Use "signal TERM", and "signal KILL" after it.',
    ],
    [
      'KILL without TERM',
      { do: ['collect', 'wait 5s', 'signal KILL'], unattended: true },
      'SIGKILL without SIGTERM before it: the program could not clean up. Write: "signal TERM", "wait 10s", "signal KILL".',
    ],
    [
      'a ladder out of order',
      { do: ['signal TERM', 'wait 5s', 'collect'] },
      'The ladder is out of order: "collect" comes after "signal TERM". Put the gentler step first: collect, then signal TERM, then signal KILL.',
    ],
    [
      'a wait at the start',
      { do: ['wait 5s', 'collect'] },
      'A ladder cannot begin with a wait. Use for = "…": the time for which the condition must hold.',
    ],
    [
      'a wait at the end',
      { do: ['collect', 'wait 5s'] },
      'No step follows this wait. Remove it, or add a step, such as "signal TERM".',
    ],
    [
      'a wait without a time',
      { do: ['collect', 'wait 5 apples', 'signal TERM'] },
      'Invalid time "5 apples" in "wait 5 apples". Examples: "wait 500ms", "wait 5s", "wait 2m".',
    ],
    ['no target', { on: undefined }, 'The rule does not say which processes it may act on. Add on = "name ~ python".'],
    ['an unknown pick', { pick: 'larges' }, 'Unknown pick "larges". Did you mean "largest"?'],
    ['a bad rate', { 'at-most': '20' }, 'Invalid rate "20". Examples: "20/h", "3/m", "100/d".'],
    [
      'a relative cgroup',
      { cgroup: 'jobs/one' },
      'Invalid cgroup "jobs/one". Use the path that /proc/PID/cgroup shows: "/jobs/one".',
    ],
    ['a number in place of a text', { when: 5 }, 'The value must be a text. Put it in quotes.'],
    ['a text in place of a switch', { tree: 'yes' }, 'The value must be true or false. Write it without quotes.'],
  ])('%s', (_, keys, message) => {
    expect(mistakeIn(keys)).toBe(message);
  });

  it.each([
    'available > 100%',
    'available < 10% and available > 20%',
    'pressure.full10 > 100',
    'rss < 0',
    'name = a and name = b',
    '(rss > 5M or rss > 9M) and rss < 1M',
    'not available >= 0',
  ])('%s can never be true', (when) => {
    expect(mistakeIn({ when })).toMatch(/^The condition can never be true: /);
  });

  it.each([
    'available < 10% and available > 5M',
    'rss > 5M and rss < 9M',
    'name = a or name = b',
    'growth < 0',
    'available <= 0',
    'name = a, b and name = b',
  ])('%s can be true', (when) => {
    expect(mistakeIn({ when })).toBe('no mistake');
  });
});
