import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCsv, formatCsvHeader } from '../../src/formats/csv.ts';
import type { Column } from '../../src/model/columns/column.ts';
import { COLUMNS, columnOf } from '../../src/model/columns/columns.ts';
import { FORBIDDEN, HOSTILE, processOf, reportOf } from '../helpers/reports.ts';

const columns = (...ids: string[]) => ids.map((id) => columnOf(id) as Column);

/** Fields of one record, by RFC 4180. */
function fields(record: string): string[] {
  const found: string[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",]*)),/y;
  while (field.lastIndex <= record.length) {
    const match = field.exec(`${record},`);
    if (match === null) throw new Error(`no RFC 4180 record: ${record}`);
    found.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
  }
  return found;
}

describe('CSV', () => {
  it('begins with the time and the ids of the columns', () => {
    expect(formatCsvHeader(COLUMNS)).toBe(`time,${COLUMNS.map(({ id }) => id).join(',')}\n`);
  });

  it('has a line a process, with raw numbers and nothing where nothing is known', () => {
    const report = reportOf([processOf({ pid: 7, rss: 123_456, command: 'a b' }), processOf({ pid: 8, peak: 5 })]);
    expect(formatCsv(report, columns('pid', 'rss', 'peak', 'age', 'command'))).toBe(
      '2026-11-22T09:00:00.000Z,7,123456,,60000,a b\n2026-11-22T09:00:00.000Z,8,1048576,5,60000,sleep 60\n',
    );
  });

  it('quotes commas and quotes', () => {
    const report = reportOf([processOf({ pid: 7, command: 'say "a, b"' })]);
    expect(formatCsv(report, columns('command'))).toBe('2026-11-22T09:00:00.000Z,"say ""a, b"""\n');
  });

  it('keeps a spreadsheet from calculating with a name', () => {
    for (const name of ['=1+1', '+1', '-1', '@SUM(1)']) {
      const report = reportOf([processOf({ pid: 7, name })]);
      expect(formatCsv(report, columns('name'))).toBe(`2026-11-22T09:00:00.000Z,'${name}\n`);
    }
  });

  it('writes out what acts on a terminal', () => {
    const report = reportOf([processOf({ pid: 7, name: 'a\u001b[31m\u202e\n\u009b' })]);
    expect(formatCsv(report, columns('name'))).toBe('2026-11-22T09:00:00.000Z,a\\u001b[31m\\u202e\\u000a\\u009b\n');
  });

  it('has one line a process and as many fields as columns, whatever the names are', () => {
    const requested = columns('pid', 'user', 'name', 'command');
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.constantFrom(...HOSTILE));
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 5 }), (names) => {
        const processes = names.map((name, index) => processOf({ pid: index + 1, name, command: name, user: name }));
        const lines = formatCsv(reportOf(processes), requested).split('\n');
        expect(lines.pop()).toBe('');
        expect(lines).toHaveLength(names.length);
        for (const line of lines) {
          expect(line).not.toMatch(FORBIDDEN);
          expect(fields(line)).toHaveLength(requested.length + 1);
        }
      }),
    );
  });
});
