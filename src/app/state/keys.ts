// The table of keys. One entry is a key, its line in the help screen and README, and its place in the status bar.
import { columnsWithKeys } from '../../model/columns/column-sets.ts';
import type { ColumnId } from '../../model/columns/columns.ts';

/** What changes the arrangement of the table; `folding.ts` does it. */
export type ArrangementCommand = { readonly do: 'tree' | 'group' | 'fold' | 'unfold' };

/** What changes how rows are written; `actions/row-display.ts` does it. */
export type DisplayCommand = { readonly do: 'percent' | 'path' } | { readonly do: 'sideways'; readonly by: 1 | -1 };

/** What moves to a process by a text or by its pid; `actions/searching.ts` does it. */
export type SearchCommand = { readonly do: 'search' | 'search-next' | 'jump' };

/** What acts on a process, or picks it for that; `acts.ts` has one entry for each. */
export type Act = 'collect' | 'collect-all' | 'lines' | 'attach' | 'signal' | 'tag' | 'untag' | 'tag-shown';

/** What a key does; `update.ts` has one case for each. */
export type KeyCommand =
  | { readonly do: 'act'; readonly what: Act }
  | ArrangementCommand
  | { readonly do: 'move'; readonly by: number | 'page-up' | 'page-down' | 'first' | 'last' }
  | { readonly do: 'sort'; readonly column: ColumnId }
  | { readonly do: 'sort-next'; readonly by: 1 | -1 }
  | DisplayCommand
  | { readonly do: 'zoom'; readonly by: 1 | -1 }
  | { readonly do: 'choose'; readonly what: 'sort' | 'user' }
  | SearchCommand
  | {
      readonly do:
        | 'invert'
        | 'follow'
        | 'filter'
        | 'kernel'
        | 'interval'
        | 'scale'
        | 'gauge'
        | 'pause'
        | 'detail'
        | 'columns'
        | 'oom'
        | 'memory'
        | 'focus'
        | 'save'
        | 'close'
        | 'help'
        | 'repaint'
        | 'suspend'
        | 'quit';
    };

export interface KeyBinding {
  /** The text for its keys where there are too many to list. */
  readonly shown?: string;
  /** Names of the keys, the one to be shown first. */
  readonly keys: readonly string[];
  readonly group: 'Act' | 'Move' | 'Sort' | 'Show' | 'Program';
  readonly help: string;
  /** One word for the status bar; only what a newcomer needs has one. */
  readonly bar?: string;
  readonly command: KeyCommand;
  /** Acts on a process: taken away by --readonly. */
  readonly acts?: true;
}

/** The columns with a key of their own. */
const SORT_KEYS = columnsWithKeys().map(
  ({ id, sortKey: { key, help } }): KeyBinding => ({
    keys: [key],
    group: 'Sort',
    help,
    command: { do: 'sort', column: id },
  }),
);

