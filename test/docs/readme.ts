// The parts of README that are made from the tables.
import { KEYS, keyTitle } from '../../src/app/keys.ts';
import { COLUMNS } from '../../src/model/columns.ts';

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
};

/** README with its generated parts made anew. */
export function withGeneratedParts(readme: string): string {
  return Object.entries(PARTS).reduce((text, [name, make]) => {
    const [begin, end] = [`<!-- ${name}:begin -->`, `<!-- ${name}:end -->`];
    const [before, rest = ''] = text.split(begin);
    const [, after] = rest.split(end);
    if (after === undefined) throw new Error(`README has no part "${name}"`);
    return `${before}${begin}\n${make()}\n${end}${after}`;
  }, readme);
}

function code(key: string): string {
  return `\`${keyTitle(key)}\``;
}

function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(titles), line(titles.map(() => '---')), ...rows.map(line)].join('\n');
}
