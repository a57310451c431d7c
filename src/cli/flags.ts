// The table of flags. A flag is listed here and nowhere else; what its value means is in values.ts.

import { THEMES } from '../model/appearance/appearance.ts';
import { GROUPINGS } from '../model/rows/row.ts';
import { GRAPHS } from '../text/sparkline.ts';
import { EXPORTS, OUTPUTS } from './request.ts';

/**
 * What words a flag or a command takes, for completions and the manual: the words themselves, or what they are names of.
 * `pids` may follow one another with commas between them, as `columns` may; `agents` are processes that can be asked to
 * collect, `programs` commands of the shell.
 */
export type Takes =
  | readonly string[]
  | 'column'
  | 'columns'
  | 'pids'
  | 'names'
  | 'agents'
  | 'programs'
  | 'samplers'
  | 'levels'
  | 'folder'
  | 'file';

/** One flag, as help and completions show it. */
export interface Flag {
  /** As Commander takes it: `-d, --interval <time>`. */
  readonly form: string;
  readonly meaning: string;
  /** The possible values, where they are known. */
  readonly takes?: Takes;
  /** Given several times, its values are joined by this. */
  readonly joins?: ',';
}

/** Times that are worth offering; any other does as well. */
const TIMES = ['500ms', '1s', '2s', '5s', '10s', '1m'] as const;

/** The same for a command that is run and followed. */
const RUN_TIMES = ['100ms', '200ms', '500ms', '1s', '5s'] as const;

/** The same for how long to sample before printing once. */
const SPANS = ['10s', '30s', '60s', '5m', '15m'] as const;

/** Sizes and ages of recordings that are worth offering. */
const SIZES = ['50M', '200M', '1G'] as const;
const AGES = ['24h', '7d', '30d'] as const;

