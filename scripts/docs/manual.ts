// Generates the manual page man/memtop.1 from the tables, in the macros of man(7).

import { description, version } from '../../package.json';
import { keyTitle } from '../../src/app/state/key-title.ts';
import { KEYS } from '../../src/app/state/keys.ts';
import { ALWAYS, FLAGS, type Flag, type FlagName } from '../../src/cli/flags.ts';
import { COMMANDS, type Command, DEFAULT_COMMAND } from '../../src/commands/table.ts';
import { COLUMNS } from '../../src/model/columns/columns.ts';
import { samplers } from '../../src/sampling/samplers.ts';
import { wordLines } from '../../src/text/wrap.ts';

/** The day of the release, or of the last change of what the text says. */
const DATE = '2026-11-23';

/** The whole page. */
export function manualPage(): string {
  return [
    `.TH MEMTOP 1 ${DATE} "memtop ${version}" "User Commands"`,
    `.SH NAME\nmemtop \\- ${roff(description)}`,
    `.SH SYNOPSIS\n${COMMANDS.map(synopsis).join('\n.br\n')}`,
    `.SH DESCRIPTION\n${DESCRIPTION}`,
    `.SH COMMANDS\n${COMMANDS.map(commandPart).join('\n')}`,
    `.SH OPTIONS\n${Object.entries<Flag>({ ...FLAGS, ...ALWAYS })
      .map(([name, flag]) => flagPart(name as FlagName, flag))
      .join('\n')}`,
    `.SH KEYS\n${keysPart()}`,
    `.SH COLUMNS\n${COLUMNS.map(({ id, title, meaning }) => term(bold(id), `${title}: ${meaning}`)).join('\n')}`,
    `.SH SAMPLERS\n${samplers.map(({ name, describe }) => term(bold(name), describe)).join('\n')}`,
    `.SH EXIT STATUS\n${EXIT_STATUS.map(([code, meaning]) => term(bold(code), meaning)).join('\n')}`,
    `.SH ENVIRONMENT\n${ENVIRONMENT.map(([name, meaning]) => term(bold(name), meaning)).join('\n')}`,
    `.SH EXAMPLES\n${EXAMPLES.map(([line, meaning]) => term(bold(line), meaning)).join('\n')}`,
    '.SH SEE ALSO\n.BR top (1),\n.BR free (1),\n.BR proc (5)\n',
  ].join('\n');
}

const DESCRIPTION = roff(
  'memtop shows which process grows, how fast, and how much memory is left. The first bare word is a command if it is ' +
    "one's name; else all bare words are the filter of what is watched, and -f and -- say so outright. Where stdout is not " +
    'a terminal, one table is printed.',
);

const EXIT_STATUS: readonly (readonly [string, string])[] = [
  ['0', 'Done.'],
  [
    '1',
    'The result is negative: nothing matched, no such process, no agent answered, a leak test found a leak or ' +
      'unsure, or doctor found that memtop cannot watch this machine.',
  ],
  ['2', 'Wrong usage, or a thing to change, with the next step in the message.'],
  ['70', 'A bug.'],
  ['126, 127', 'memtop run: the command cannot be executed, or is not found; else its own exit code.'],
  ['128+n', 'Signal n ended it.'],
];

const ENVIRONMENT: readonly (readonly [string, string])[] = [
  ['LC_ALL, LC_CTYPE, LANG', 'Charts are drawn in ASCII unless the first one that is set names UTF-8.'],
  ['NO_COLOR', 'Set and not empty: no colour.'],
  ['TERM', 'The terminal; on one that is dumb, one table is printed.'],
  ['XDG_RUNTIME_DIR, XDG_CACHE_HOME', 'Where agents listen.'],
];

const EXAMPLES: readonly (readonly [string, string])[] = [
  ['memtop node', 'Watch the processes with "node" in name or command.'],
  ['memtop --once -s growth', 'One table, and no screen.'],
  ['memtop run -- node app.js', 'Run a program so that it can be asked to collect.'],
  ['memtop collect app.js', 'Have it collect, and read what that proved.'],
];

function synopsis({ name, words, flags }: Command): string {
  const parts = name === DEFAULT_COMMAND ? [`.B memtop`] : [`.B memtop ${name}`];
  if (flags.length > 0) parts.push('[\\fIoption\\fR ...]');
  if (words !== undefined) parts.push(roff(words));
  return parts.join('\n');
}

function commandPart({ name, summary, flags }: Command): string {
  const own = flags.map((flag) => (FLAGS[flag].form as string).split(/,? /).find((part) => part.startsWith('--')));
  const takes = own.length === 0 ? '' : ` Takes ${own.join(', ')}.`;
  return term(bold(name), `${sentence(summary)}${name === DEFAULT_COMMAND ? ' The default command.' : ''}${takes}`);
}

function flagPart(name: FlagName, { form, meaning }: Flag): string {
  const written = roff(form)
    .replace(/(\\-[\w\\-]+)/g, '\\fB$1\\fR')
    .replace(/<(.*)>/, '\\fI$1\\fR');
  const commands = COMMANDS.filter(({ flags }) => flags.includes(name)).map((command) => command.name);
  return term(written, `${sentence(meaning)}${commands.length === 0 ? '' : ` (${commands.join(', ')})`}`);
}

function keysPart(): string {
  return KEYS.map(({ shown, keys, help }) =>
    term(shown === undefined ? keys.map((key) => bold(keyTitle(key))).join(', ') : bold(shown), help),
  ).join('\n');
}

function term(title: string, text: string): string {
  return `.TP\n${title}\n${roff(text)}`;
}

function bold(text: string): string {
  return `\\fB${roff(text)}\\fR`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith('.') ? '' : '.'}`;
}

/** What the formatter would take for its own, escaped; characters beyond ASCII by their names (groff_char(7)). */
function roff(text: string): string {
  return wordLines(text, 64)
    .join('\n')
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^(['.])/gm, '\\&$1')
    .replace(/[^ -~\n]/gu, (character) => {
      return `\\[u${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}]`;
    });
}
