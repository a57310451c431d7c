// One row of the table as one padded string.
import { type Collects, marksOf, runningOf } from '../app/collects.ts';
import { type FittedColumn, MARK_WIDTH } from '../app/fit-columns.ts';
import { isTagged, type Tags } from '../app/tags.ts';
import type { CellStyle, Moment } from '../model/column.ts';
import { formatAge } from '../model/format.ts';
import { leadColumnOf, leadOf } from '../model/lead.ts';
import { isStale } from '../model/share-cells.ts';
import type { Scale } from '../model/sparkline.ts';
import type { Row } from '../model/tracker.ts';
import { samplesIn } from '../model/trend-line.ts';
import { cellWidth, cut, fitLeft, fitRight } from '../model/width.ts';
import type { Role, Theme } from './theme.ts';

/** What all rows of one frame are drawn with. */
export interface Look {
  readonly width: number;
  readonly moment: Moment;
  readonly theme: Theme;
  readonly trendScale: Scale | undefined;
  readonly collects: Collects;
  /** True when a pane is open as well, and the arrows move the table. */
  readonly isFocused: boolean;
  readonly tags: Tags;
}

/** The same, with the columns and how the cells of each are drawn: made once a frame, not once a cell. */
export interface RowContext extends Look {
  readonly columns: readonly (FittedColumn & { readonly style: CellStyle })[];
  readonly columnIds: readonly string[];
  /** The column that tree and groups are drawn in. */
  readonly leadColumn: string | undefined;
}

/** Growth of more than a megabyte a minute is worth a colour. */
const NOTABLE_GROWTH = 1_048_576 / 60;

/** Adds the columns. */
export function withColumns(look: Look, columns: readonly FittedColumn[]): RowContext {
  const { theme, trendScale, collects } = look;
  const style = {
    sparklines: theme.sparklines,
    wholeCommands: false,
    still: theme.signs.still,
    ...(collects.marks.length === 0 ? {} : { marks: ({ process }: Row) => marksOf(collects, process) }),
    ...(trendScale === undefined ? {} : { trendScale }),
  };
  const columnIds = columns.map(({ column }) => column.id);
  return {
    ...look,
    columnIds,
    leadColumn: leadColumnOf(columnIds),
    columns: columns.map(({ column, width }) => ({ column, width, style: { ...style, width } })),
  };
}

/** The row in exactly `width` cells; selected and tagged ones marked by a sign, and by colour where there is any. */
export function rowLine(row: Row, isSelected: boolean, context: RowContext): string {
  const { theme, columns } = context;
  const isMarked = isTagged(context.tags, row.process.who);
  const isContext = row.tree?.isContext === true;
  const mark = (isSelected ? theme.signs.selected : ' ') + (isMarked ? theme.signs.tagged : ' ');
  const cells = columns.map((fitted) => {
    const text = cellText(row, fitted, context);
    const usual = isMarked ? 'tagged' : isContext ? 'quiet' : undefined;
    const role = isSelected ? undefined : ((isContext ? undefined : roleOf(row, fitted, context)) ?? usual);
    return role === undefined ? text : theme.paint(role, text);
  });
  const line = mark.padEnd(MARK_WIDTH) + cells.join(' ');
  if (!isSelected) return isMarked ? theme.paint('tagged', mark) + line.slice(mark.length) : line;
  return theme.paint('selected', fitLeft(line, context.width));
}

/** The titles above the rows, with the direction at the column that is sorted by. */
export function titleLine(sortedId: string, descending: boolean, context: RowContext): string {
  const { theme, columns, moment } = context;
  const titles = columns.map(({ column, width }) => {
    const span =
      column.id === 'trend' ? ` ${formatAge(moment.timeline.covered(samplesIn(width, theme.sparklines)))}` : '';
    const arrow = column.id !== sortedId ? '' : descending ? theme.signs.descending : theme.signs.ascending;
    const title = cut(theme.plain(column.title), width - cellWidth(arrow)) + arrow;
    const whole = cellWidth(title) + span.length <= width ? title + span : title;
    return column.align === 'right' ? fitRight(whole, width) : fitLeft(whole, width);
  });
  const mark = (context.isFocused ? theme.signs.focus : '').padEnd(MARK_WIDTH);
  return theme.paint('title', cut(mark + titles.join(' '), context.width).trimEnd());
}

function cellText(row: Row, { column, width, style }: RowContext['columns'][number], context: RowContext): string {
  const { theme, moment, columnIds } = context;
  const lead =
    column.id === context.leadColumn && (row.tree ?? row.group) !== undefined
      ? leadOf(row, { branches: theme.signs.branches, room: Math.floor(width / 2), columns: columnIds })
      : '';
  const text = lead + (column.id === 'command' ? noteOf(row, context) : '') + column.text(row, moment, style);
  if (column.align === 'right') return fitRight(text, width);
  return cellWidth(text) <= width ? fitLeft(text, width) : fitLeft(cut(text, width - 1) + theme.signs.cut, width);
}

/** What stands before the command: that the process is being collected in, or that it can be. */
function noteOf({ process, group, tree }: Row, { collects, theme, moment }: RowContext): string {
  if (group !== undefined || tree?.members !== undefined) return '';
  const running = collects.running.length === 0 ? undefined : runningOf(collects, process);
  const mark = process.heap === undefined ? '' : `${theme.signs.agent} `;
  if (running === undefined) return mark;
  const doing = running.what === 'collect' ? 'collecting' : 'attaching';
  return `${mark}${doing} ${formatAge(Math.max(0, moment.time - running.since))}  `;
}

function roleOf(row: Row, { column }: FittedColumn, { moment }: RowContext): Role | undefined {
  if (column.id === 'heap') return row.process.heap?.busySince === undefined ? undefined : 'warn';
  if (column.measure === 'pss') return isStale(row.process, moment) ? 'quiet' : undefined;
  if (column.id !== 'growth') return undefined;
  const growth = row.rss.growth(moment.timeline) ?? 0;
  return growth >= NOTABLE_GROWTH ? 'warn' : undefined;
}
