// A snapshot as a table for people without a screen: memory in words, then the rows.
import { ASCII_LINES, LINES } from '../model/branch.ts';
import type { CellStyle, Column } from '../model/column.ts';
import { titleOf } from '../model/columns.ts';
import { formatPercent, formatSize } from '../model/format.ts';
import { leadColumnOf, leadOf } from '../model/lead.ts';
import type { Graph } from '../model/look.ts';
import { usedMemory } from '../model/memory.ts';
import type { SystemMemory } from '../model/snapshot.ts';
import { SPARKLINES } from '../model/sparkline.ts';
import { cellWidth, cut } from '../model/width.ts';
import type { Report } from './report.ts';

export interface TableStyle {
  /** What charts are drawn with where the terminal shows more than ASCII; blocks unless said otherwise. */
  readonly graph?: Graph;
  readonly ascii: boolean;
  /** Cells of a terminal, at which lines are cut; undefined for none, and every command whole. */
  readonly width?: number | undefined;
  /** What there is to say about the rows, on a line above them; empty for nothing. */
  readonly note?: string;
}

/**
 * The table: a line for memory, a line for swap where there is any, an empty line, the titles and a line for each
 * row. Columns are as wide as their widest cell, the last one as wide as it likes.
 */
export function formatTable(report: Report, columns: readonly Column[], style: TableStyle): string {
  const ids = columns.map(({ id }) => id);
  const body = columns.map((column) => [titleOf(column, style.ascii), ...cellsOf(column, ids, report, style)]);
  const padded = body.map((cells, index) => pad(cells, (columns[index] as Column).align, index === body.length - 1));
  const lines = (padded[0] ?? []).map((_, line) => padded.map((cells) => cells[line]).join(' '));
  const note = style.note ? [style.note] : [];
  const all = [...memoryLines(report.snapshot.system), ...note, '', ...lines];
  const kept = style.width === undefined ? all : all.map((line) => cut(line, style.width as number));
  return `${kept.join('\n')}\n`;
}

function cellsOf(
  column: Column,
  ids: readonly string[],
  { rows, moment }: Report,
  { ascii, graph }: TableStyle,
): string[] {
  const style: CellStyle = {
    sparklines: SPARKLINES[ascii ? 'ascii' : (graph ?? 'blocks')],
    width: column.width,
    wholeCommands: true,
    still: ascii ? '.' : '·',
  };
  if (column.id !== leadColumnOf(ids)) return rows.map((row) => column.text(row, moment, style));
  const lead = { branches: ascii ? ASCII_LINES : LINES, room: Number.POSITIVE_INFINITY, columns: ids };
  return rows.map((row) => leadOf(row, lead) + column.text(row, moment, style));
}

/** The cells of one column made equally wide; nothing is added behind the last column. */
function pad(cells: readonly string[], align: Column['align'], last: boolean): readonly string[] {
  if (last && align === 'left') return cells;
  const widths = cells.map(cellWidth);
  const widest = widths.reduce((one, other) => Math.max(one, other), 0);
  return cells.map((cell, index) => {
    const room = ' '.repeat(widest - (widths[index] as number));
    return align === 'right' ? room + cell : cell + room;
  });
}

function memoryLines(system: SystemMemory): string[] {
  const lines = [`Mem  ${shareInWords(system.available, system.total, 'available', usedMemory(system))}`];
  if (system.swapTotal) {
    const { swapTotal, swapFree } = system;
    const used = swapFree === undefined ? undefined : swapTotal - swapFree;
    lines.push(`Swp  ${shareInWords(swapFree, swapTotal, 'free', used)}`);
  }
  return lines;
}

/** `281M available of 1.95G, 86.0% used`, less whatever is not known. */
function shareInWords(
  left: number | undefined,
  total: number | undefined,
  word: string,
  used: number | undefined,
): string {
  if (total === undefined) return left === undefined ? 'not known' : `${formatSize(left)} ${word}`;
  if (left === undefined || used === undefined || total === 0) return `${formatSize(total)} in all`;
  return `${formatSize(left)} ${word} of ${formatSize(total)}, ${formatPercent((used / total) * 100)}% used`;
}
