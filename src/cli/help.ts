// What follows the flags in the help: the columns, the samplers, the commands. Generated from their tables.
import { COLUMNS } from '../model/columns/columns.ts';

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
    const [first = '', ...rest] = wrap(meaning, WIDTH - indent);
    return [`  ${name.padEnd(indent - 2)}${first}`, ...rest.map((line) => ' '.repeat(indent) + line)];
  });
  return `\n${title}:\n${lines.join('\n')}\n`;
}

/** Lines of whole words, none wider than the given number of cells unless a word is. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
