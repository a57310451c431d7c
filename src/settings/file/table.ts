// The table of settings. One entry is a key of the settings file, its line in the documents and its part of the schema.

import { readSort } from '../../cli/values.ts';
import { UserError } from '../../errors/user-error.ts';
import { THEMES, THRESHOLDS } from '../../model/appearance/appearance.ts';
import { COLUMNS } from '../../model/columns/columns.ts';
import { GROUPINGS } from '../../model/rows/row.ts';
import { GRAPHS } from '../../text/sparkline.ts';
import { type FileSettings, SCALES } from '../settings.ts';
import { columns, interval, NONE_WORD, oneOf, thresholds, yesOrNo } from './kinds.ts';
import type { Setting, SettingName } from './setting.ts';

const ids = COLUMNS.map(({ id }) => id);

/** By name: the compiler sees to it that each setting has its entry. */
const TABLE: { readonly [Name in SettingName]: Omit<Setting<Name>, 'name'> } = {
  interval: {
    meaning: 'time between two looks',
    flag: 'interval',
    isSaved: true,
    ...interval('interval'),
  },
  sort: {
    meaning: 'the column the rows are sorted by, and the direction where it is not the usual one',
    takes: 'a column id such as `"rss"`, or `"rss:asc"`, `"age:desc"`',
    schema: { type: 'string', pattern: `^(${ids.join('|')})(:(asc|desc))?$` },
    flag: 'sort',
    isSaved: true,
    read(value) {
      if (typeof value === 'string') return readSort(value);
      throw new UserError("'sort' is a text.", 'Write it in quotes: sort = "rss".');
    },
    write(order) {
      const isUsual = readSort(order.column).descending === order.descending;
      return isUsual ? order.column : `${order.column}:${order.descending ? 'desc' : 'asc'}`;
    },
  },
  columns: { meaning: 'the columns of the table', flag: 'columns', isSaved: true, ...columns('columns', ids) },
  filter: {
    meaning: 'what the screen is filtered by at first, as behind `/`',
    takes: 'a text',
    schema: { type: 'string' },
    flag: 'filter',
    read(value) {
      if (typeof value === 'string') return value.trim();
      throw new UserError("'filter' is a text.", 'Write it in quotes: filter = "node".');
    },
    write: (filter) => filter,
  },
  tree: { meaning: 'processes below their parents', isSaved: true, ...yesOrNo('tree') },
  group: { meaning: 'what processes are put together by', isSaved: true, ...grouping() },
  kernel: { meaning: 'threads of the kernel too', isSaved: true, ...yesOrNo('kernel') },
  scale: {
    meaning: 'each trend a scale of its own, or one for all',
    isSaved: true,
    ...oneOf('scale', SCALES),
  },
  theme: { meaning: 'colours', flag: 'theme', isSaved: true, ...oneOf('theme', THEMES) },
  graph: { meaning: 'what charts are drawn with', flag: 'graph', isSaved: true, ...oneOf('graph', GRAPHS) },
  thresholds: {
    meaning: 'from how many percent of memory in use on it is fine, tight and short',
    isSaved: true,
    ...thresholds('thresholds', THRESHOLDS),
  },
  ascii: {
    meaning: 'charts and marks in ASCII, also where the locale is UTF-8',
    flag: 'ascii',
    environment: 'LC_ALL, LC_CTYPE, LANG',
    ...yesOrNo('ascii'),
  },
  color: { meaning: 'colours at all', flag: 'color', environment: 'NO_COLOR', ...yesOrNo('color') },
  mouse: { meaning: 'the mouse belongs to memtop, not to the terminal', flag: 'mouse', ...yesOrNo('mouse') },
  readonly: { meaning: 'nothing that acts on a process', flag: 'readonly', ...yesOrNo('readonly') },
};

/** All settings, in the order in which documents tell them. */
export const SETTINGS: readonly Setting[] = Object.entries(TABLE).map(
  ([name, entry]) => ({ name, ...entry }) as unknown as Setting,
);

/** The setting of this name. */
export function settingOf(name: string): Setting | undefined {
  return SETTINGS.find((setting) => setting.name === name);
}

/** What stands in a file for a setting among others. */
export function tomlOf(
  { name, write }: Setting,
  settings: Pick<FileSettings, SettingName>,
): ReturnType<Setting['write']> {
  return write(settings[name] as never);
}

function grouping() {
  const words = oneOf('group', [NONE_WORD, ...GROUPINGS]);
  return {
    ...words,
    read(value: unknown) {
      const word = words.read(value);
      return word === NONE_WORD ? undefined : word;
    },
    write: (group: FileSettings['group']): string => group ?? NONE_WORD,
  };
}
