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

export interface Column {
  readonly id: string;
  readonly title: string;
  readonly kind: Kind;
  /** One line for help, README and the column chooser. */
  readonly meaning: string;
  readonly align: 'left' | 'right';
  /** Sizes that can be shown in percent of the machine's memory. */
  readonly hasPercent?: true;
  /** Cells on the screen; `trend` and `command` are given theirs by the layout. */
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
  /** Its name in JSON, which carries it when it is asked for by `-c`; absent where JSON always carries it, or never. */
  readonly json?: string;
  /** What is sorted by and exported; undefined when not known. */
  value(row: Row, moment: Moment): number | string | undefined;
  /** What is shown; empty when not known. */
  text(row: Row, moment: Moment, style: CellStyle): string;
  /** A text as it was read, uncleaned, for formats that carry everything escaped; absent for numbers. */
  raw?(row: Row): string;
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
  raw: (row: Row) => string,
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
