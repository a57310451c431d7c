// The table of commands. A new command is one file and one entry here.
import type { Context } from '../cli/context.ts';
import type { FlagName, ParsedWords, Takes } from '../cli/flags.ts';
import type { Request } from '../cli/request.ts';
import { UserError } from '../errors/user-error.ts';
import { isDumb } from '../settings/environment.ts';
import { SHELLS } from './completion/shells.ts';

/** Runs the command, and settles with the exit code. `words` are the bare ones of the command line. */
export type Run = (
  request: Request,
  context: Context,
  flags: ParsedWords['flags'],
  words: ParsedWords['words'],
) => Promise<number>;

export interface Command {
  readonly name: string;
  /** One line for the help. */
  readonly summary: string;
  readonly flags: readonly FlagName[];
  /** What its bare words are, as help shows it; undefined when it takes none. */
  readonly words?: string;
  /** The kind of those words, for completions. */
  readonly takes?: Takes;
  /** Its first word is the name of a file; those behind it are a filter. */
  readonly takesFile?: true;
  /** The first bare word ends memtop's own flags: what follows belongs to another program. */
  readonly passThrough?: true;
  /** Whether it uses the settings file also where no flag names one. */
  readsSettings?(flags: ParsedWords['flags'], context: Context): boolean;
  /** What runs it, loaded only when it is wanted. */
  load(): Promise<Run>;
}

const WHERE: readonly FlagName[] = ['sampler', 'procRoot'];

export const COMMANDS: readonly Command[] = [
  {
    name: 'watch',
    summary: 'interactive monitor (a table when piped)',
    flags: [
      ...['interval', 'sort', 'columns', 'filter', 'pids', 'tree', 'group', 'once', 'count', 'for', 'output'],
      ...[...WHERE, 'ascii', 'color', 'theme', 'graph', 'mouse', 'readonly', 'survive', 'config'],
    ] as readonly FlagName[],
    words: '[FILTER...]',
    readsSettings: hasScreen,
    takes: 'names',
    load: async () => watchOrPrint,
  },
  {
    name: 'line',
    summary: 'one line for a status bar',
    flags: ['follow', 'tmux', 'interval', ...WHERE, 'ascii', 'config'],
    readsSettings: () => true,
    load: async () => (await import('./line.ts')).line,
  },
  {
    name: 'agents',
    summary: 'list instrumented processes',
    flags: ['json'],
    load: async () => (await import('./agents.ts')).agents,
  },
  {
    name: 'collect',
    summary: 'force a GC and diagnose leak vs. garbage',
    flags: [
      'level',
      'all',
      'json',
      'repeat',
      'every',
      'heapSnapshot',
      'lines',
      'yes',
      'attach',
      'filter',
      'pids',
      'sampler',
      'ascii',
    ],
    words: '[PID|FILTER...]',
    takes: 'agents',
    load: async () => (await import('./collect/collect.ts')).runCollect,
  },
  {
    name: 'run',
    summary: 'run a program with the agent, and report its memory',
    flags: ['runInterval', 'reportTo', 'json', 'agent', 'lastCollect', 'compare', 'times'],
    words: '[COMMAND...]',
    takes: 'programs',
    passThrough: true,
    load: async () => (await import('./run/run.ts')).run,
  },
  {
    name: 'record',
    summary: 'record all processes to a file',
    flags: ['interval', 'maxSize', 'keep', 'filter', 'pids', 'count', ...WHERE],
    words: '[FILE] [FILTER...]',
    takes: 'file',
    takesFile: true,
    load: async () => (await import('./record/record.ts')).record,
  },
  {
    name: 'replay',
    summary: 'play a recording on the screen, or print what it has',
    flags: [
      ...['at', 'speed', 'from', 'to', 'sort', 'columns', 'filter', 'pids', 'tree', 'group', 'once', 'count', 'output'],
      ...['ascii', 'color', 'theme', 'graph', 'mouse', 'config'],
    ] as readonly FlagName[],
    readsSettings: playsOnScreen,
    words: '[FILE] [FILTER...]',
    takes: 'file',
    takesFile: true,
    load: async () => replayed,
  },
  {
    name: 'report',
    summary: 'summarize a recording as text, a page or a picture',
    flags: ['reportFile', 'filter', 'pids', 'ascii'],
    words: '[FILE] [FILTER...]',
    takes: 'file',
    takesFile: true,
    load: async () => (await import('./report/report.ts')).report,
  },
  {
    name: 'guard',
    summary: 'act by rules before memory runs out',
    flags: [
      ...['rules', 'when', 'do', 'on', 'dryRun', 'json', 'check', 'example', 'guardInterval', 'survive', 'sampler'],
    ] as readonly FlagName[],
    words: '[FILE]',
    takes: 'file',
    takesFile: true,
    load: async () => (await import('./guard/guard.ts')).guard,
  },
  {
    name: 'doctor',
    summary: 'check permissions, kernel and terminal',
    flags: ['json', 'procRoot'],
    load: async () => (await import('./doctor/doctor.ts')).doctor,
  },
  {
    name: 'completion',
    summary: 'print a shell completion script',
    flags: [],
    words: '[SHELL]',
    takes: SHELLS,
    load: async () => (await import('./completion/completion.ts')).completionCommandOf(COMMANDS),
  },
];

/** What runs where no command is named. */
export const DEFAULT_COMMAND = 'watch';

/**
 * Watches, or prints when an output form or a number of samples was requested, when stdout is not a terminal, or when the
 * terminal is a dumb one.
 *
 * @throws UserError when there is a screen but no keyboard: nothing could end it
 */
async function watchOrPrint(request: Request, context: Context, flags: ParsedWords['flags']): Promise<number> {
  if (!hasScreen(flags, context)) {
    const { print } = await import('./print/print.ts');
    return print(request, context);
  }
  if (!context.inputIsTerminal) {
    throw new UserError('stdin is not a terminal.', 'To print one table: memtop --once.');
  }
  const { watch } = await import('./watch/watch.ts');
  return watch(request.settings, context);
}

/** Plays a recording on the screen where there is one and nothing is to be printed; prints it otherwise. */
async function replayed(
  request: Request,
  context: Context,
  flags: ParsedWords['flags'],
  words: ParsedWords['words'],
): Promise<number> {
  if (!playsOnScreen(flags, context) || words[0] === undefined) {
    const { replay } = await import('./replay/replay.ts');
    return replay(request, context, flags, words);
  }
  if (!context.inputIsTerminal) {
    throw new UserError('stdin is not a terminal.', 'To print the last sample: memtop replay FILE --once.');
  }
  const { replayOnScreen } = await import('./watch/replaying/replaying.ts');
  return replayOnScreen(request.settings, context, flags, words[0]);
}

/** A stretch of time is printed: the screen has all of it. */
function playsOnScreen(flags: ParsedWords['flags'], context: Context): boolean {
  return hasScreen(flags, context) && flags.from === undefined && flags.to === undefined;
}

/** Printed output is for other programs as well: it must not depend on screen settings. */
function hasScreen(
  { output, once, count, for: span }: ParsedWords['flags'],
  { outputIsTerminal, environment }: Context,
): boolean {
  const isPrint = [output, count, span].some((value) => value !== undefined) || once === true;
  return !isPrint && outputIsTerminal && !isDumb(environment);
}
