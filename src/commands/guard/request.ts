// The request to `memtop guard`, read from its flags: where the rules are, and what is done with them.
import type { ParsedWords } from '../../cli/flags.ts';
import { UserError } from '../../errors/user-error.ts';
import type { RuleTable } from '../../settings/file/rules-file.ts';
import { readInterval } from '../../settings/values.ts';

/** Milliseconds between two samples at most, by default. */
const INTERVAL = 1000;

export interface GuardRequest {
  readonly rules: { readonly file: string } | { readonly table: RuleTable };
  readonly isDryRun: boolean;
  readonly isJson: boolean;
  /** Only shows what the rules say and would do. */
  readonly isCheck: boolean;
  /** Milliseconds between two samples at most. */
  readonly interval: number;
}

/**
 * @param usual the rules file where none is named
 * @throws UserError where rules are named twice or not at all
 */
export function readGuardRequest(
  { flags, words }: Pick<ParsedWords, 'flags' | 'words'>,
  usual: string | undefined,
): GuardRequest {
  return {
    rules: rulesOf(flags, words, usual),
    isDryRun: flags.dryRun === true,
    isJson: flags.json === true,
    isCheck: flags.check === true,
    interval: typeof flags.guardInterval === 'string' ? readInterval(flags.guardInterval) : INTERVAL,
  };
}

const LINE = "Example: memtop guard --when 'available < 25%' --do collect --on 'name ~ python'.";

function rulesOf(
  flags: ParsedWords['flags'],
  words: readonly string[],
  usual: string | undefined,
): GuardRequest['rules'] {
  const { rules, when, do: steps, on } = flags as Readonly<Record<string, string | undefined>>;
  const files = [...(rules === undefined ? [] : [rules]), ...words];
  const hasLine = [when, steps, on].some((value) => value !== undefined);
  if (files.length > 1 || (hasLine && files.length > 0))
    throw new UserError('Rules are named more than once.', 'Give one file, or --when, --do and --on.');
  if (hasLine) {
    if (when === undefined || steps === undefined) throw new UserError('A rule needs --when and --do.', LINE);
    const list = steps.split(',').map((step) => step.trim());
    return { table: { name: 'command line', when, do: list, ...(on !== undefined && { on }) } };
  }
  const file = files[0] ?? usual;
  if (file === undefined) throw new UserError('No rules.', LINE);
  return { file };
}
