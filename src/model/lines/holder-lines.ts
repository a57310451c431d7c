// What holds a leak, as printed lines.

import { formatPause, formatSize } from '../../text/format.ts';
import { cellWidth, cut } from '../../text/width.ts';
import { type LinesStyle, paragraph } from '../collection/report.ts';
import { type CallSite, clearContainer, clearLine, type GrowingContainer, type Holders } from './holders.ts';

/** Callers shown under a line. */
const CALLERS = 2;

/** The lines, without newlines. `name` is cleaned already. */
export function holderLines(holders: Holders, name: string, style: LinesStyle): string[] {
  const { pid, seconds, pauseMs, containers, lines, notes } = holders;
  const stopped = pauseMs === undefined ? '' : `, paused for ${formatPause(pauseMs)}`;
  const { explanation, next } = explainHolders(holders);
  return [
    cutTo(`lines  ${name} (${pid})  watched for ${seconds} s${stopped}`, style),
    ...(containers === undefined ? [] : containerLines(containers, style)),
    ...(lines === undefined ? [] : siteLines(holders, lines, style)),
    ...notes.flatMap((note) => paragraph(`Note: ${note}`, style)),
    ...paragraph(explanation, style),
    ...paragraph(`Next: ${next}`, style),
  ];
}

/** The conclusion in one sentence, and what to do about it. */
export function explainHolders(holders: Holders): { readonly explanation: string; readonly next: string } {
  const container = clearContainer(holders);
  const line = clearLine(holders);
  const { seconds } = holders;
  const grows =
    container === undefined
      ? undefined
      : `${container.name} (${container.type}) gained ${count(container.grown)} entries in ${seconds} s and has ${count(container.entries)}.`;
  const allocates =
    line === undefined
      ? undefined
      : `${percentOfAll(line, holders)} of what stayed was allocated ${placeOf(line, holders)}.`;
  if (grows !== undefined || allocates !== undefined) {
    return {
      explanation: `HELD: ${[grows, allocates].filter((sentence) => sentence !== undefined).join(' ')}`,
      next: 'Check where entries are added and whether they are removed. A cache that is still filling grows too: compare with its limit.',
    };
  }
  const isQuiet = (holders.containers?.length ?? 0) === 0 && (holders.lines?.[0]?.bytes ?? 0) < 1024 * 1024;
  if (isQuiet) {
    return {
      explanation: `QUIET: Nothing grew noticeably in ${seconds} s.`,
      next: 'Watch for longer, under the load that makes the program grow: --lines 120s.',
    };
  }
  return {
    explanation: 'UNCLEAR: No container or line stands out; the largest ones are only candidates.',
    next: 'Watch for longer (--lines 120s), or compare two heap snapshots (collect --heap-snapshot DIR).',
  };
}

function containerLines(containers: readonly GrowingContainer[], style: LinesStyle): string[] {
  if (containers.length === 0) return ['  No container gained entries'];
  const rows = containers.map((container) => [
    `+${count(container.grown)}`,
    count(container.entries),
    container.type,
    container.name === '' ? '(no name found)' : container.name,
  ]);
  return ['  Containers that grow', ...aligned([['gained', 'entries', 'type', 'name'], ...rows], 2, style)];
}

function siteLines(holders: Holders, lines: readonly CallSite[], style: LinesStyle): string[] {
  const title = holders.runtime === 'node' ? 'Functions that allocate what stays' : 'Lines that allocate what stays';
  if (lines.length === 0) return [`  ${title}: none`];
  const marks = aligned(
    [
      ['bytes', 'share', 'where'],
      ...lines.map((line) => [formatSize(line.bytes), percentOfAll(line, holders), whereOf(line)]),
    ],
    2,
    style,
  );
  const callers = (lines[0]?.stack ?? [])
    .filter((frame) => !frame.includes('(node:'))
    .slice(0, CALLERS)
    .map((frame) => cutTo(`      from ${frame}`, style));
  return [`  ${title}`, ...marks.slice(0, 2), ...callers, ...marks.slice(2)];
}

/** Columns next to one another; all but the last `left` are numbers, right-aligned. */
function aligned(rows: readonly (readonly string[])[], numbers: number, style: LinesStyle): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => cellWidth(row[column] ?? ''))));
  return rows.map((row) => {
    const cells = row.map((cell, column) => {
      const blanks = ' '.repeat((widths[column] ?? 0) - cellWidth(cell));
      if (column < numbers) return `${blanks}${cell}`;
      return column === row.length - 1 ? cell : `${cell}${blanks}`;
    });
    return cutTo(`    ${cells.join('  ')}`, style);
  });
}

function whereOf(line: CallSite): string {
  const name = line.function === '' ? '(anonymous)' : line.function;
  return `${name} ${shortFile(line.file)}:${line.line}`;
}

function placeOf(line: CallSite, { runtime }: Holders): string {
  const place = `${shortFile(line.file)}:${line.line}`;
  if (line.function === '') return `at ${place}`;
  return runtime === 'node' ? `by ${line.function} (${place})` : `at ${place} in ${line.function}`;
}

/** The last two parts of a path. */
function shortFile(file: string): string {
  return file.split('/').slice(-2).join('/');
}

function percentOfAll({ bytes }: CallSite, { bytes: all, lines = [] }: Holders): string {
  const sum = all ?? lines.reduce((total, line) => total + line.bytes, 0);
  return `${Math.round((100 * bytes) / Math.max(1, sum))}%`;
}

function count(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',');
}

function cutTo(line: string, { width }: LinesStyle): string {
  return width === undefined ? line : cut(line, width);
}
