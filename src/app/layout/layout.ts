// Where everything on the screen is: its areas, the columns of the table, and the window of an open list.
import type { Arrangement } from '../../model/arrangement/layout.ts';
import type { ColumnId } from '../../model/columns/columns.ts';
import { type Areas, areasOf, type Wants } from './areas.ts';
import { type ColumnsInput, type FittedColumn, fitColumns, isSameFit } from './fit-columns.ts';
import { type ListWindow, type OpenList, windowAt } from './list-window.ts';

export interface Layout extends Areas {
  /** The columns that the table has space for, and how wide each is. */
  readonly columns: readonly FittedColumn[];
  /** What they were fitted to. */
  readonly fit: ColumnsInput;
  /** The window of the list that is open; undefined when none is. */
  readonly list: ListWindow | undefined;
}

/** The input of a layout. */
export interface LayoutInput {
  /** Cells of the terminal. */
  readonly columns: number;
  readonly lines: number;
  /** What the open pane requests, or the list below the table. */
  readonly wants: Wants | undefined;
  /** The part of columns or lines that the pane was given by moving its border, between 0 and 1. */
  readonly fraction: number | undefined;
  /** Columns chosen by name; undefined for the default set. */
  readonly chosenColumns: readonly ColumnId[] | undefined;
  /** Whether a timeline is wanted below the header. */
  readonly hasTimeline: boolean;
  /** Whether a process of the table has an agent. */
  readonly hasAgents: boolean;
  readonly arrangement: Arrangement;
  /** The sort column that the user chose. */
  readonly sorted: ColumnId | undefined;
  /** The open list, and whether it is below the table or replaces it. */
  readonly list: (OpenList & { readonly isBelow: boolean }) | undefined;
}

/** The layout of a terminal of any size, from 1×1 upwards. The columns of the one before are kept while they fit. */
export function layoutOf(input: LayoutInput, before?: Layout): Layout {
  const areas = areasOf(input.columns, input.lines, input.wants, {
    fraction: input.fraction,
    isTimed: input.hasTimeline,
  });
  const { chosenColumns: chosen, hasAgents: withAgents, arrangement, sorted } = input;
  const fit = { chosen, terminalWidth: areas.tableWidth, withAgents, arrangement, sorted };
  const isKept = before !== undefined && isSameFit(before.fit, fit);
  return { ...areas, columns: isKept ? before.columns : fitColumns(fit), fit, list: listIn(areas, input.list) };
}

function listIn({ headerLines, content, pane }: Areas, list: LayoutInput['list']): ListWindow | undefined {
  if (list === undefined) return undefined;
  if (!list.isBelow) return windowAt(headerLines, content, list);
  return pane === undefined ? undefined : windowAt(pane.top, pane.height, list);
}
