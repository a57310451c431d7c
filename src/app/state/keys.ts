// The table of keys. One entry is a key, its line in the help screen and README, and its place in the status bar.
import { columnsWithKeys } from '../../model/columns/column-sets.ts';
import type { Binding } from './binding.ts';
import { TIME_KEYS } from './time-keys.ts';

/** The columns with a key of their own. */
const SORT_KEYS = columnsWithKeys().map(
  ({ id, sortKey: { key, help } }) =>
    ({ keys: [key], group: 'Sort', help, command: { do: 'sort', column: id } }) as const,
);

const TABLE = [
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
  ...TIME_KEYS,
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
] as const satisfies readonly Binding[];

/** What a key does. A command that is new here has its `case` in `actions/update.ts`. */
export type KeyCommand = (typeof TABLE)[number]['command'];

export interface KeyBinding extends Binding {
  readonly command: KeyCommand;
}

export const KEYS: readonly KeyBinding[] = TABLE;
