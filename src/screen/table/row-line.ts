// One row of the table as one padded string.

import { type FittedColumn, MARK_WIDTH } from '../../app/layout/fit-columns.ts';
import { type Collects, marksOf, runningOf } from '../../app/state/collects.ts';
import type { RowDisplay } from '../../app/state/row-display.ts';
import { isTagged, type Tags } from '../../app/state/tags.ts';
import { leadColumnOf, leadOf } from '../../model/arrangement/row-prefix.ts';
import type { CellStyle, Column, Moment } from '../../model/columns/column.ts';
import { isStale } from '../../model/columns/pss-cells.ts';
import { spanShown } from '../../model/columns/trend-cell.ts';
import { type Consequence, consequenceOf } from '../../model/rows/consequence.ts';
import { drawnPart } from '../../model/rows/label.ts';
import type { Row } from '../../model/rows/row.ts';
import { existing } from '../../numbers/existing.ts';
import { formatAge, formatSteadyAge } from '../../text/format.ts';
import type { Scale } from '../../text/sparkline.ts';
import { behind, cellWidth, cut, fitLeft, fitRight } from '../../text/width.ts';
import type { Theme } from '../theme/theme.ts';
import type { Role } from '../theme/themes.ts';

/** What is running in a process, as its row shows it. */
const DOING = { collect: 'collecting', attach: 'attaching', lines: 'watching' } as const;

/** The settings for drawing all rows of a frame. */
export interface RowStyle {
  readonly width: number;
  readonly moment: Moment;
  readonly theme: Theme;
  readonly trendScale: Scale | undefined;
  readonly collects: Collects;
  /** True when a pane is open as well, and the arrows move the table. */
  readonly isFocused: boolean;
  readonly tags: Tags;
  readonly display: RowDisplay;
  /** The row that grows fastest of all, where that is worth a colour. */
  readonly fastest: Row | undefined;
}

/** The same, with the columns and how the cells of each are drawn: made once a frame, not once a cell. */
export interface RowContext extends RowStyle {
  readonly columns: readonly (FittedColumn & { readonly style: CellStyle })[];
  readonly shown: readonly Column[];
  /** The column that tree and groups are drawn in. */
  readonly leadColumn: Column | undefined;
}

/** Adds the columns. */
export function withColumns(rowStyle: RowStyle, columns: readonly FittedColumn[]): RowContext {
  const { theme, trendScale, collects } = rowStyle;
  const style = {
    sparklines: theme.sparklines,
    wholeCommands: rowStyle.display.isPathShown,
    inPercent: rowStyle.display.isPercent,
    still: theme.signs.still,
    ...(collects.marks.length === 0 ? {} : { marks: ({ process }: Row) => marksOf(collects, process) }),
    ...(trendScale === undefined ? {} : { trendScale }),
  };
  const shown = columns.map(({ column }) => column);
  return {
    ...rowStyle,
    shown,
    leadColumn: leadColumnOf(shown),
    columns: columns.map(({ column, width }) => ({ column, width, style: { ...style, width } })),
  };
}

/** The row, marked by a sign and by colour where it is selected or tagged; a selected one fills the width. */
export function rowLine(row: Row, isSelected: boolean, context: RowContext): string {
  const { theme, columns, width } = context;
  const isMarked = isTagged(context.tags, row.process.who);
  const usual: Role | undefined = isMarked ? 'tagged' : row.tree?.isContext === true ? 'quiet' : undefined;
  const mark = (isSelected ? theme.signs.selected : ' ') + (isMarked ? theme.signs.tagged : ' ');
  const growth = consequenceOf(row, context.moment.timeline, context.fastest);
  const parts: Part[] = [{ text: mark.padEnd(MARK_WIDTH), role: isMarked ? 'tagged' : undefined }];
  for (const [index, fitted] of columns.entries()) {
    if (index > 0) parts.push({ text: ' ', role: undefined });
    const role = roleOf(row, fitted, growth, context);
    parts.push({ text: cellText(row, fitted, context), role: role === 'quiet' ? (usual ?? role) : (role ?? usual) });
  }
  if (!isSelected) return paintedParts(parts, theme);
  const used = parts.reduce((sum, { text }) => sum + cellWidth(text), 0);
  parts.push({ text: ' '.repeat(Math.max(0, width - used)), role: undefined });
  return paintedParts(parts.map(onBar), theme);
}

/** A piece of a row and how it is painted. */
interface Part {
  readonly text: string;
  readonly role: Role | undefined;
}

/** The selected row has one colour; only what is alarming differs. */
function onBar({ text, role }: Part): Part {
  return { text, role: role === 'bad' ? 'selectedBad' : role === 'warn' ? 'selectedWarn' : 'selected' };
}

