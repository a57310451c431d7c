// `memtop guard`: acts by rules before the kernel kills, without a screen.
import { openGate } from '../../acting/open-gate.ts';
import { type OpenedAgents, openAgents } from '../../agent/client/open-agents.ts';
import type { Context } from '../../cli/context.ts';
import type { ParsedWords } from '../../cli/flags.ts';
import { loadRegexes } from '../../cli/open-query.ts';
import type { Request } from '../../cli/request.ts';
import { protectFromOom, surviving } from '../../cli/survival.ts';
import { EXAMPLE_RULES } from '../../model/rules/example.ts';
import { processNames, Verdicts } from '../../model/rules/names.ts';
import { preview } from '../../model/rules/preview.ts';
import type { Rule } from '../../model/rules/rule.ts';
import { ruleSentence } from '../../model/rules/sentence.ts';
import type { Sampler } from '../../sampling/sampler/sampler.ts';
import { openSampler } from '../../sampling/samplers.ts';
import { openRule, openRulesFile, usualRulesFile } from '../../settings/file/rules-file.ts';
import { clean } from '../../text/clean.ts';
import { guardFrom, Scenes } from './guarding.ts';
import { guardNeeds } from './needs.ts';
import { DecisionPerformer } from './performer.ts';
import { type GuardRequest, readGuardRequest } from './request.ts';

/** A pattern searches every text completely, as nothing waits for it. */
const PATIENT = { passLasts: Number.POSITIVE_INFINITY, longestText: Number.POSITIVE_INFINITY };

/**
 * Acts by rules until a signal ends it: settles with 128 and its number; with 0 for `--check` and `--example`.
 *
 * @throws UserError for a mistake in the rules, before anything starts
 */
export async function guard(
  { settings }: Request,
  context: Context,
  flags: ParsedWords['flags'],
  words: ParsedWords['words'],
): Promise<number> {
  if (flags.example === true) {
    await context.print(EXAMPLE_RULES);
    return 0;
  }
  const request = readGuardRequest({ flags, words }, usualRulesFile(context.environment));
  const verdicts = new Verdicts();
  const rules = await openRules(request, verdicts);
  const { environment, platform } = context;
  const opened = openAgents({ environment, platform, mayRemove: false });
  const sampler = await openSampler(settings);
  try {
    const lines = await firstLines(rules, request, sampler, opened);
    if (request.isCheck) {
      await context.print(lines.check);
      return 0;
    }
    for (const warning of lines.warnings) context.warn(warning);
    const refusal = settings.survive ? protectFromOom(platform) : undefined;
    if (refusal !== undefined) context.warn(refusal);
    const { gate } = await openGate(sampler.name, settings.procRoot);
    return await context.untilSignal(async (signal) => {
      const performer = new DecisionPerformer({ ...request, gate, opened, context, verdicts, signal });
      const plan = { rules, verdicts, interval: request.interval };
      await guardFrom(settings.survive ? surviving(sampler) : sampler, plan, { performer, opened, signal });
      const { collected, signalled, saved } = performer.tally;
      context.warn(
        `${times(collected, 'collection')}, ${times(signalled, 'signal')}, ${times(saved, 'time')} saved without a signal.`,
      );
      return 0;
    });
  } finally {
    sampler.close();
    opened.agents.close();
  }
}

function times(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

async function openRules({ rules }: GuardRequest, verdicts: Verdicts): Promise<readonly Rule[]> {
  const processes = processNames(verdicts);
  const load = () => loadRegexes(PATIENT);
  if ('file' in rules) return openRulesFile(rules.file, processes, load);
  return [await openRule(rules.table, processes, load)];
}

/** What the rules say and would do now: the text of `--check`, and warnings for the start. */
async function firstLines(
  rules: readonly Rule[],
  { interval }: GuardRequest,
  sampler: Sampler,
  opened: OpenedAgents,
): Promise<{ readonly check: string; readonly warnings: readonly string[] }> {
  const snapshot = await sampler.sample(guardNeeds(rules, true), new AbortController().signal);
  const scene = new Scenes(interval, opened).of(snapshot);
  const previews = rules.map((rule) => ({ rule, ...preview(rule, scene) }));
  const lines = previews.flatMap(({ rule, lines: now, warnings }) => [
    `${rule.name}: ${ruleSentence(rule)}`,
    ...now.map((line) => `  ${line}`),
    ...warnings.map((warning) => `  Warning: ${warning}`),
  ]);
  return {
    check: `${lines.map(clean).join('\n')}\n`,
    warnings: previews.flatMap(({ rule, warnings }) => warnings.map((warning) => `${rule.name}: ${warning}`)),
  };
}
