// What is filled into the completion script for bash, which needs no bash-completion.
import { filledIn } from './fill-in.ts';
import type { CompletedCommand, ShellGrammar, Words } from './grammar.ts';

/** The script: one function, `_memtop`, with its helpers, registered for memtop. */
export function bashScript(template: string, { commands }: ShellGrammar): string {
  const valued = commands.flatMap(({ flags }) => flags.flatMap(({ names, value }) => (value ? names : [])));
  const [first] = commands as [CompletedCommand];
  return filledIn(template, {
    FLAGS: commands.map(flagsCase),
    VALUES: valueCases(commands),
    WORDS: commands.map(wordsCase),
    VALUED: [...new Set(valued)].join('|'),
    COMMANDS: commands.map(({ name }) => name).join(' '),
    NAMES: commands.map(({ name }) => name).join('|'),
    PASSING: passing(commands),
    DEFAULT: first.name,
  });
}

/** Commands behind which the words of another program follow. */
function passing(commands: readonly CompletedCommand[]): string {
  return commands.flatMap(({ name, passThrough }) => (passThrough ? [name] : [])).join('|') || '-';
}

function flagsCase({ name, flags }: CompletedCommand): string {
  return `    ${name}) _memtop_keep ${flags.flatMap(({ names }) => names).join(' ')} ;;`;
}

/** A case for each flag with a value; before it those of commands for which the same flag means something else. */
function valueCases(commands: readonly CompletedCommand[]): string[] {
  const usual = new Map<string, string>();
  const special: string[] = [];
  for (const { name, flags } of commands) {
    for (const { names, value } of flags.filter((flag) => flag.value !== undefined)) {
      const [key, answer] = [names.join(' '), call(value?.words)];
      if (!usual.has(key)) usual.set(key, answer);
      else if (usual.get(key) !== answer) special.push(valueCase(name, names, answer));
    }
  }
  return [...special, ...[...usual].map(([key, answer]) => valueCase('*', key.split(' '), answer))];
}

/** The command, a space and the flag. */
function valueCase(command: string, names: readonly string[], answer: string): string {
  return `    ${names.map((name) => `${command}\\ ${name}`).join('|')}) ${answer} ;;`;
}

function wordsCase({ name, words }: CompletedCommand): string {
  return `    ${name}) ${call(words)} ;;`;
}

/** Words of the tables are letters, digits and hyphens: they need no quotes. */
function call(words: Words | undefined): string {
  if (words === undefined) return ':';
  if (words.kind !== 'choices') return `_memtop_${words.kind}`;
  const helper = { one: 'keep', list: 'list', order: 'order' }[words.form];
  return `_memtop_${helper} ${words.choices.map(({ word }) => word).join(' ')}`;
}
