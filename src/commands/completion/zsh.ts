// What is filled into the completion script for zsh: a file for a folder of `fpath`, which can also be evaluated.
import { filledIn } from './fill-in.ts';
import type { CompletedCommand, CompletedFlag, CompletionChoice, ShellGrammar, Words } from './grammar.ts';

/** The script: one function, `_memtop`, with its helpers. */
export function zshScript(template: string, { commands, flags }: ShellGrammar): string {
  const [first] = commands as [CompletedCommand];
  const passing = commands.flatMap(({ name, passThrough }) => (passThrough ? [name] : []));
  const valued = commands.flatMap(({ flags }) => flags.flatMap(({ names, value }) => (value ? names : [])));
  return filledIn(template, {
    CHOICES: [
      choicesFunction('_memtop_commands', 'command', commands.map(commandChoice), OFFERED.one),
      ...flags.flatMap(valueFunction),
    ],
    VALUED: [...new Set(valued)].join('|'),
    NAMES: commands.map(({ name }) => name).join('|'),
    PASSING: passing.join('|') || '-',
    DEFAULT: first.name,
    CASES: commands.map((command) => commandCase(command, command === first)),
  });
}

function commandChoice({ name, summary }: CompletedCommand): CompletionChoice {
  return { word: name, meaning: summary };
}

function commandCase({ name, flags, words, passThrough }: CompletedCommand, isFirst: boolean): string {
  const specs = flags.map(flagSpec);
  if (words !== undefined) specs.push(quoted(`*:${isFirst ? 'filter' : 'word'}:${action(words, [], isFirst)}`));
  const mode = passThrough ? '-A "-*" ' : '';
  return `    ${name})\n      _arguments -s ${mode}: \\\n${specs.map((spec) => `        ${spec}`).join(' \\\n')}\n      ;;`;
}

/** `'(-d --interval)'{-d+,--interval=}'[meaning]:time:action'`: both ways of writing it, never twice. */
function flagSpec({ names, meaning, value }: CompletedFlag): string {
  const forms = names.map((name) => (value === undefined ? name : `${name}${name.startsWith('--') ? '=' : '+'}`));
  const rest = `[${meaning.replace(/[[\]\\:]/g, '\\$&')}]${value === undefined ? '' : `:${value.placeholder}:${action(value.words, names)}`}`;
  if (forms.length === 1) return quoted(`${forms[0]}${rest}`);
  return `${quoted(`(${names.join(' ')})`)}{${forms.join(',')}}${quoted(rest)}`;
}

function action(words: Words, names: readonly string[], isFirst = false): string {
  if (isFirst) return '_memtop_first';
  if (words.kind !== 'choices') return `_memtop_${words.kind}`;
  if (isExplained(words)) return functionOf(names);
  return `(${words.choices.map(({ word }) => word).join(' ')})`;
}

/** Whether the choices have meanings, or can follow one another: a function of their own offers those. */
function isExplained({ choices }: Extract<Words, { kind: 'choices' }>): boolean {
  return choices.some(({ meaning }) => meaning !== undefined);
}

function functionOf(names: readonly string[]): string {
  return `_memtop_value${names.at(-1)?.replace(/^-+/, '_').replaceAll('-', '_')}`;
}

function valueFunction({ names, value }: CompletedFlag): string[] {
  if (value?.words.kind !== 'choices' || !isExplained(value.words)) return [];
  const { choices, form } = value.words;
  return [choicesFunction(functionOf(names), value.placeholder, choices, OFFERED[form])];
}

/** What comes before the choices are offered. */
const OFFERED = {
  one: '',
  list: `  local -a used=(\${(s:,:)PREFIX})
  if compset -P '*,'; then
    for word in $used; do choices=(\${choices:#$word:*}); done
  fi
`,
  order: "  if compset -P '*:'; then compadd asc desc; return; fi\n",
} as const;

function choicesFunction(name: string, what: string, choices: readonly CompletionChoice[], before: string): string {
  const pairs = choices.map(({ word, meaning = '' }) => quoted(`${word}:${meaning}`));
  const list = pairs.map((pair) => `    ${pair}`).join('\n');
  const end = `  _describe -t ${what}s ${what} choices${before === OFFERED.list ? " -S '' -q" : ''}`;
  return `${name}() {\n  local word\n  local -a choices=(\n${list}\n  )\n${before}${end}\n}\n`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
