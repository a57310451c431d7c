// Chooses the columns that fit into a terminal, and their widths.

import type { Arrangement } from '../../model/arrangement/layout.ts';
import type { Column } from '../../model/columns/column.ts';
import { columnsIn, DEFAULT_COLUMNS, WIDE_COLUMNS } from '../../model/columns/column-sets.ts';
import { type ColumnId, columnOf } from '../../model/columns/columns.ts';
import { withSorted } from '../../model/columns/sorted-column.ts';

export interface FittedColumn {
  readonly column: Column;
  readonly width: number;
}

/** Cells before the first column: the mark of the selected row. */
export const MARK_WIDTH = 2;
/** A terminal of at least this width is wide: more columns, longer trends. */
const WIDE = 140;
/** Columns are dropped until the command has this part of the line, up to this many cells. */
const COMMAND_PART = 0.3;
const USEFUL_COMMAND = 24;

/** What the columns that are shown follow from. */
export interface ColumnsInput {
  /** Those asked for by name; undefined for the default set. */
  readonly chosen: readonly ColumnId[] | undefined;
  /** Cells of a line of the table. */
  readonly terminalWidth: number;
  readonly withAgents: boolean;
  readonly arrangement: Arrangement;
  /** The column that rows were asked to be sorted by. */
  readonly sorted: ColumnId | undefined;
}

/**
 * The columns shown on a terminal of the given width: the chosen ones, or the default set (with the columns of agents only
 * where there is an agent), adapted to the arrangement, and with the chosen sort column. Where space is short the least
 * important are dropped, the sort column last.
 */
export function fitColumns({ chosen, terminalWidth, withAgents, arrangement, sorted }: ColumnsInput): FittedColumn[] {
  const inForce = columnsInForce(chosen, terminalWidth, withAgents, arrangement);
  const ids = sorted === undefined ? inForce : withSorted(inForce, sorted);
  let columns = ids.map(columnOf).filter((one) => one !== undefined);
  while (columns.length > 1 && needed(columns, terminalWidth) > terminalWidth) columns = withoutLeast(columns, sorted);
  const width = terminalWidth - needed(columns, terminalWidth);
  return columns.map((column) => ({
    column,
    width: widthOf(column, terminalWidth) + (column.flex ? Math.max(0, width) : 0),
  }));
}

/** Whether columns fitted to one are those fitted to the other. */
export function isSameFit(one: ColumnsInput, other: ColumnsInput): boolean {
  return (
    one.chosen === other.chosen &&
    one.terminalWidth === other.terminalWidth &&
    one.withAgents === other.withAgents &&
    one.arrangement === other.arrangement &&
    one.sorted === other.sorted
  );
}

/** The column at a cell of a line of the table; the blank before a column belongs to it. */
export function columnAt(fitted: readonly FittedColumn[], cell: number): Column | undefined {
  let end = MARK_WIDTH;
  for (const { column, width } of fitted) {
    end += width;
    if (cell < end) return column;
    end += 1;
  }
  return undefined;
}

/** The chosen columns, or the default set for the terminal's width, before any is dropped. */
export function columnsInForce(
  chosen: readonly ColumnId[] | undefined,
  terminalWidth: number,
  withAgents: boolean,
  arrangement: Arrangement,
): readonly ColumnId[] {
  if (chosen !== undefined) return chosen;
  const ids = terminalWidth >= WIDE ? WIDE_COLUMNS : DEFAULT_COLUMNS;
  const filled = withAgents ? ids : ids.filter((id) => columnOf(id)?.agents === undefined);
  return columnsIn(arrangement, filled);
}

function widthOf({ flex, width, widths }: Column, terminalWidth: number): number {
  if (flex) return terminalWidth >= 30 ? Math.min(USEFUL_COMMAND, Math.floor(terminalWidth * COMMAND_PART)) : 1;
  return widths?.find(({ from }) => terminalWidth >= from)?.cells ?? width;
}

function needed(columns: readonly Column[], terminalWidth: number): number {
  return columns.reduce((sum, column) => sum + widthOf(column, terminalWidth) + 1, MARK_WIDTH - 1);
}

function withoutLeast(columns: readonly Column[], sorted: ColumnId | undefined): Column[] {
  const least = Math.min(...columns.filter(({ id }) => id !== sorted).map(({ priority }) => priority));
  return columns.filter(({ id, priority }) => id === sorted || priority !== least);
}
