// The parts of README and docs that are made from the tables.
import { KEYS, keyTitle } from '../../src/app/keys.ts';
import { COLUMNS } from '../../src/model/columns.ts';
import { settingRows } from './settings.ts';

const PARTS: Readonly<Record<string, () => string>> = {
  keys: () =>
    table(
      ['', 'key', 'does'],
      KEYS.map(({ keys, group, help }) => [group, keys.map(code).join(' '), help]),
    ),
  columns: () =>
    table(
      ['id', 'title', 'meaning'],
      COLUMNS.map(({ id, title, meaning }) => [`\`${id}\``, title, meaning]),
    ),
  settings: () => table(['name', 'meaning', 'value', 'unless said', 'beaten by', 'saved by S'], settingRows()),
};

/** A document with these generated parts of it made anew. */
export function withGeneratedParts(document: string, names: readonly string[]): string {
  return names.reduce((text, name) => {
    const [begin, end] = [`<!-- ${name}:begin -->`, `<!-- ${name}:end -->`];
    const [before, rest = ''] = text.split(begin);
    const [, after] = rest.split(end);
    if (after === undefined) throw new Error(`The document has no part "${name}"`);
    return `${before}${begin}\n${PARTS[name]?.()}\n${end}${after}`;
  }, document);
}

function code(key: string): string {
  return `\`${keyTitle(key)}\``;
}

function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(titles), line(titles.map(() => '---')), ...rows.map(line)].join('\n');
}
