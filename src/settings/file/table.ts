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
    meaning: 'refresh interval',
    flag: 'interval',
    isSaved: true,
    ...interval('interval'),
  },
  sort: {
    meaning: 'sort column, and the direction if not the default',
    takes: 'a column id such as `"rss"`, or `"rss:asc"`, `"age:desc"`',
    schema: { type: 'string', pattern: `^(${ids.join('|')})(:(asc|desc))?$` },
    flag: 'sort',
    isSaved: true,
    read(value) {
      if (typeof value === 'string') return readSort(value);
      throw new UserError("'sort' must be a string.", 'Write it in quotes: sort = "rss".');
    },
    write(order) {
      const isUsual = readSort(order.column).descending === order.descending;
      return isUsual ? order.column : `${order.column}:${order.descending ? 'desc' : 'asc'}`;
    },
  },
  columns: { meaning: 'columns of the table', flag: 'columns', isSaved: true, ...columns('columns', ids) },
  filter: {
    meaning: 'initial filter, as typed after `/`',
    takes: 'a text',
    schema: { type: 'string' },
    flag: 'filter',
    read(value) {
      if (typeof value === 'string') return value.trim();
      throw new UserError("'filter' must be a string.", 'Write it in quotes: filter = "node".');
    },
    write: (filter) => filter,
  },
  tree: { meaning: 'process tree', isSaved: true, ...yesOrNo('tree') },
  group: { meaning: 'group processes by name, user or cgroup', isSaved: true, ...grouping() },
  kernel: { meaning: 'show kernel threads', isSaved: true, ...yesOrNo('kernel') },
  scale: {
    meaning: 'one scale per trend, or one for all',
    isSaved: true,
    ...oneOf('scale', SCALES),
  },
  theme: { meaning: 'colours', flag: 'theme', isSaved: true, ...oneOf('theme', THEMES) },
  graph: { meaning: 'how charts are drawn', flag: 'graph', isSaved: true, ...oneOf('graph', GRAPHS) },
  thresholds: {
    meaning: 'percentages of memory in use from which it counts as fine, tight and short',
    isSaved: true,
    ...thresholds('thresholds', THRESHOLDS),
  },
  ascii: {
    meaning: 'ASCII only, even in a UTF-8 locale',
    flag: 'ascii',
    environment: 'LC_ALL, LC_CTYPE, LANG',
    ...yesOrNo('ascii'),
  },
  color: { meaning: 'use colours', flag: 'color', environment: 'NO_COLOR', ...yesOrNo('color') },
  mouse: { meaning: 'use the mouse', flag: 'mouse', ...yesOrNo('mouse') },
  readonly: { meaning: 'disable kill, collect and attach', flag: 'readonly', ...yesOrNo('readonly') },
};

/** All settings, in the order of the documents. */
export const SETTINGS: readonly Setting[] = Object.entries(TABLE).map(
  // Each entry reads and writes the field of its own name by the type of TABLE, which Object.entries gives up.
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