/** The pieces one behind the other, those of one role painted together. */
function paintedParts(parts: readonly Part[], theme: Theme): string {
  let line = '';
  for (let at = 0; at < parts.length; ) {
    const { role } = existing(parts[at]);
    let text = '';
    while (at < parts.length && parts[at]?.role === role) text += parts[at++]?.text ?? '';
    line += role === undefined ? text : theme.paint(role, text);
  }
  return line;
}

/** The titles above the rows; that of the column that is sorted by stands out, and has the direction. */
export function titleLine(sortedId: string, descending: boolean, context: RowContext): string {
  const { theme, columns, width } = context;
  const mark = (context.isFocused ? theme.signs.focus : '').padEnd(MARK_WIDTH);
  const parts: Part[] = [{ text: mark, role: 'title' }];
  for (const [index, { column, width: cells }] of columns.entries()) {
    const isSorted = column.id === sortedId;
    const arrow = !isSorted ? '' : descending ? theme.signs.descending : theme.signs.ascending;
    const title = cut(theme.plain(titleOf(column, context)), cells - cellWidth(arrow)) + arrow;
    const more = moreOf(column, cells, context);
    const whole = cellWidth(title) + more.length <= cells ? title + more : title;
    const isLast = index === columns.length - 1;
    const text = column.align === 'right' ? fitRight(whole, cells) : isLast ? cut(whole, cells) : fitLeft(whole, cells);
    if (index > 0) parts.push({ text: ' ', role: 'title' });
    parts.push({ text, role: isSorted ? 'sorted' : 'title' });
  }
  return paintedParts(fitParts(parts, width), theme);
}

/** The title, with `%` where its sizes are percentages. */
function titleOf({ title, hasPercent }: Column, { display, moment }: RowContext): string {
  return hasPercent && display.isPercent && moment.memoryTotal !== undefined ? `${title}%` : title;
}

/** Additional text of a title where it fits: the span of the trend, how far the commands are scrolled. */
function moreOf({ isTrend, flex }: Column, cells: number, { moment, theme, display }: RowContext): string {
  if (isTrend) return ` ${formatSteadyAge(spanShown(cells, moment.timeline, theme.sparklines))}`;
  return flex && display.pan > 0 ? ` +${display.pan}` : '';
}

/** The pieces cut where they would be wider than the line. */
function fitParts(parts: readonly Part[], width: number): Part[] {
  let rest = width;
  return parts.map(({ text, role }) => {
    const shown = cut(text, rest);
    rest -= cellWidth(shown);
    return { text: shown, role };
  });
}

function cellText(row: Row, { column, width, style }: RowContext['columns'][number], context: RowContext): string {
  const { theme, moment, shown } = context;
  const lead =
    column === context.leadColumn && (row.tree ?? row.group) !== undefined
      ? leadOf(row, { branches: theme.signs.branches, width: Math.floor(width / 2), columns: shown })
      : '';
  const own = drawnPart(column.text(row, moment, style));
  const text = lead + (column.flex ? noteOf(row, context) + pannedText(own, context) : own);
  if (column.align === 'right') return fitRight(text, width);
  return cellWidth(text) <= width ? fitLeft(text, width) : fitLeft(cut(text, width - 1) + theme.signs.cut, width);
}

/** A command from where the list was moved to; the sign of a cut stands for what is left of it. */
function pannedText(command: string, { display: { pan }, theme }: RowContext): string {
  return pan === 0 ? command : cellWidth(command) <= pan ? '' : theme.signs.cut + behind(command, pan + 1);
}

/** The sign before the command: a collect is running in the process, or is possible. */
function noteOf({ process, group, tree }: Row, { collects, theme, moment }: RowContext): string {
  if (group !== undefined || tree?.members !== undefined) return '';
  const running = collects.running.length === 0 ? undefined : runningOf(collects, process);
  const mark = process.heap === undefined ? '' : `${theme.signs.agent} `;
  if (running === undefined) return mark;
  const doing = DOING[running.what];
  return `${mark}${doing} ${formatAge(Math.max(0, moment.time - running.since))}  `;
}

const GROWTH_ROLES: Readonly<Record<Consequence, Role>> = { none: 'quiet', notable: 'warn', alarming: 'bad' };

/** Growth and its curve are quiet unless they matter: what draws the eye is the row that grows. */
function roleOf(row: Row, { column }: FittedColumn, growth: Consequence, { moment }: RowContext): Role | undefined {
  if (column.tone === 'growth') return GROWTH_ROLES[growth];
  if (column.tone === 'agent') return row.process.heap?.busySince === undefined ? undefined : 'warn';
  if (column.measure === 'pss') return isStale(row.process, moment) ? 'quiet' : undefined;
  return undefined;
}
