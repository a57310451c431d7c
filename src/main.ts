// memtop: argv in, exit code out. The only place that ends the process.
import { description, version } from '../package.json';
import type { Grammar } from './cli/command-line.ts';
import type { Context, Launcher } from './cli/context.ts';
import type { ParsedWords } from './cli/flags.ts';
import { columnsHelp, section } from './cli/help.ts';
import { firstWord, readPlain } from './cli/plain-line.ts';
import { settle } from './cli/settle.ts';
import { fail } from './cli/stderr.ts';
import { thisProcess } from './cli/this-process.ts';
import { COMMANDS, type Command, DEFAULT_COMMAND } from './commands/table.ts';
import { samplers } from './sampling/samplers.ts';
import { openSettings } from './settings/file/open.ts';
import { StandardStreams } from './terminal/standard-streams.ts';

/** Runs memtop with the words behind its name, and ends the process. */
export async function main(argv: readonly string[], launcher: Launcher): Promise<void> {
  // Whatever else holds the terminal gives it back before these two: it prepends its own listeners.
  process.on('uncaughtException', fail);
  process.on('unhandledRejection', fail);
  const streams = new StandardStreams();
  process.once('exit', () => streams.replaceGone());
  try {
    process.exit(await perform(argv, thisProcess(launcher)));
  } catch (error) {
    fail(error);
  }
}

/**
 * Does what the words say, and settles with the exit code: 0 done, 1 the result is negative, 128 plus a signal's number.
 *
 * @throws UserError for whatever the user has to change
 */
export async function perform(words: readonly string[], context: Context): Promise<number> {
  const { command, line } = choose(words);
  const parsed = await parse(line, grammarOf(command));
  if (parsed.answer !== undefined) {
    await context.print(parsed.answer);
    return 0;
  }
  const { environment, platform } = context;
  const names = { samplers: samplers.map(({ name }) => name), commands: COMMANDS.map(({ name }) => name) };
  const opened = await openSettings(environment, {
    configFlag: parsed.flags.config as string | undefined,
    isWanted: command.readsSettings?.(parsed.flags, context) === true,
  });
  const filter = command.takesFile === true ? parsed.words.slice(1) : parsed.words;
  const request = settle({ ...parsed, words: filter }, { environment, platform, ...names, ...opened });
  const run = await command.load();
  return run(request, context, parsed.flags, parsed.words);
}

/** Commander takes milliseconds of a start, and is loaded for what is not a plain line. */
async function parse(line: readonly string[], grammar: Grammar): Promise<ParsedWords> {
  const plain = readPlain(line, grammar);
  if (plain !== undefined) return plain;
  const { parseFlags } = await import('./cli/command-line.ts');
  return parseFlags(line, grammar);
}

/** What asks for the help of memtop, or of the command that follows. */
const HELP = 'help';

/**
 * The first bare word is a command if it is one's name; else all bare words are the default command's. `help` alone, or with the
 * name of a command, is the same as `--help`.
 */
function choose(given: readonly string[]): { command: Command; line: readonly string[] } {
  const words = asHelp(given);
  const at = firstWord(words);
  const named = COMMANDS.find(({ name }) => name === words[at]);
  if (named !== undefined) return { command: named, line: words.toSpliced(at, 1) };
  return { command: COMMANDS.find(({ name }) => name === DEFAULT_COMMAND) as Command, line: words };
}

/** `help collect` as `collect --help`; other words are left as they are. */
function asHelp(words: readonly string[]): readonly string[] {
  const [first, name, ...rest] = words;
  if (first !== HELP || rest.length > 0) return words;
  if (name === undefined) return ['--help'];
  return COMMANDS.some((command) => command.name === name) ? [name, '--help'] : words;
}

function grammarOf(command: Command): Grammar {
  const isDefault = command.name === DEFAULT_COMMAND;
  return {
    name: isDefault ? 'memtop' : `memtop ${command.name}`,
    summary: isDefault ? description : command.summary,
    flags: command.flags,
    words: command.words,
    passThrough: command.passThrough === true,
    version,
    appendix: () => appendixOf(command, isDefault),
  };
}

function appendixOf(command: Command, isDefault: boolean): string {
  const commands = COMMANDS.map(({ name, summary }) => ({
    name,
    meaning: name === DEFAULT_COMMAND ? `${summary} (the default)` : summary,
  }));
  const ways = samplers.map(({ name, describe }) => ({ name, meaning: describe }));
  return [
    isDefault ? section('Commands', commands) : '',
    command.flags.includes('columns') ? columnsHelp() : '',
    isDefault ? section('Samplers', ways) : '',
  ].join('');
}
