// A snapshot as one JSON document on one line: version 1 of a format that other programs rely on.
import type { Column, Moment } from '../model/columns/column.ts';
import { columnsOfSet } from '../model/columns/column-sets.ts';
import { columnOf } from '../model/columns/columns.ts';
import type { Row } from '../model/rows/row.ts';
import { escapeUnprintable } from '../text/clean.ts';
import { eventAsJson } from './event.ts';
import type { Report } from './printout.ts';
import { round } from './round.ts';
import { systemAsJson } from './system-fields.ts';
import { isoTime } from './time.ts';

/**
 * The document and a line feed. Sizes are bytes, `growth` is bytes a second, what is not known is absent.
 * Texts are carried as they were read, but nothing unprintable stands in the line itself: control, format and bidi
 * characters are written \uXXXX, so that it can be printed to a terminal and read back unchanged.
 */
export function formatJson(report: Report): string {
  const { time, host, gaps, events } = report.snapshot;
  const document = {
    version: 1,
    time: isoTime(time),
    host: { name: host.name, platform: host.platform, kernel: host.kernel },
    system: systemAsJson(report),
    processes: report.rows.map((row) => processOf(row, report)),
    events: (events ?? []).map(eventAsJson),
    gaps: gaps.map(({ what, why, count }) => ({ what, why, count })),
  };
  return `${escapeUnprintable(JSON.stringify(document))}\n`;
}

/** The fields of a process in every document. */
const ALWAYS = columnsOfSet('json');

/** The same, with the fields of the columns that were chosen. */
function processOf(row: Row, { moment, wanted = [] }: Report): Readonly<Record<string, unknown>> {
  const added = wanted.map(columnOf).filter((column) => column?.json !== undefined && column.sets?.json === undefined);
  const fields: Record<string, unknown> = {};
  for (const column of [...ALWAYS, ...added]) {
    if (column !== undefined) fields[column.json?.name ?? column.id] = fieldOf(column, row, moment);
  }
  return fields;
}

/** The value of a column as JSON has it; undefined, which JSON leaves out, when it is not known. */
function fieldOf(column: Column, row: Row, moment: Moment): unknown {
  const { json = {} } = column;
  if (json.value === undefined && column.raw !== undefined) return column.raw(row);
  const value = (json.value ?? column.value)(row, moment);
  if (typeof value !== 'number') return value;
  return json.isTime ? isoTime(value) : round(value, json.decimals ?? 2);
}
