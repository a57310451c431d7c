// A rules file: found, read so that no other user can make root act, and checked line by line.
import { Misplaced } from '../../errors/misplaced.ts';
import { UserError } from '../../errors/user-error.ts';
import { changeableByOthers } from '../../files/trusted.ts';
import type { Regexes } from '../../model/query/regexes.ts';
import { readRule, readRules } from '../../model/rules/read-rule.ts';
import type { Rule } from '../../model/rules/rule.ts';
import { PatternsNeeded, type RuleMeans } from '../../model/rules/trigger.ts';
import type { Environment } from '../environment.ts';
import { quoted } from '../values.ts';
import { placeIn } from './place.ts';
import { type FileKind, readText } from './text.ts';
import { parseToml, placed } from './toml.ts';

const NEXT = 'Name another file with --rules; memtop guard --example prints one.';

/** What is read as root must not be anything that another user could write: it may start programs. */
const RULES_FILE: FileKind = {
  noun: 'rules file',
  next: NEXT,
  largest: 1024 * 1024,
  check(path, facts) {
    const reason = process.geteuid?.() === 0 ? changeableByOthers(path, facts) : undefined;
    if (reason === undefined) return;
    throw new UserError(
      `The rules file is refused, because root would act on what others write: ${reason}.`,
      'Make file and folders belong to root, writable by root only.',
    );
  },
};

/** Where rules are by default; undefined where the home folder is unknown. */
export function usualRulesFile(environment: Environment): string | undefined {
  return placeIn(environment, 'rules.toml');
}

/** The keys of one rule, as a rules file has them. */
export type RuleTable = Readonly<Record<string, unknown>>;

/** How the engine for patterns is loaded, where a rule has one. */
export type LoadRegexes = () => Promise<Regexes>;

/**
 * The rules of a file.
 *
 * @throws UserError with file and line for the first mistake, and where the file must not or cannot be read
 */
export async function openRulesFile(
  path: string,
  processes: RuleMeans['processes'],
  load: LoadRegexes,
): Promise<readonly Rule[]> {
  const text = readText(path, RULES_FILE);
  if (text === undefined) throw new UserError(`No such file: ${quoted(path)}.`, NEXT);
  const tables = parseToml(path, text, 'when = "available < 25%"');
  try {
    return await withPatterns((regexes) => readRules(tables, { processes, regexes }), load);
  } catch (error) {
    throw error instanceof UserError ? await placed(error, [], { path, text }) : error;
  }
}

/**
 * One rule from the keys of a rules file, as the command line gives them.
 *
 * @throws UserError
 */
export async function openRule(table: RuleTable, processes: RuleMeans['processes'], load: LoadRegexes): Promise<Rule> {
  try {
    return await withPatterns((regexes) => readRule(table, 0, { processes, regexes }), load);
  } catch (error) {
    if (!(error instanceof Misplaced)) throw error;
    throw new UserError(`--${error.within[0]}: ${error.message}`, error.next);
  }
}

async function withPatterns<Result>(
  read: (regexes: Regexes | undefined) => Result,
  load: LoadRegexes,
): Promise<Result> {
  try {
    return read(undefined);
  } catch (error) {
    if (!(error instanceof PatternsNeeded)) throw error;
    return read(await load());
  }
}
