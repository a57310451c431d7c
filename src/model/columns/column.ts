// What a column is, and the kinds of columns there are.

import { formatCount, formatPercent, formatSize } from '../../text/format.ts';
import type { Scale, SparklineSet } from '../../text/sparkline.ts';
import type { KnownAfter } from '../history/known.ts';
import type { Timeline } from '../history/timeline.ts';
import type { Row } from '../rows/row.ts';
import type { Measure } from '../snapshot/measure.ts';
import type { Process } from '../snapshot/snapshot.ts';

/** What a column may need to know in addition to its row. */
export interface Moment {
  /** Milliseconds since the epoch, of the snapshot. */
  readonly time: number;
  /** Milliseconds since boot, where the snapshot has them. */
  readonly uptime?: number | undefined;
  readonly timeline: Timeline;
  /** Bytes of memory that the machine has; absent when not known. */
  readonly memoryTotal?: number | undefined;
}

/** How cells are to be drawn. */
export interface CellStyle {
  readonly sparklines: SparklineSet;
  /** One scale for all trends, or undefined for one a row. */
  readonly trendScale?: Scale;
  /** Cells to fill; for columns that make use of their width. */
  readonly width: number;
  /** Commands with the folder of their program and without a cut. */
  readonly wholeCommands: boolean;
  /** Sizes in percent of the machine's memory. */
  readonly inPercent?: boolean;
  /** What a value that does not move is shown as. */
  readonly still: string;
  /** Monotonic milliseconds of what happened to a row, such as a collect: marked on its trend. */
  readonly marks?: (row: Row) => readonly number[];
}

/** What a column's value is counted in, or that it is a text: a filter reads its values by it. */
export type Kind = 'bytes' | 'bytes-a-second' | 'milliseconds' | 'percent' | 'number' | 'text';

/**
 * Sets of columns: `narrow` and `wide` are the screen's, `printed` is that of a printed table, `csv` that of CSV, and
 * `json` what JSON always carries.
 */
export type ColumnSet = 'narrow' | 'wide' | 'printed' | 'csv' | 'json';

/** A column as a field of JSON. */
export interface JsonField {
  /** Its name, where that is not the id. */
  readonly name?: string;
  /** Decimals of a number; 2 when absent. */
  readonly decimals?: number;
  /** What is carried, where that is not the column's own value. */
  readonly value?: (row: Row, moment: Moment) => number | object | undefined;
  /** The value is milliseconds since the epoch, carried as a time. */
  readonly isTime?: true;
}

export interface Column {
  readonly id: string;
  readonly title: string;
  readonly kind: Kind;
  /** One line for help, README and the column chooser. */
  readonly meaning: string;
  readonly align: 'left' | 'right';
  /** Sizes that can be shown in percent of the machine's memory. */
  readonly hasPercent?: true;
  /** Cells on the screen, where neither `widths` nor `flex` gives others. */
  readonly width: number;
  /** When the terminal narrows, columns with the highest priority stay. */
  readonly priority: number;
  /** Sorts largest first by default. */
  readonly ascendingFirst?: true;
  /** What several processes have together is the sum: a tree is then sorted by the sums of its subtrees. */
  readonly adds?: true;
  /** Read for the visible rows (for all when sorted by it or printed). */
  readonly measure?: Measure;
  /** What it takes until its values are known; absent where one sample is enough. */
  readonly knownAfter?: KnownAfter;
  /** Reported by the agents, which get requests when such a column is shown. */
  readonly agents?: 'heap' | 'gc';
  /** The sets it belongs to, which hold where no columns are asked for, and its place in each: the lowest first. */
  readonly sets?: Readonly<Partial<Record<ColumnSet, number>>>;
  /** How JSON carries it when it is asked for by `-c`, or where it belongs to that set; absent for as it is. */
  readonly json?: JsonField;
  /** Cells by the width of the terminal, the widest first, where they are not always the same. */
  readonly widths?: readonly { readonly from: number; readonly cells: number }[];
  /** It takes what is left of the line, and is what the list is moved sideways in. */
  readonly flex?: true;
  /** The tree and groups are drawn in it; of several that are shown, in the one of the highest priority. */
  readonly leads?: true;
  /** It shows how many processes a group, or a subtree, has. */
  readonly counts?: 'group' | 'tree';
  /** Known from stat and cmdline alone. */
  readonly identity?: true;
  /** Its value is the process. */
  readonly isPid?: true;
  /** It says nothing of several processes together: a table of groups leaves it out. */
  readonly isOfOne?: true;
  /** It is the curve: its title says how long a time it shows. */
  readonly isTrend?: true;
  /** What it is coloured by: the growth of the row, or whether its agent answers. */
  readonly tone?: 'growth' | 'agent';
  /** Shown in the first lines of the detail pane, so not again among its measures. */
  readonly isInHead?: true;
  /** What rows are sorted by where no order is asked for. */
  readonly isSortedFirst?: true;
  /** The column to sort by in its place: its own values are known only once rows are sorted. */
  readonly sortsAs?: string;
  /** What is sorted by and exported; undefined when not known. */
  value(row: Row, moment: Moment): number | string | undefined;
  /** What is shown; empty when not known. */
  text(row: Row, moment: Moment, style: CellStyle): string;
  /** A text as it was read, uncleaned, for formats that carry everything escaped; absent for numbers. */
  raw?(row: Row): string | undefined;
}

type NumberOf = (row: Row, moment: Moment) => number | undefined;

/** A column of numbers: its value as text, shortened with its unit (`12k`) where it does not fit the cell. */
export function numeric(
  value: NumberOf,
  format: (value: number, style: CellStyle) => string,
): Pick<Column, 'value' | 'text' | 'align'> {
  return {
    align: 'right',
    value,
    text(row, moment, style) {
      const known = value(row, moment);
      if (known === undefined) return '';
      const text = format(known, style);
      // Where whole commands are printed a cell is as wide as its text.
      return style.wholeCommands || text.length <= style.width ? text : formatCount(known, style.width);
    },
  };
}

/** A column of words: what is sorted by is what is shown. */
export function worded(
  text: (row: Row) => string,
  raw: (row: Row) => string | undefined,
): Pick<Column, 'kind' | 'value' | 'text' | 'align' | 'ascendingFirst' | 'raw'> {
  return { kind: 'text', align: 'left', ascendingFirst: true, value: text, text, raw };
}

/** A column of a size in bytes, or of address space, which does not count as memory. */
export const size = (measure: (process: Process) => number | undefined) => ({
  kind: 'bytes' as const,
  ...numeric((row) => measure(row.process), formatSize),
});
/** A column of a part of memory: its size, or its percentage of the machine's memory. */
export const partOfMemory = (measure: (process: Process) => number | undefined) => ({
  ...size(measure),
  hasPercent: true as const,
  text({ process }: Row, moment: Moment, style: CellStyle): string {
    const bytes = measure(process);
    return bytes === undefined ? '' : sizeText(bytes, moment, style);
  },
});

/** A size as the person wants to see it: `97.6M`, or `4.8%` of the machine's memory. */
export function sizeText(bytes: number, { memoryTotal }: Moment, { inPercent }: CellStyle): string {
  if (inPercent !== true || memoryTotal === undefined || memoryTotal <= 0) return formatSize(bytes);
  return `${formatPercent((bytes / memoryTotal) * 100)}%`;
}

/** A column of a whole number. */
export const whole = (measure: (process: Process) => number | undefined) => ({
  kind: 'number' as const,
  ...numeric((row) => measure(row.process), String),
});