export const KEYS: readonly KeyBinding[] = [
  {
    keys: ['c'],
    group: 'Act',
    help: 'collect: force a GC in the selected process and diagnose leak vs. garbage; asks first',
    bar: 'collect',
    command: { do: 'act', what: 'collect' },
    acts: true,
  },
  {
    keys: ['C'],
    group: 'Act',
    help: 'collect in all tagged processes in turn; Esc stops after the current one',
    command: { do: 'act', what: 'collect-all' },
    acts: true,
  },
  {
    keys: ['l'],
    group: 'Act',
    help: 'leak lines: watch for 30 s, then name the containers that grow and the allocating lines; asks first',
    command: { do: 'act', what: 'lines' },
    acts: true,
  },
  {
    keys: ['a'],
    group: 'Act',
    help: 'attach: put an agent into a running Node.js program that has none; asks first',
    command: { do: 'act', what: 'attach' },
    acts: true,
  },
  {
    keys: ['f9', 'K'],
    group: 'Act',
    help: 'signal: send TERM, or another signal from a list, to the tagged processes or the selected one',
    bar: 'signal',
    command: { do: 'act', what: 'signal' },
    acts: true,
  },
  {
    keys: ['space'],
    group: 'Act',
    help: 'tag or untag the process and move to the next line',
    command: { do: 'act', what: 'tag' },
  },
  { keys: ['U'], group: 'Act', help: 'untag all', command: { do: 'act', what: 'untag' } },
  { keys: ['\\'], group: 'Act', help: 'tag all that the filter shows', command: { do: 'act', what: 'tag-shown' } },
  { keys: ['up', 'k'], group: 'Move', help: 'one line up', command: { do: 'move', by: -1 } },
  { keys: ['down', 'j'], group: 'Move', help: 'one line down', command: { do: 'move', by: 1 } },
  { keys: ['pageup'], group: 'Move', help: 'one page up', command: { do: 'move', by: 'page-up' } },
  { keys: ['pagedown'], group: 'Move', help: 'one page down', command: { do: 'move', by: 'page-down' } },
  { keys: ['home', 'g'], group: 'Move', help: 'to the first line', command: { do: 'move', by: 'first' } },
  { keys: ['end', 'G'], group: 'Move', help: 'to the last line', command: { do: 'move', by: 'last' } },
  {
    keys: ['F'],
    group: 'Move',
    help: 'follow the selected process when the order changes; again: stop and go to the first row',
    command: { do: 'follow' },
  },
  ...SORT_KEYS,
  { keys: ['<'], group: 'Sort', help: 'by the column to the left', command: { do: 'sort-next', by: -1 } },
  { keys: ['>'], group: 'Sort', help: 'by the column to the right', command: { do: 'sort-next', by: 1 } },
  {
    keys: ['f6'],
    group: 'Sort',
    help: 'choose the sort column from a list; a hidden one is added',
    bar: 'sort',
    command: { do: 'choose', what: 'sort' },
  },
  { keys: ['I'], group: 'Sort', help: 'reverse the sort order', command: { do: 'invert' } },
  {
    keys: ['/', 'f4'],
    group: 'Show',
    help: 'filter: words in name or command, a PID, rss>500m, user=www, /pattern/, and or not ( ); Tab completes, Up recalls',
    bar: 'filter',
    command: { do: 'filter' },
  },
  {
    keys: ['f3'],
    group: 'Move',
    help: 'search: move to the first match, hiding nothing; same syntax as the filter',
    command: { do: 'search' },
  },
  { keys: ['n'], group: 'Move', help: 'move to the next match of the last search', command: { do: 'search-next' } },
  {
    keys: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
    shown: '0–9',
    group: 'Move',
    help: 'move to a PID: type its digits',
    command: { do: 'jump' },
  },
  { keys: ['u'], group: 'Show', help: 'show only one user', bar: 'user', command: { do: 'choose', what: 'user' } },
  {
    keys: ['t', 'f5'],
    group: 'Show',
    help: 'process tree, siblings sorted by their subtrees; again: flat list',
    bar: 'tree',
    command: { do: 'tree' },
  },
  {
    keys: ['b'],
    group: 'Show',
    help: 'group by name, then user, then cgroup (containers), then none; RSS sums count shared pages repeatedly',
    command: { do: 'group' },
  },
  {
    keys: ['right'],
    group: 'Show',
    help: 'scroll commands right; in the tree and in groups: unfold, like +',
    command: { do: 'sideways', by: 1 },
  },
  {
    keys: ['left'],
    group: 'Show',
    help: 'scroll commands left; in the tree and in groups: fold, like -',
    command: { do: 'sideways', by: -1 },
  },
  {
    keys: ['+'],
    group: 'Show',
    help: 'unfold the subtree or group',
    command: { do: 'unfold' },
  },
  {
    keys: ['-'],
    group: 'Show',
    help: 'fold into one row with the sums; again: go to the parent row',
    command: { do: 'fold' },
  },
  { keys: ['e'], group: 'Show', help: 'show or hide kernel threads', command: { do: 'kernel' } },
  {
    keys: ['%'],
    group: 'Show',
    help: 'switch sizes between percent of memory and bytes',
    command: { do: 'percent' },
  },
  { keys: ['p'], group: 'Show', help: 'switch between full paths and command names', command: { do: 'path' } },
  {
    keys: ['='],
    group: 'Show',
    help: 'switch between one scale for all trends and one per row',
    command: { do: 'scale' },
  },
  {
    keys: ['H'],
    group: 'Show',
    help: 'switch the gauge between machine and cgroup limit',
    command: { do: 'gauge' },
  },
  {
    keys: ['z'],
    group: 'Show',
    help: 'pause or resume the screen; sampling continues',
    bar: 'pause',
    command: { do: 'pause' },
  },
  { keys: ['d'], group: 'Show', help: 'change the refresh interval', command: { do: 'interval' } },
  {
    keys: ['enter'],
    group: 'Show',
    help: 'detail: everything about the selected process; the same key closes it',
    bar: 'detail',
    command: { do: 'detail' },
  },
  {
    keys: ['f2', 'o'],
    group: 'Show',
    help: 'columns: show, hide, move and explain them',
    bar: 'columns',
    command: { do: 'columns' },
  },
  {
    keys: ['O'],
    group: 'Show',
    help: 'OOM kills: which processes, when, at which limit; the same key closes it',
    command: { do: 'oom' },
  },
  {
    keys: ['m'],
    group: 'Show',
    help: 'memory: what uses it and how to free it; the same key closes it',
    command: { do: 'memory' },
  },
  {
    keys: ['tab'],
    group: 'Show',
    help: 'switch focus: table ⇄ pane',
    command: { do: 'focus' },
  },
  { keys: [','], group: 'Show', help: 'zoom the chart out: more time', command: { do: 'zoom', by: 1 } },
  { keys: ['.'], group: 'Show', help: 'zoom the chart in: less time', command: { do: 'zoom', by: -1 } },
  {
    keys: ['escape'],
    group: 'Show',
    help: 'close the pane or prompt; else clear filter and user',
    command: { do: 'close' },
  },
  { keys: ['?', 'h', 'f1'], group: 'Program', help: 'this help', bar: 'help', command: { do: 'help' } },
  {
    keys: ['S'],
    group: 'Program',
    help: 'save columns, order, interval and appearance to the settings file',
    command: { do: 'save' },
  },
  { keys: ['ctrl-l'], group: 'Program', help: 'redraw', command: { do: 'repaint' } },
  { keys: ['ctrl-z'], group: 'Program', help: 'suspend; fg in the shell resumes', command: { do: 'suspend' } },
  { keys: ['q', 'f10', 'ctrl-c'], group: 'Program', help: 'quit', bar: 'quit', command: { do: 'quit' } },
];

