// The parts of README and docs that are generated from tables.

import { keyTitle } from '../../src/app/state/key-title.ts';
import { KEYS } from '../../src/app/state/keys.ts';
import { FLAGS, type Flag } from '../../src/cli/flags.ts';
import { COMMANDS, DEFAULT_COMMAND } from '../../src/commands/table.ts';
import { SYSTEM_FIELDS } from '../../src/formats/system-fields.ts';
import { COLUMNS } from '../../src/model/columns/columns.ts';
import { tableOfRooms } from '../house/rooms.js';
import { settingRows } from './settings.ts';

const PARTS: Readonly<Record<string, () => string>> = {
  commands: () =>
    table(
      ['command', 'does'],
      COMMANDS.map(({ name, words = '', summary }) => [
        `\`memtop${name === DEFAULT_COMMAND ? '' : ` ${name}`}${words === '' ? '' : ` ${words}`}\``,
        summary,
      ]),
    ),
  flags: () =>
    table(
      ['flag', 'meaning', 'of'],
      Object.entries<Flag>(FLAGS).map(([flag, { form, meaning }]) => [
        `\`${form}\``,
        meaning,
        COMMANDS.filter(({ flags }) => (flags as readonly string[]).includes(flag))
          .map(({ name }) => name)
          .join(', '),
      ]),
    ),
  keys: () =>
    table(
      ['', 'key', 'does'],
      KEYS.map(({ shown, keys, ...binding }) => [
        binding.group,
        shown === undefined ? keys.map(code).join(' ') : `\`${shown}\``,
        binding.help,
      ]),
    ),
  columns: () =>
    table(
      ['id', 'title', 'meaning'],
      COLUMNS.map(({ id, title, meaning }) => [`\`${id}\``, title, meaning]),
    ),
  'limit-fields': () => systemTable((name) => /^limit|^pressure$/.test(name)),
  'system-fields': () => systemTable((name) => !/^limit|^pressure$/.test(name)),
  rooms: tableOfRooms,
  settings: () => table(['name', 'meaning', 'value', 'default', 'overridden by', 'saved by S'], settingRows()),
};

/** A document with these generated parts regenerated. */
export function withGeneratedParts(document: string, names: readonly string[]): string {
  return names.reduce((text, name) => {
    const [begin, end] = [`<!-- ${name}:begin -->`, `<!-- ${name}:end -->`];
    const [before, rest = ''] = text.split(begin);
    const [, after] = rest.split(end);
    if (after === undefined) throw new Error(`The document has no part "${name}"`);
    return `${before}${begin}\n${PARTS[name]?.()}\n${end}${after}`;
  }, document);
}

/** The fields of JSON about the machine that the test is true of. */
function systemTable(test: (name: string) => boolean): string {
  const fields = SYSTEM_FIELDS.filter(({ name }) => test(name));
  return table(
    ['JSON', 'is'],
    fields.map(({ name, meaning }) => [`\`system.${name}\``, meaning]),
  );
}

function code(key: string): string {
  return `\`${keyTitle(key)}\``;
}

function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(titles), line(titles.map(() => '---')), ...rows.map(line)].join('\n');
}
