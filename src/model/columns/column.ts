// What a column is, and the kinds of columns there are.

import { formatCount, formatPercent, formatSize } from '../../text/format.ts';
import type { Scale, SparklineSet } from '../../text/sparkline.ts';
import type { KnownAfter } from '../history/known.ts';
import type { Timeline } from '../history/timeline.ts';
import type { Row } from '../rows/row.ts';
import type { Measure } from '../snapshot/measure.ts';
import type { Process } from '../snapshot/snapshot.ts';

/** What a column may need besides its row. */
export interface Moment {
  /** Milliseconds since the epoch, of the snapshot. */
  readonly time: number;
  /** Milliseconds since boot, where the snapshot has them. */
  readonly uptime?: number | undefined;
  readonly timeline: Timeline;
  /** The machine's memory in bytes; absent when unknown. */
  readonly memoryTotal?: number | undefined;
}

/** How to draw cells. */
export interface CellStyle {
  readonly sparklines: SparklineSet;
  /** One scale for all trends, or undefined for a scale per row. */
  readonly trendScale?: Scale;
  /** Cells to fill; for columns that adapt to their width. */
  readonly width: number;
  /** Commands with the folder of their program, uncut. */
  readonly wholeCommands: boolean;
  /** Sizes in percent of the machine's memory. */
  readonly inPercent?: boolean;
  /** The text for growth of zero. */
  readonly still: string;
  /** Monotonic milliseconds of events of a row, such as a collect: marked on its trend. */
  readonly marks?: (row: Row) => readonly number[];
}

/** The unit of a column's value, or `text`: filters parse values by it. */
export type Kind = 'bytes' | 'bytes-a-second' | 'milliseconds' | 'percent' | 'number' | 'text';

/**
 * Sets of columns: `narrow` and `wide` are the screen's, `printed` is that of a printed table, `csv` that of CSV,
 * `json` what JSON always carries, and `metrics` what programs that chart numbers get.
 */
export type ColumnSet = 'narrow' | 'wide' | 'printed' | 'csv' | 'json' | 'metrics';

/** A column as a field of JSON. */
export interface JsonField {
  /** Its name, where it differs from the column's id. */
  readonly name?: string;
  /** Decimals of a number; by default 2. */
  readonly decimals?: number;
  /** The value to write, where it differs from the column's own. */
  readonly value?: (row: Row, moment: Moment) => number | object | undefined;
  /** The value is milliseconds since the epoch and is written as a time. */
  readonly isTime?: true;
}

/** A key that sorts by a column. */
export interface SortKey {
  readonly key: string;
  readonly help: string;
  readonly place: number;
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
  /** Cells on the screen, where neither `widths` nor `flex` applies. */
  readonly width: number;
  /** When the terminal narrows, columns with the highest priority stay. */
  readonly priority: number;
  /** Sorts largest first by default. */
  readonly ascendingFirst?: true;
  /** Its values change with time: of a row that stays the same, and of one against another. */
  readonly isOfTime?: true;
  /** Values of several processes add up: a tree is sorted by the sums of its subtrees. */
  readonly adds?: true;
  /** Read for the visible rows (for all when sorted by it or printed). */
  readonly measure?: Measure;
  /** The sampling it needs before its values are known; absent where one sample is enough. */
  readonly knownAfter?: KnownAfter;
  /** Reported by agents, which are queried when such a column is shown. */
  readonly agents?: 'heap' | 'gc';
  /** The default sets it belongs to, and its position in each, lowest first. */
  readonly sets?: Readonly<Partial<Record<ColumnSet, number>>>;
  /** How JSON writes it when `-c` names it or the `json` set has it; absent for the plain value. */
  readonly json?: JsonField;
  /** Cells by the width of the terminal, widest first, where the width varies. */
  readonly widths?: readonly { readonly from: number; readonly cells: number }[];
  /** It takes the rest of the line, and is the column that scrolls sideways. */
  readonly flex?: true;
  /** The tree and group signs are drawn in it; if several are shown, in the one of the highest priority. */
  readonly leads?: true;
  /** It shows the number of processes of a group or subtree. */
  readonly counts?: 'group' | 'tree';
  /** Needs only stat and cmdline. */
  readonly identity?: true;
  /** It identifies the process. */
  readonly isPid?: true;
  /** It has no meaning for several processes: a table of groups leaves it out. */
  readonly isOfOne?: true;
  /** It is the trend: its title shows the time that it covers. */
  readonly isTrend?: true;
  /** What decides its colour: the growth of the row, or whether its agent answers. */
  readonly tone?: 'growth' | 'agent';
  /** Shown in the first lines of the detail pane, and so not repeated among its measures. */
  readonly isInHead?: true;
  /** The default sort column. */
  readonly isSortedFirst?: true;
  /** The key that sorts by it, its line in help, and its position among such keys, lowest first. */
  readonly sortKey?: SortKey;
  /** The column to sort by in place of this one, whose own values are known only once rows are sorted. */
  readonly sortsAs?: string;
  /** What 100% of it is, where a filter may compare it in percent too: `heap>85%`. */
  whole?(row: Row, moment: Moment): number | undefined;
  /** The value for sorting and export; undefined when unknown. */
  value(row: Row, moment: Moment): number | string | undefined;
  /** The text of the cell; empty when unknown. */
  text(row: Row, moment: Moment, style: CellStyle): string;
  /** The text as it was read, uncleaned, for formats that escape; absent for numbers. */
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
      // Where full commands are printed, a cell is as wide as its text.
      return style.wholeCommands || text.length <= style.width ? text : formatCount(known, style.width);
    },
  };
}

/** A column of text, sorted by the text that it shows. */
export function worded(
  text: (row: Row) => string,
  raw: (row: Row) => string | undefined,
): Pick<Column, 'kind' | 'value' | 'text' | 'align' | 'ascendingFirst' | 'raw'> {
  return { kind: 'text', align: 'left', ascendingFirst: true, value: text, text, raw };
}

/** A column of a size in bytes of memory, or of address space. */
export const size = (measure: (process: Process) => number | undefined) => ({
  kind: 'bytes' as const,
  ...numeric((row) => measure(row.process), formatSize),
});
/** A column of an amount of memory: its size, or its percentage of the machine's memory. */
export const partOfMemory = (measure: (process: Process) => number | undefined) => ({
  ...size(measure),
  hasPercent: true as const,
  text({ process }: Row, moment: Moment, style: CellStyle): string {
    const bytes = measure(process);
    return bytes === undefined ? '' : sizeText(bytes, moment, style);
  },
});

/** A size in the unit that the user chose: `97.6M`, or `4.8%` of the machine's memory. */
export function sizeText(bytes: number, { memoryTotal }: Moment, { inPercent }: CellStyle): string {
  if (inPercent !== true || memoryTotal === undefined || memoryTotal <= 0) return formatSize(bytes);
  return `${formatPercent((bytes / memoryTotal) * 100)}%`;
}

/** A column of a whole number. */
export const whole = (measure: (process: Process) => number | undefined) => ({
  kind: 'number' as const,
  ...numeric((row) => measure(row.process), String),
});
