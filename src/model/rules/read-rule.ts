// Reads rules from the tables of a rules file: each key is checked, and mistakes carry their place.
import { inside } from '../../errors/misplaced.ts';
import { UserError } from '../../errors/user-error.ts';
import { nearest } from '../../text/did-you-mean.ts';
import { parseDuration } from '../../text/duration.ts';
import { readLadder } from './ladder.ts';
import { actsOnProcess, PICKS, type Rule } from './rule.ts';
import { queryOf, type RuleMeans, readTrigger } from './trigger.ts';

/** The keys of a rule, for errors, documents and the schema. */
export const RULE_KEYS = [
  { name: 'name', takes: 'a text', meaning: 'name in messages' },
  { name: 'when', takes: 'a condition', meaning: 'numbers of the machine, or a query over processes' },
  {
    name: 'cgroup',
    takes: 'a path',
    meaning: 'memory cgroup to judge in place of the machine; only its members are acted on',
  },
  { name: 'on', takes: 'a query', meaning: 'processes that may be acted on' },
  { name: 'pick', takes: 'a word', meaning: 'which of several: largest, growing, newest or all' },
  { name: 'for', takes: 'a time', meaning: 'how long the condition must have held' },
  { name: 'every', takes: 'a time', meaning: 'fire on a schedule' },
  { name: 'do', takes: 'a list of steps', meaning: 'the ladder, from gentle to hard' },
  { name: 'cooldown', takes: 'a time', meaning: 'least time from one firing to the next' },
  { name: 'at-most', takes: 'a rate', meaning: 'most firings in a time: 20/h' },
  { name: 'protect', takes: 'a list of queries', meaning: 'processes that are never acted on' },
  { name: 'unattended', takes: 'true or false', meaning: 'TERM and KILL without asking, on the screen too' },
  { name: 'tree', takes: 'true or false', meaning: 'signals go to descendants too, children first' },
  { name: 'dry-run', takes: 'true or false', meaning: 'report decisions and change nothing' },
] as const;

type Key = (typeof RULE_KEYS)[number]['name'];

/** Rules in one file at most. */
const MOST_RULES = 100;

/**
 * The rules of a parsed file.
 *
 * @throws UserError (Misplaced) for the first mistake; PatternsNeeded where the engine for patterns must be loaded first
 */
export function readRules(file: Readonly<Record<string, unknown>>, means: RuleMeans): readonly Rule[] {
  for (const key of Object.keys(file)) {
    if (key === 'rule') continue;
    const next =
      nearest(key, ['rule']) === undefined ? 'A rules file has [[rule]] tables only.' : 'Did you mean [[rule]]?';
    inside([key], () => refuse(`Unknown table or key "${key}".`, next));
  }
  const { rule: tables = [] } = file;
  if (!Array.isArray(tables)) return inside(['rule'], () => refuse('[rule] is one table.', 'Write [[rule]].'));
  if (tables.length === 0) throw new UserError('The file has no rules.', 'memtop guard --example prints some.');
  if (tables.length > MOST_RULES)
    throw new UserError(`The file has ${tables.length} rules.`, `The most is ${MOST_RULES}.`);
  const rules: Rule[] = [];
  for (const [index, table] of tables.entries()) {
    inside(['rule', index], () => {
      const rule = readRule(table as Readonly<Record<string, unknown>>, index, means);
      const isTaken = rules.some(({ name }) => name === rule.name);
      if (isTaken) inside(['name'], () => refuse(`Two rules have the name "${rule.name}".`, 'Rename one of them.'));
      rules.push(rule);
    });
  }
  return rules;
}

/**
 * One rule; `index` counts from 0 and names one without a name.
 *
 * @throws as readRules
 */
