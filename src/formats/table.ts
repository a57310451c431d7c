// A snapshot as a table for people without a screen: the header as text, the rows, and what could not be read.

import type { Thresholds } from '../model/appearance/appearance.ts';
import { ASCII_LINES, BOX_LINES } from '../model/arrangement/branch-lines.ts';
import { leadColumnOf, leadOf } from '../model/arrangement/row-prefix.ts';
import { memorySentences } from '../model/cgroup/sentences.ts';
import type { CellStyle, Column } from '../model/columns/column.ts';
import { titleOf } from '../model/columns/columns.ts';
import { gapSentences } from '../model/snapshot/gap-sentences.ts';
import { existing } from '../numbers/existing.ts';
import { type Graph, SPARKLINES } from '../text/sparkline.ts';
import { cellWidth, cut } from '../text/width.ts';
import type { Report } from './printout.ts';

export interface TableStyle {
  /** What charts are drawn with where the terminal shows more than ASCII; blocks by default. */
  readonly graph?: Graph;
  readonly ascii: boolean;
  /** Cells of a terminal, at which lines are cut; undefined for no cut and full commands. */
  readonly width?: number | undefined;
  /** A note on the rows, on a line above them; may be empty. */
  readonly note?: string;
  /** A note on the columns, on a line below the table. */
  readonly remark?: string | undefined;
  /** The fractions in use from which memory is tight, and short. */
  readonly thresholds?: Thresholds;
}

/**
 * The table: the header of the screen as text (memory, the limit in force, swap, pressure, kills, forecast), an empty
 * line, the titles and a line for each row, then what could not be read. Columns are as wide as their widest cell, the
 * last one is not limited.
 */
export function formatTable(report: Report, columns: readonly Column[], style: TableStyle): string {
  const body = columns.map((column) => [titleOf(column, style.ascii), ...cellsOf(column, columns, report, style)]);
  const padded = body.map((cells, index) => pad(cells, existing(columns[index]).align, index === body.length - 1));
  const lines = (padded[0] ?? []).map((_, line) => padded.map((cells) => cells[line]).join(' '));
  const note = style.note ? [style.note] : [];
  const { system, gaps } = report.snapshot;
  const missing = [...gapSentences(gaps), ...(style.remark === undefined ? [] : [style.remark])];
  const footer = missing.length === 0 ? [] : ['', ...missing];
  const all = [
    ...memorySentences(system, style.thresholds),
    ...(report.forecast ?? []),
    ...note,
    '',
    ...lines,
    ...footer,
  ];
  const plain = style.ascii ? all.map((line) => line.replaceAll('–', '-')) : all;
  const shown = style.width === undefined ? plain : plain.map((line) => cut(line, style.width as number));
  return `${shown.join('\n')}\n`;
}

function cellsOf(
  column: Column,
  shown: readonly Column[],
  { rows, moment }: Report,
  { ascii, graph }: TableStyle,
): string[] {
  const style: CellStyle = {
    sparklines: SPARKLINES[ascii ? 'ascii' : (graph ?? 'blocks')],
    width: column.width,
    wholeCommands: true,
    still: ascii ? '.' : '·',
  };
  if (column !== leadColumnOf(shown)) return rows.map((row) => column.text(row, moment, style));
  const lead = { branches: ascii ? ASCII_LINES : BOX_LINES, width: Number.POSITIVE_INFINITY, columns: shown };
  return rows.map((row) => leadOf(row, lead) + column.text(row, moment, style));
}

/** The cells of one column made equally wide; nothing is added behind the last column. */
function pad(cells: readonly string[], align: Column['align'], last: boolean): readonly string[] {
  if (last && align === 'left') return cells;
  const widths = cells.map(cellWidth);
  const widest = widths.reduce((one, other) => Math.max(one, other), 0);
  return cells.map((cell, index) => {
    const padding = ' '.repeat(widest - existing(widths[index]));
    return align === 'right' ? padding + cell : cell + padding;
  });
}
