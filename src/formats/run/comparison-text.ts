// A comparison of commands as a table, with a sentence on which is lighter.
import type { ComparedCommand, Lightest, RunComparison } from '../../model/run/comparison.ts';
import { clean } from '../../text/clean.ts';
import { formatPause, formatSize } from '../../text/format.ts';
import { counted } from '../../text/plural.ts';
import { cut, fitRight } from '../../text/width.ts';
import { formatElapsed } from './run-text.ts';

interface ComparisonColumn {
  readonly title: string;
  /** Undefined where it is not known. */
  cell(command: ComparedCommand, index: number): string | undefined;
}

const COLUMNS: readonly ComparisonColumn[] = [
  { title: '', cell: (_, index) => String(index + 1) },
  { title: 'PEAK', cell: ({ peak }) => sizeOf(peak) },
  { title: 'RESTING', cell: ({ resting }) => sizeOf(resting) },
  { title: 'TIME', cell: ({ elapsed }) => formatElapsed(elapsed) },
  { title: 'GC PAUSES', cell: ({ pause }) => (pause === undefined ? undefined : formatPause(pause)) },
  { title: 'LAST GC', cell: ({ verdict }) => verdict },
  { title: 'EXIT', cell: ({ exitCode }) => String(exitCode) },
];

/** The whole text, with line feeds; columns of which nothing is known are left out. */
export function formatComparison(
  { commands, byPeak, byResting }: RunComparison,
  width = Number.POSITIVE_INFINITY,
): string {
  const columns = COLUMNS.filter(({ cell }) => commands.some((command, index) => cell(command, index) !== undefined));
  const rows = commands.map((command, index) => columns.map(({ cell }) => cell(command, index) ?? '-'));
  const widths = columns.map(({ title }, column) =>
    Math.max(...[title, ...rows.map((row) => row[column] ?? '')].map(lengthOf)),
  );
  const line = (cells: readonly string[], last: string) =>
    cut(`${cells.map((cell, column) => fitRight(cell, widths[column] ?? 0)).join('  ')}  ${last}`, width);
  const lines = [
    line(
      columns.map(({ title }) => title),
      'COMMAND',
    ),
    ...rows.map((row, index) => line(row, clean(commands[index]?.line ?? ''))),
    '',
    `Medians of ${counted(Math.max(...commands.map(({ runs }) => runs)), 'run')} of each, all processes of a command together.`,
    ...(commands.length > 1 ? [sentence('Lighter at the peak', byPeak), sentence('Lighter at rest', byResting)] : []),
  ];
  return lines.map((each) => `${each}\n`).join('');
}

function sentence(what: string, lightest: Lightest | undefined): string {
  if (lightest === undefined) return `${what}: no difference.`;
  const { number, size, heaviest, less } = lightest;
  return `${what}: command ${number} with ${formatSize(size)}, ${Math.round(less * 100)}% less than command ${heaviest}.`;
}

function sizeOf(bytes: number | undefined): string | undefined {
  return bytes === undefined ? undefined : formatSize(bytes);
}

function lengthOf(text: string): number {
  return text.length;
}
