// What is filled into the completion script for bash, which needs no bash-completion.
import { filledIn } from './fill-in.ts';
import type { CompletedCommand, CompletedFlag, ShellGrammar, Words } from './grammar.ts';

/** The script: one function, `_memtop`, with its helpers, registered for memtop. */
export function bashScript(template: string, { commands, flags }: ShellGrammar): string {
  const withValue = flags.filter(({ value }) => value !== undefined);
  const [first] = commands as [CompletedCommand];
  return filledIn(template, {
    FLAGS: commands.map(flagsCase),
    VALUES: withValue.map(valueCase),
    WORDS: commands.map(wordsCase),
    VALUED: withValue.flatMap(({ names }) => names).join('|'),
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

function valueCase({ names, value }: CompletedFlag): string {
  return `    ${names.join('|')}) ${call(value?.words)} ;;`;
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
