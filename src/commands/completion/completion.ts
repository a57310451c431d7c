// `memtop completion`: prints what makes a shell complete memtop's words.
import type { Context } from '../../cli/context.ts';
import type { ParsedWords } from '../../cli/flags.ts';
import type { Request } from '../../cli/request.ts';
import { UserError } from '../../errors/user-error.ts';
import { readChoice } from '../../settings/values.ts';
import { bashScript } from './bash.ts';
import { fishScript } from './fish.ts';
import { type CommandEntry, grammarOf, type ShellGrammar } from './grammar.ts';
import bash from './memtop.bash';
import fish from './memtop.fish';
import zsh from './memtop.zsh';
import { SHELLS, type Shell } from './shells.ts';
import { zshScript } from './zsh.ts';

/** Each shell's script, and what fills it in: the compiler sees to it that each shell of the list has one. */
const SCRIPTS: Readonly<Record<Shell, (grammar: ShellGrammar) => string>> = {
  bash: (grammar) => bashScript(bash, grammar),
  zsh: (grammar) => zshScript(zsh, grammar),
  fish: (grammar) => fishScript(fish, grammar),
};

/** The command for this table of commands, which knows it and cannot be imported from here. */
export function completionCommandOf(commands: readonly CommandEntry[]) {
  return async (
    _request: Request,
    context: Context,
    _flags: ParsedWords['flags'],
    words: readonly string[],
  ): Promise<number> => {
    await context.print(completionScript(words, commands));
    return 0;
  };
}

/**
 * The script for the shell named on the command line.
 *
 * @throws UserError when they name none, or more than one
 */
export function completionScript(words: readonly string[], commands: readonly CommandEntry[]): string {
  const [shell, ...rest] = words;
  if (shell === undefined || rest.length > 0) {
    throw new UserError('Which shell?', `Run one of: ${SHELLS.map((name) => `memtop completion ${name}`).join(', ')}.`);
  }
  return SCRIPTS[readChoice('shell', shell, SHELLS)](grammarOf(commands));
}