export function readRule(table: Readonly<Record<string, unknown>>, index: number, means: RuleMeans): Rule {
  const keys: readonly string[] = RULE_KEYS.map(({ name }) => name);
  for (const key of Object.keys(table)) {
    if (keys.includes(key)) continue;
    const meant = nearest(key, keys);
    const next = meant === undefined ? `There are: ${keys.join(', ')}.` : `Did you mean "${meant}"?`;
    inside([key], () => refuse(`Unknown key "${key}".`, next));
  }
  const take = <Value>(key: Key, read: (value: unknown) => Value): Value | undefined =>
    table[key] === undefined ? undefined : inside([key], () => read(table[key]));
  const when = take('when', readText) ?? '';
  const on = take('on', (value) => queryOf('query', readText(value), means.processes, means.regexes));
  const every = take('every', readTime);
  const trigger = take('when', (value) => readTrigger(readText(value), on !== undefined, means));
  if (trigger === undefined && every === undefined)
    return refuse('The rule has no condition.', 'Add when = "available < 25%", or every = "5m".');
  const ladder = take('do', (value) => readLadder(readTexts(value)));
  if (ladder === undefined) return refuse('The rule has no steps.', 'Add do = ["collect", "wait 5s", "signal TERM"].');
  const isOfProcesses = trigger?.kind === 'process';
  if (on === undefined && !isOfProcesses && ladder.some(({ step }) => actsOnProcess(step)))
    return refuse('The rule does not say which processes it may act on.', 'Add on = "name ~ python".');
  const cgroup = take('cgroup', readCgroup);
  const cooldown = take('cooldown', readTime);
  const most = take('at-most', readRate);
  return {
    name: take('name', readName) ?? `rule ${index + 1}`,
    trigger: trigger ?? { kind: 'schedule' },
    when,
    ...(cgroup !== undefined && { cgroup }),
    ...(on !== undefined && { on }),
    pick: take('pick', readPick) ?? 'largest',
    holds: take('for', readTime) ?? 0,
    ...(every !== undefined && { every: inside(['every'], () => notZero(every)) }),
    ladder,
    ...(cooldown !== undefined && { cooldown }),
    ...(most !== undefined && { most }),
    protect: take('protect', (value) => readProtect(value, means)) ?? [],
    unattended: take('unattended', readSwitch) ?? false,
    tree: take('tree', readSwitch) ?? false,
    dryRun: take('dry-run', readSwitch) ?? false,
  };
}

function refuse(message: string, next: string): never {
  throw new UserError(message, next);
}

/** Longest name of a rule: it is in every line. */
const LONGEST_NAME = 80;

function readName(value: unknown): string {
  const name = readText(value).trim();
  if (name !== '' && name.length <= LONGEST_NAME) return name;
  return refuse('The name is empty or too long.', `Use 1 to ${LONGEST_NAME} characters.`);
}

function readText(value: unknown): string {
  return typeof value === 'string' ? value : refuse('The value must be a text.', 'Put it in quotes.');
}

function readTexts(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.map((each: unknown, index) => inside([index], () => readText(each)));
  return refuse('The value must be a list of texts.', 'Example: do = ["collect", "wait 5s", "signal TERM"].');
}

function readProtect(value: unknown, { processes, regexes }: RuleMeans) {
  return readTexts(value).map((text, index) => inside([index], () => queryOf('query', text, processes, regexes)));
}

function readTime(value: unknown): number {
  const milliseconds = typeof value === 'number' ? value * 1000 : parseDuration(readText(value));
  if (milliseconds !== undefined && milliseconds >= 0 && Number.isFinite(milliseconds)) return milliseconds;
  return refuse(`Invalid time "${value}".`, 'Examples: "500ms", "2s", "5m".');
}

function notZero(milliseconds: number): number {
  return milliseconds > 0 ? milliseconds : refuse('The schedule has no time.', 'Example: every = "5m".');
}

function readRate(value: unknown): { readonly times: number; readonly within: number } {
  const [, count, unit] = /^(\d{1,6})\s*\/\s*(s|m|min|h|d)$/.exec(readText(value).trim()) ?? [];
  const within = parseDuration(`1${unit}`);
  if (count !== undefined && Number(count) > 0 && within !== undefined) return { times: Number(count), within };
  return refuse(`Invalid rate "${value}".`, 'Examples: "20/h", "3/m", "100/d".');
}

function readPick(value: unknown): Rule['pick'] {
  const text = readText(value);
  const pick = PICKS.find((each) => each === text);
  if (pick !== undefined) return pick;
  const meant = nearest(text, PICKS);
  return refuse(
    `Unknown pick "${text}".`,
    meant === undefined ? `Use one of: ${PICKS.join(', ')}.` : `Did you mean "${meant}"?`,
  );
}

function readSwitch(value: unknown): boolean {
  return typeof value === 'boolean' ? value : refuse('The value must be true or false.', 'Write it without quotes.');
}

/** A path as /proc/PID/cgroup has it. */
function readCgroup(value: unknown): string {
  const path = readText(value).replace(/(?<=.)\/+$/, '');
  const isPath = path.startsWith('/') && !path.split('/').includes('..');
  return isPath ? path : refuse(`Invalid cgroup "${path}".`, 'Use the path that /proc/PID/cgroup shows: "/jobs/one".');
}
