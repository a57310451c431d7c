// The table of flags. A flag is listed here and nowhere else; what its value means is in values.ts.
import { GROUPINGS } from '../model/grouping.ts';
import { GRAPHS, THEMES } from '../model/look.ts';
import { OUTPUTS } from './request.ts';

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
  /** What its value can be, where that can be told. */
  readonly takes?: Takes;
}

/** Times that are worth offering; any other does as well. */
const TIMES = ['500ms', '1s', '2s', '5s', '10s', '1m'] as const;

export const FLAGS = {
  interval: {
    form: '-d, --interval <time>',
    meaning: 'time between two looks: 500ms, 2s, 5m; a bare number is seconds (2s)',
    takes: TIMES,
  },
  sort: {
    form: '-s, --sort <column>',
    meaning: 'order by a column; rss:asc and rss:desc say the direction (rss)',
    takes: 'column',
  },
  columns: {
    form: '-c, --columns <list>',
    meaning: 'columns with commas between them, such as pid,user,rss',
    takes: 'columns',
  },
  filter: {
    form: '-f, --filter <query>',
    meaning: 'keep what matches: words of name or command, rss>500m, user=www, /pattern/, and or not ( )',
    takes: 'names',
  },
  pids: { form: '-p, --pid <list>', meaning: 'keep these process ids, with commas between them', takes: 'pids' },
  tree: { form: '-t, --tree', meaning: 'the tree of processes; in json, ndjson and csv nothing changes' },
  group: {
    form: '-g, --group <by>',
    meaning: 'one row for all with the same name, user or cgroup; in json, ndjson and csv nothing changes',
    takes: GROUPINGS,
  },
  once: { form: '--once', meaning: 'one look and no screen, as -n 1' },
  count: { form: '-n, --count <number>', meaning: 'so many looks and no screen' },
  output: {
    form: '-o, --output <form>',
    meaning: 'no screen: table or json (one look), ndjson or csv (a stream)',
    takes: OUTPUTS,
  },
  sampler: { form: '--sampler <name>', meaning: 'how to look at the machine (auto)', takes: 'samplers' },
  procRoot: { form: '--proc-root <folder>', meaning: 'read this tree in place of /proc' },
  ascii: { form: '--ascii', meaning: 'charts and marks in ASCII (so where the locale is not UTF-8)' },
  color: { form: '--no-color', meaning: 'no colour; NO_COLOR in the environment says the same' },
  theme: {
    form: '--theme <name>',
    meaning: 'colours: default, dark, light, high-contrast, monochrome, colour-blind (default)',
    takes: THEMES,
  },
  graph: { form: '--graph <name>', meaning: 'charts of blocks, braille or ascii (blocks)', takes: GRAPHS },
  mouse: { form: '--no-mouse', meaning: 'leave the mouse to the terminal' },
  readonly: { form: '--readonly', meaning: 'nothing that acts on a process' },
  survive: {
    form: '--survive',
    meaning: 'as root: memtop is the last to be ended when memory runs out, and keeps room to go on',
  },
  config: {
    form: '--config <file>',
    meaning: 'the settings file (~/.config/memtop/config.toml); /dev/null for none',
  },
  follow: { form: '--follow', meaning: 'a line every interval, with the trend and who grows fastest' },
  tmux: { form: '--tmux', meaning: 'colours in the markup of a tmux status line' },
  level: {
    form: '--level <name>',
    meaning: 'minor, full, or reclaim, which gives memory back to the system too (reclaim)',
    takes: 'levels',
  },
  all: { form: '--all', meaning: 'every process with an agent that matches' },
  json: { form: '--json', meaning: 'JSON, one document a line' },
  repeat: {
    form: '--repeat <number>',
    meaning: 'the leak test: collect so often and tell whether what is left rises (5)',
  },
  every: { form: '--every <time>', meaning: 'time between two collections of the leak test (60s)', takes: TIMES },
  heapSnapshot: {
    form: '--heap-snapshot <folder>',
    meaning: 'have a heap snapshot written there afterwards',
    takes: 'folder',
  },
  yes: { form: '--yes', meaning: 'collect large heaps too, however long the program stops for it' },
  attach: { form: '--attach', meaning: 'put an agent into a Node process that has none, through its inspector' },
} as const satisfies Record<string, Flag>;

/** What every command takes besides its own flags. */
export const ALWAYS = {
  help: { form: '-h, --help', meaning: 'this help' },
  version: { form: '-V, --version', meaning: 'the version' },
} as const satisfies Record<string, Flag>;

/** The ways to write a flag, the short one first: `-d`, `--interval`. */
export function namesOf({ form }: Flag): readonly string[] {
  return form.split(/,? /).filter((part) => part.startsWith('-'));
}

/** What stands for its value: `time`; undefined for a flag without one. */
export function placeholderOf({ form }: Flag): string | undefined {
  return /<(.*)>$/.exec(form)?.[1];
}

export type FlagName = keyof typeof FLAGS;

/** The words of a command line, sorted: each flag's text (true for one without a value), and the bare words. */
export interface Parsed {
  readonly flags: Readonly<Partial<Record<FlagName, string | boolean>>>;
  readonly words: readonly string[];
  /** What to print in place of doing anything: the help, or the version. */
  readonly answer?: string;
}
