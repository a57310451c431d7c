// Which columns a terminal has room for, and how wide each becomes.
import type { Column } from '../model/column.ts';
import { type ColumnId, columnOf, DEFAULT_COLUMNS, WIDE_COLUMNS } from '../model/columns.ts';
import { columnsIn, type TableShape } from '../model/table-shape.ts';

export interface FittedColumn {
  readonly column: Column;
  readonly width: number;
}

/** Cells before the first column: the mark of the selected row. */
export const MARK_WIDTH = 2;
/** A terminal of so many columns is wide: more columns, longer trends. */
const WIDE = 140;
/** From so many columns on the heap's share of its limit always has room. */
const ROOMY = 100;
const SHORT_HEAP = 7;
/** Fewer cells of command than this are worth giving up another column. */
const USEFUL_COMMAND = 10;
/** The lines of the tree stand before the command and want so many cells more. */
const BRANCHES = 10;

/**
 * The columns shown on a terminal so wide: those asked for, or the default set, in which the columns that agents fill
 * stand only where there is one, with what the shape adds and lacks; the least important give way.
 */
export function fitColumns(
  chosen: readonly ColumnId[] | undefined,
  terminalWidth: number,
  withAgents: boolean,
  shape: TableShape = 'list',
): FittedColumn[] {
  let columns = columnsInForce(chosen, terminalWidth, withAgents, shape)
    .map(columnOf)
    .filter((one) => one !== undefined);
  const branches = shape === 'tree' && terminalWidth >= 60 ? BRANCHES : 0;
  while (columns.length > 1 && needed(columns, terminalWidth) + branches > terminalWidth)
    columns = withoutLeast(columns);
  const room = terminalWidth - needed(columns, terminalWidth);
  return columns.map((column) => ({
    column,
    width: widthOf(column, terminalWidth) + (column.id === 'command' ? Math.max(0, room) : 0),
  }));
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

/** The columns asked for, or the default set of a terminal so wide, before any gives way. */
export function columnsInForce(
  chosen: readonly ColumnId[] | undefined,
  terminalWidth: number,
  withAgents: boolean,
  shape: TableShape,
): readonly ColumnId[] {
  if (chosen !== undefined) return chosen;
  const ids = terminalWidth >= WIDE ? WIDE_COLUMNS : DEFAULT_COLUMNS;
  const filled = withAgents ? ids : ids.filter((id) => columnOf(id)?.agents === undefined);
  return columnsIn(shape, filled);
}

function widthOf(column: Column, terminalWidth: number): number {
  if (column.id === 'trend') return terminalWidth >= WIDE ? 30 : terminalWidth >= 70 ? 15 : 8;
  if (column.id === 'command') return terminalWidth >= 30 ? USEFUL_COMMAND : 1;
  if (column.id === 'heap') return terminalWidth >= ROOMY ? column.width : SHORT_HEAP;
  return column.width;
}

function needed(columns: readonly Column[], terminalWidth: number): number {
  return columns.reduce((sum, column) => sum + widthOf(column, terminalWidth) + 1, MARK_WIDTH - 1);
}

function withoutLeast(columns: readonly Column[]): Column[] {
  const least = Math.min(...columns.map((column) => column.priority));
  return columns.filter((column) => column.priority !== least);
}
