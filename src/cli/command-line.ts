// A command line split into flags and words by Commander, where it is not a plain one. What they mean is settled in settle.ts.
import { Command, CommanderError } from 'commander';
import { UserError } from '../errors/user-error.ts';
import { quoted } from '../settings/values.ts';
import { nearest } from '../text/did-you-mean.ts';
import { ALWAYS, FLAGS, type Flag, type FlagName, joinedValue, type ParsedWords, versionLine } from './flags.ts';

/** What a command's line is made of, for reading it and for its help. */
export interface Grammar {
  /** The words before the flags: `memtop [watch]`. */
  readonly name: string;
  readonly summary: string;
  readonly flags: readonly FlagName[];
  /** What bare words are, such as `[filter...]`; undefined when there are none. */
  readonly words: string | undefined;
  /** True where the first bare word ends the flags. */
  readonly passThrough?: boolean;
  readonly version: string;
  /** What follows in the help below the flags. */
  readonly appendix: () => string;
}

/**
 * Splits a command line into flags and words.
 *
 * @throws UserError for an unknown flag, one without its value, and unexpected words
 */
export function parseFlags(line: readonly string[], grammar: Grammar): ParsedWords {
  let answer = '';
  const command = commandOf(grammar, (text) => {
    answer += text;
  });
  try {
    command.parse([...line], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === 'commander.helpDisplayed')
      return { flags: {}, words: [], answer: `${answer}${grammar.appendix()}` };
    if (error.code === 'commander.version') return { flags: {}, words: [], answer };
    throw usageError(error, grammar);
  }
  return { flags: flagsOf(command, grammar.flags), words: command.args };
}

function commandOf(grammar: Grammar, write: (text: string) => void): Command {
  const command = new Command(grammar.name)
    .description(grammar.summary)
    .exitOverride()
    .configureOutput({ writeOut: write, writeErr: () => {}, getOutHelpWidth: () => 80, getOutHasColors: () => false })
    .showSuggestionAfterError(false)
    .helpOption(ALWAYS.help.form, ALWAYS.help.meaning);
  if (grammar.words === undefined) command.allowExcessArguments(false);
  else command.argument(grammar.words);
  if (grammar.passThrough === true) command.passThroughOptions();
  for (const name of grammar.flags) addOption(command, FLAGS[name]);
  return command.version(versionLine(grammar.version), ALWAYS.version.form, ALWAYS.version.meaning).action(() => {});
}

function addOption(command: Command, flag: Flag): void {
  if (flag.joins === undefined) command.option(flag.form, flag.meaning);
  else command.option(flag.form, flag.meaning, (value, before: unknown) => joinedValue(flag, before, value));
}

/** Commander's names are the long flags in camel case, `--no-` left out; ours are the table's. */
function flagsOf(command: Command, names: readonly FlagName[]): ParsedWords['flags'] {
  const options = command.options.filter((option) => names.some((name) => FLAGS[name].form === option.flags));
  return Object.fromEntries(
    options.map((option) => {
      const name = names.find((each) => FLAGS[each].form === option.flags);
      return [name, command.getOptionValue(option.attributeName())];
    }),
  );
}

function usageError(error: CommanderError, grammar: Grammar): UserError {
  const subject = /'(.*)'/s.exec(error.message)?.[1] ?? '';
  const help = `Run \`${grammar.name} --help\` for the options.`;
  switch (error.code) {
    case 'commander.unknownOption':
      return new UserError(`Unknown option ${quoted(subject)}.`, suggestion(subject, grammar) ?? help);
    case 'commander.optionMissingArgument':
      return new UserError(`Option ${subject} needs a value.`, help);
    case 'commander.excessArguments':
      return new UserError(`\`${grammar.name}\` takes options only.`, help);
    default:
      return new UserError(`${error.message.replace(/^error: /, '')}.`, help);
  }
}

function suggestion(flag: string, { flags }: Grammar): string | undefined {
  if (!flag.startsWith('--')) return undefined;
  const longs = flags.map((name) => longOf(FLAGS[name]));
  const meant = nearest(flag.slice(2), [...longs, 'help', 'version']);
  return meant === undefined ? undefined : `Did you mean '--${meant}'?`;
}

function longOf(flag: Flag): string {
  return /--([a-z-]+)/.exec(flag.form)?.[1] ?? '';
}
