// What follows the flags in the help: the columns, the samplers, the commands. Generated from their tables.

import { COLUMNS } from '../model/columns/columns.ts';
import { wordLines } from '../text/wrap.ts';

/** A table's entry as help shows it. */
export interface Entry {
  readonly name: string;
  readonly meaning: string;
}

const WIDTH = 80;

/** The columns, for the help of a command that takes `-c`. */
export function columnsHelp(): string {
  return section(
    'Columns',
    COLUMNS.map(({ id, meaning }) => ({ name: id, meaning })),
  );
}

/** A titled list in two columns, 80 cells wide. */
export function section(title: string, entries: readonly Entry[]): string {
  const indent = Math.max(...entries.map(({ name }) => name.length)) + 4;
  const lines = entries.flatMap(({ name, meaning }) => {
    const [first = '', ...rest] = wordLines(meaning, WIDTH - indent);
    return [`  ${name.padEnd(indent - 2)}${first}`, ...rest.map((line) => ' '.repeat(indent) + line)];
  });
  return `\n${title}:\n${lines.join('\n')}\n`;
}