export const FLAGS = {
  interval: {
    form: '-d, --interval <time>',
    meaning: 'refresh interval: 500ms, 2s, 5m; a bare number is seconds (default 2s)',
    takes: TIMES,
  },
  sort: {
    form: '-s, --sort <column>',
    meaning: 'sort by a column, ascending or descending: rss:asc, rss:desc (default rss)',
    takes: 'column',
  },
  columns: {
    form: '-c, --columns <list>',
    meaning: 'columns to show, separated by commas: pid,user,rss',
    takes: 'columns',
  },
  filter: {
    form: '-f, --filter <query>',
    meaning: 'show only what matches: words in name or command, rss>500m, user=www, /pattern/, and or not ( )',
    takes: 'names',
  },
  pids: { form: '-p, --pid <list>', meaning: 'show only these process IDs, separated by commas', takes: 'pids' },
  tree: { form: '-t, --tree', meaning: 'process tree (no effect on json, ndjson and csv)' },
  group: {
    form: '-g, --group <by>',
    meaning: 'one row per name, user or cgroup (no effect on json, ndjson and csv)',
    takes: GROUPINGS,
  },
  once: { form: '--once', meaning: 'print once and exit' },
  count: { form: '-n, --count <number>', meaning: 'print N samples and exit' },
  for: {
    form: '--for <time>',
    meaning: 'sample for this long, then print once with growth known: 60s, 5m',
    takes: SPANS,
  },
  output: {
    form: '-o, --output <form>',
    meaning: 'print instead of opening the screen: table or json (one sample), ndjson or csv (a stream)',
    takes: OUTPUTS,
  },
  maxSize: {
    form: '--max-size <size>',
    meaning: 'most that the files of a recording may take together: 200M; the oldest are removed',
    takes: SIZES,
  },
  keep: {
    form: '--keep <time>',
    meaning: 'remove files of a recording that are older than this: 24h, 7d',
    takes: AGES,
  },
  at: {
    form: '--at <time>',
    meaning: 'begin at this time, or print the sample of it: 10:30, "2026-11-28 10:30", or -15m before the end',
  },
  speed: { form: '--speed <number>', meaning: 'how fast to play on the screen: 2x, 10x, 60x (default 1x)' },
  from: { form: '--from <time>', meaning: 'start at this time (as --at)' },
  to: {
    form: '--to <time|form>',
    meaning: 'end at this time (as --at), or write perfetto (a trace) or openmetrics; given twice, both',
    takes: EXPORTS,
    joins: ',',
  },
  reportFile: {
    form: '-o, --output <file>',
    meaning: 'write a page (.html) or a picture (.svg) to this file, in place of text',
    takes: 'file',
  },
  runInterval: {
    form: '-d, --interval <time>',
    meaning: 'time between two samples of all processes of the command (default 200ms)',
    takes: RUN_TIMES,
  },
  reportTo: {
    form: '--report <file>',
    meaning: 'write the report to this file, in place of stderr',
    takes: 'file',
  },
  agent: { form: '--no-agent', meaning: 'run the command without an agent in it' },
  lastCollect: {
    form: '--last-collect',
    meaning: 'collect garbage before the command exits, and report what that would have freed (2 s at most)',
  },
  compare: {
    form: '--compare',
    meaning: 'run several command lines (each one word, for sh -c) in turn, and print which is lighter',
  },
  times: { form: '--times <number>', meaning: 'run each command line N times with --compare (default 3)' },
  sampler: { form: '--sampler <name>', meaning: 'how to read the machine (default auto)', takes: 'samplers' },
  procRoot: { form: '--proc-root <folder>', meaning: 'read this directory instead of /proc' },
  ascii: { form: '--ascii', meaning: 'ASCII only (automatic in a non-UTF-8 locale)' },
  color: { form: '--no-color', meaning: 'no colour (also when NO_COLOR is set)' },
  theme: {
    form: '--theme <name>',
    meaning: 'colour theme: default, dark, light, high-contrast, monochrome, colour-blind',
    takes: THEMES,
  },
  graph: {
    form: '--graph <name>',
    meaning: 'draw charts with blocks, braille or ascii (default blocks)',
    takes: GRAPHS,
  },
  mouse: { form: '--no-mouse', meaning: 'do not use the mouse' },
  readonly: { form: '--readonly', meaning: 'disable kill, collect and attach' },
  survive: {
    form: '--survive',
    meaning: 'protect memtop from the OOM killer (needs root)',
  },
  config: {
    form: '--config <file>',
    meaning: 'settings file (default ~/.config/memtop/config.toml; /dev/null for none)',
  },
  follow: { form: '--follow', meaning: 'print a line every interval, with the trend and the fastest growing process' },
  tmux: { form: '--tmux', meaning: 'use tmux markup for colours' },
  level: {
    form: '--level <name>',
    meaning: 'minor, full, or reclaim, which also returns memory to the system (default reclaim)',
    takes: 'levels',
  },
  all: { form: '--all', meaning: 'collect in every matching process that has an agent' },
  json: { form: '--json', meaning: 'print JSON, one document per line' },
  repeat: {
    form: '--repeat <number>',
    meaning: 'leak test: collect N times and report whether the memory left after each rises (default 5)',
  },
  every: {
    form: '--every <time>',
    meaning: 'time between two collections of the leak test (default 60s)',
    takes: TIMES,
  },
  heapSnapshot: {
    form: '--heap-snapshot <folder>',
    meaning: 'write a heap snapshot to this directory afterwards',
    takes: 'folder',
  },
  lines: {
    form: '--lines <time>',
    meaning: 'watch for this long (30s), then name the growing containers and the allocating lines',
    takes: SPANS,
  },
  rules: {
    form: '--rules <file>',
    meaning: 'rules file (default ~/.config/memtop/rules.toml)',
    takes: 'file',
  },
  when: { form: '--when <query>', meaning: "condition of one rule: 'available < 25%', 'rss > 900M'" },
  do: {
    form: '--do <steps>',
    meaning: "steps of that rule, separated by commas: 'collect, wait 5s, signal TERM'",
    takes: ['warn', 'collect'],
  },
  on: { form: '--on <query>', meaning: "processes that the rule may act on: 'name ~ python'", takes: 'names' },
  dryRun: { form: '--dry-run', meaning: 'report decisions and change nothing' },
  check: { form: '--check', meaning: 'explain each rule and show what it would match now' },
  example: { form: '--example', meaning: 'print a commented rules file' },
  guardInterval: {
    form: '-d, --interval <time>',
    meaning: 'longest time between two samples (default 1s); shorter while memory fills fast',
    takes: TIMES,
  },
  yes: { form: '--yes', meaning: 'accept long pauses and heap snapshots that may not fit' },
  attach: { form: '--attach', meaning: 'load an agent into a running Node.js process through its inspector' },
} as const satisfies Record<string, Flag>;

/** The flags of every command. */
export const ALWAYS = {
  help: { form: '-h, --help', meaning: 'show this help' },
  version: { form: '-V, --version', meaning: 'show the version' },
} as const satisfies Record<string, Flag>;

/** What `--version` prints. */
export function versionLine(version: string): string {
  return `memtop ${version}`;
}

/** The ways to write a flag, the short one first: `-d`, `--interval`. */
export function namesOf({ form }: Flag): readonly string[] {
  return form.split(/,? /).filter((part) => part.startsWith('-'));
}

/** What stands for its value: `time`; undefined for a flag without one. */
export function placeholderOf({ form }: Flag): string | undefined {
  return /<(.*)>$/.exec(form)?.[1];
}

/** The value of a flag that may have been given before. */
export function joinedValue({ joins }: Flag, before: unknown, value: string): string {
  return joins !== undefined && typeof before === 'string' ? `${before}${joins}${value}` : value;
}

export type FlagName = keyof typeof FLAGS;

/** The words of a command line, sorted: each flag's text (true for one without a value), and the bare words. */
export interface ParsedWords {
  readonly flags: Readonly<Partial<Record<FlagName, string | boolean>>>;
  readonly words: readonly string[];
  /** What to print in place of doing anything: the help, or the version. */
  readonly answer?: string;
}
