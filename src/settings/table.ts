// The table of settings. One entry is a key of the settings file, its default, its type, its line in the documents and its part
// of the schema.

import { UserError } from '../errors/user-error.ts';
import { THEMES, THRESHOLDS } from '../model/appearance/appearance.ts';
import { SORTED_FIRST } from '../model/columns/column-sets.ts';
import { COLUMNS } from '../model/columns/columns.ts';
import { GROUPINGS, type Grouping } from '../model/rows/row.ts';
import { GRAPHS } from '../text/sparkline.ts';
import { columns, interval, NONE_WORD, oneOf, thresholds, yesOrNo } from './kinds.ts';
import { type Setting, setting, type Toml } from './setting.ts';
import { readSort } from './values.ts';

export const SCALES = ['own', 'shared'] as const;

const ids = COLUMNS.map(({ id }) => id);

const TABLE = {
  /** Milliseconds between two samples. */
  interval: setting({ meaning: 'refresh interval', usual: 2000, isSaved: true, ...interval('interval') }),
  sort: setting({
    meaning: 'sort column, and the direction if not the default',
    usual: { column: SORTED_FIRST, descending: true },
    takes: 'a column id such as `"rss"`, or `"rss:asc"`, `"age:desc"`',
    schema: { type: 'string', pattern: `^(${ids.join('|')})(:(asc|desc))?$` },
    isSaved: true,
    read(value) {
      if (typeof value === 'string') return readSort(value);
      throw new UserError("'sort' must be a string.", 'Write it in quotes: sort = "rss".');
    },
    write(order) {
      const isUsual = readSort(order.column).descending === order.descending;
      return isUsual ? order.column : `${order.column}:${order.descending ? 'desc' : 'asc'}`;
    },
  }),
  /** Columns chosen by name; undefined for the default set. */
  columns: setting({ meaning: 'columns of the table', usual: undefined, isSaved: true, ...columns('columns', ids) }),
  /** The filter as it was typed, not yet parsed; empty for all processes. */
  filter: setting({
    meaning: 'initial filter, as typed after `/`',
    usual: '',
    takes: 'a text',
    schema: { type: 'string' },
    read(value) {
      if (typeof value === 'string') return value.trim();
      throw new UserError("'filter' must be a string.", 'Write it in quotes: filter = "node".');
    },
    write: (filter) => filter,
  }),
  tree: setting({ meaning: 'process tree', usual: false, isSaved: true, ...yesOrNo('tree') }),
  group: setting({
    meaning: 'group processes by name, user or cgroup',
    usual: undefined,
    isSaved: true,
    ...grouping(),
  }),
  kernel: setting({ meaning: 'show kernel threads', usual: false, isSaved: true, ...yesOrNo('kernel') }),
  /** A scale for each trend, which shows shapes, or one for all, which shows sizes. */
  scale: setting({
    meaning: 'one scale per trend, or one for all',
    usual: 'own',
    isSaved: true,
    ...oneOf('scale', SCALES),
  }),
  theme: setting({ meaning: 'colours', usual: 'default', isSaved: true, ...oneOf('theme', THEMES) }),
  graph: setting({ meaning: 'how charts are drawn', usual: 'blocks', isSaved: true, ...oneOf('graph', GRAPHS) }),
  thresholds: setting({
    meaning: 'percentages of memory in use from which it counts as fine, tight and short',
    usual: THRESHOLDS,
    isSaved: true,
    ...thresholds('thresholds', THRESHOLDS),
  }),
  ascii: setting({
    meaning: 'ASCII only, even in a UTF-8 locale',
    usual: false,
    environment: 'LC_ALL, LC_CTYPE, LANG',
    ...yesOrNo('ascii'),
  }),
  color: setting({ meaning: 'use colours', usual: true, environment: 'NO_COLOR', ...yesOrNo('color') }),
  mouse: setting({ meaning: 'use the mouse', usual: true, ...yesOrNo('mouse') }),
  /** Nothing that acts on a process. */
  readonly: setting({ meaning: 'disable kill, collect and attach', usual: false, ...yesOrNo('readonly') }),
};

/** The settings of a file. Each field is one key of the file, under the same name. */
export type FileSettings = { readonly [Name in keyof typeof TABLE]: ReturnType<(typeof TABLE)[Name]['read']> };

/** An entry as one of all: its value is of the type that its name has in `FileSettings`. */
export interface NamedSetting extends Omit<Setting<unknown>, 'write'> {
  readonly name: keyof FileSettings;
  /** Its value among those of a file, as written there. */
  tomlOf(settings: FileSettings): Toml;
}

/** All settings, in the order of the documents. */
export const SETTINGS: readonly NamedSetting[] = (Object.keys(TABLE) as (keyof FileSettings)[]).map(named);

/** The defaults. The type of TABLE makes sure that no setting is missing. */
export const DEFAULTS = Object.fromEntries(SETTINGS.map(({ name, usual }) => [name, usual])) as unknown as FileSettings;

/** The setting of this name. */
export function settingOf(name: string): NamedSetting | undefined {
  return SETTINGS.find((each) => each.name === name);
}

function named<Name extends keyof FileSettings>(name: Name): NamedSetting {
  const entries: { readonly [Each in keyof FileSettings]: Setting<FileSettings[Each]> } = TABLE;
  const entry = entries[name];
  return { ...entry, name, tomlOf: (settings) => entry.write(settings[name]) };
}

function grouping() {
  const words = oneOf('group', [NONE_WORD, ...GROUPINGS]);
  return {
    ...words,
    read(value: unknown) {
      const word = words.read(value);
      return word === NONE_WORD ? undefined : word;
    },
    write: (group: Grouping | undefined): string => group ?? NONE_WORD,
  };
}