const BY_KEY: ReadonlyMap<string, KeyBinding> = new Map(
  KEYS.flatMap((binding) => binding.keys.map((key) => [key, binding] as const)),
);

/** What a key is bound to in the table; undefined for a key without a meaning. */
export function bindingOf(key: string): KeyBinding | undefined {
  return BY_KEY.get(key);
}

/** What a key does in the table; undefined when it does nothing. */
export function commandOf(key: string): KeyCommand | undefined {
  return BY_KEY.get(key)?.command;
}

/** The keys of a binding as they are written in help and documents. */
export function keysTitle({ shown, keys }: KeyBinding): string {
  return shown ?? keys.map(keyTitle).join(' ');
}

/** The keys that do something; those that act on a process are left out where nothing may. */
export function keysOf(isReadonly: boolean): readonly KeyBinding[] {
  return isReadonly ? KEYS.filter((binding) => binding.acts !== true) : KEYS;
}

const SHOWN_AS: Readonly<Record<string, string>> = {
  up: '↑',
  down: '↓',
  pageup: 'PgUp',
  pagedown: 'PgDn',
  home: 'Home',
  end: 'End',
  left: '←',
  right: '→',
  escape: 'Esc',
  enter: 'Enter',
  'shift-tab': 'Shift-Tab',
  backspace: 'Backspace',
  delete: 'Del',
  insert: 'Ins',
  tab: 'Tab',
  space: 'Space',
};

/** A key as it is written on keyboards: `F6`, `Ctrl-L`, `PgUp`. */
export function keyTitle(key: string): string {
  if (key.startsWith('ctrl-')) return `Ctrl-${key.slice(5).toUpperCase()}`;
  // Another program may press a key that is not to be drawn.
  return SHOWN_AS[key] ?? (/^f\d+$/.test(key) ? key.toUpperCase() : key);
}
