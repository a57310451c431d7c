// Snapshots as CSV: a header of column ids, then one line a process and snapshot, quoted as RFC 4180 says.

import type { Column } from '../model/columns/column.ts';
import type { Row } from '../model/rows/row.ts';
import { escapeUnprintable } from '../text/clean.ts';
import type { Report } from './printout.ts';
import { round } from './round.ts';
import { isoTime } from './time.ts';

/** The header line: `time`, then the ids of the columns. */
export function formatCsvHeader(columns: readonly Column[]): string {
  return `${['time', ...columns.map((column) => column.id)].join(',')}\n`;
}

/**
 * The lines of one snapshot, each ended by a line feed alone, as Unix tools expect. Numbers are raw: bytes,
 * milliseconds, bytes a second for growth. What is not known is an empty field.
 *
 * Texts are carried as they were read, control, format and bidi characters written \uXXXX, so that a record is
 * always one line. A text that a spreadsheet would take for a formula (it begins with = + - or @) gets an
 * apostrophe before it: a process may call itself `=HYPERLINK(…)`.
 */
export function formatCsv(report: Report, columns: readonly Column[]): string {
  const time = isoTime(report.snapshot.time) ?? '';
  return report.rows
    .map((row) => `${[time, ...columns.map((column) => field(column, row, report))].join(',')}\n`)
    .join('');
}

function field(column: Column, row: Row, { moment }: Report): string {
  if (column.raw !== undefined) return quote(guard(escapeUnprintable(column.raw(row) ?? '')));
  const value = column.value(row, moment);
  return typeof value === 'number' ? String(round(value, 2)) : quote(value ?? '');
}

function guard(text: string): string {
  return /^[=+\-@]/.test(text) ? `'${text}` : text;
}

function quote(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
