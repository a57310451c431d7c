// What is filled into the completion script for fish 3.
import { filledIn } from './fill-in.ts';
import type { CompletedCommand, CompletedFlag, ShellGrammar, Words } from './grammar.ts';

/** The script: one `complete` line for each flag of each command, and for their words. */
export function fishScript(template: string, { commands }: ShellGrammar): string {
  const [first] = commands as [CompletedCommand];
  const valued = commands.flatMap(({ flags }) => flags.flatMap(({ names, value }) => (value ? names : [])));
  const passing = commands.flatMap(({ name, passThrough }) => (passThrough ? [name] : []));
  return filledIn(template, {
    VALUED: [...new Set(valued)].join(' '),
    NAMES: commands.map(({ name }) => name).join(' '),
    PASSING: passing.join(' '),
    DEFAULT: first.name,
    COMMANDS: [
      ...commands.map(
        ({ name, summary }) => `complete -c memtop -n __memtop_is_first -a ${name} -d ${quoted(summary)}`,
      ),
      ...commands.flatMap(commandLines),
    ],
  });
}

function commandLines({ name, flags, words, passThrough }: CompletedCommand): string[] {
  const condition = quoted(`__memtop_in ${name}`);
  const lines = flags.map((flag) => `complete -c memtop -n ${condition} ${flagForm(flag)}`);
  if (words === undefined) return lines;
  const files = passThrough ? '-F ' : '';
  return [...lines, `complete -c memtop -n ${condition} ${files}-a ${quoted(source(words))}`];
}

function flagForm({ names, meaning, value }: CompletedFlag): string {
  const forms = names.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`)).join(' ');
  if (value === undefined) return `${forms} -d ${quoted(meaning)}`;
  const { words } = value;
  const files = words.kind === 'file' || words.kind === 'folder' ? '-r' : '-x';
  return `${forms} ${files} -a ${quoted(source(words))} -d ${quoted(meaning)}`;
}

/** What fish evaluates for the words: our own functions, or words of the tables with a tab before their meaning. */
function source(words: Words): string {
  if (words.kind !== 'choices') return `(__memtop_${words.kind})`;
  const choices = words.choices.map(({ word, meaning = '' }) => quoted(`${word}\t${meaning}`)).join(' ');
  return `(__memtop_${words.form} ${choices})`;
}

/** In single quotes fish reads a backslash before a quote or a backslash, and nothing else. */
function quoted(text: string): string {
  return `'${text.replace(/['\\]/g, '\\$&')}'`;
}
