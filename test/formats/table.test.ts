import { describe, expect, it } from 'vitest';
import { formatTable } from '../../src/formats/table.ts';
import type { Column } from '../../src/model/columns/column.ts';
import { columnOf } from '../../src/model/columns/columns.ts';
import { cellWidth } from '../../src/text/width.ts';
import { FORBIDDEN, HOSTILE, processOf, reportOf } from '../helpers/reports.ts';

const columns = (...ids: string[]) => ids.map((id) => columnOf(id) as Column);
const UTF8 = { ascii: false };

describe('the table', () => {
  it('prints memory and swap, then the rows under their titles', () => {
    const report = reportOf([
      processOf({ pid: 9122, user: 'ubuntu', rss: 245 * 2 ** 20, command: 'python3 my_script.py' }),
      processOf({ pid: 1, user: 'root', rss: 12_345, command: '/sbin/init' }),
    ]);
    expect(formatTable(report, columns('pid', 'user', 'rss', 'age', 'command'), UTF8)).toBe(
      [
        'Mem  281M available of 1.95G, 86% used (tight)',
        'Swp  392M free of 512M, 23% used',
        '',
        ' PID USER     RSS AGE COMMAND',
        '9122 ubuntu  245M  1m python3 my_script.py',
        '   1 root   12.1K  1m /sbin/init',
        '',
      ].join('\n'),
    );
  });

  it('says that there is no swap, and what is unknown', () => {
    expect(formatTable(reportOf([], { system: { total: 2 ** 30, swapTotal: 0 } }), columns('pid'), UTF8)).toBe(
      'Mem  1.00G, usage unknown\nSwap: none configured\n\nPID\n',
    );
    expect(formatTable(reportOf([], { system: {} }), columns('pid'), UTF8)).toBe(
      'Mem  machine memory unknown\n\nPID\n',
    );
  });

  it('says what could not be read below the rows', () => {
    const gaps = [
      { what: 'pss', why: 'denied', count: 12 },
      { what: 'status', why: 'malformed', count: 1 },
      { what: 'cmdline', why: 'gone', count: 2 },
      { what: 'meminfo', why: 'gone', count: 1 },
      { what: 'process list', why: 'denied', count: 1 },
    ] as const;
    expect(
      formatTable(reportOf([processOf({ pid: 1 })], { gaps }), columns('pid'), UTF8)
        .split('\n')
        .slice(3),
    ).toEqual([
      'PID',
      '  1',
      '',
      'pss: permission denied for 12 processes',
      'status: malformed for 1 process',
      'cmdline: not read for 2 processes that exited meanwhile',
      'meminfo: not there',
      'process list: permission denied, processes of other users are hidden',
      '',
    ]);
  });

  it('does not cut a long command without a terminal, and cuts every line at a terminal’s width', () => {
    const command = 'x'.repeat(5000);
    const report = reportOf([processOf({ pid: 1, command })]);
    expect(formatTable(report, columns('pid', 'command'), UTF8)).toContain(`  1 ${command}\n`);
    const lines = formatTable(report, columns('pid', 'command'), { ascii: false, width: 30 }).split('\n');
    expect(Math.max(...lines.map(cellWidth))).toBe(30);
  });

  it('is in ASCII where the terminal shows nothing else', () => {
    const report = reportOf([processOf({ pid: 1 })]);
    expect(formatTable(report, columns('pid', 'growth', 'trend'), { ascii: true })).toMatch(/^[\x20-\x7e\n]*$/);
  });

  it('lets no name move the cursor or shift a column', () => {
    const processes = HOSTILE.map((name, index) => processOf({ pid: index + 1, name, command: 'end', user: name }));
    const lines = formatTable(reportOf(processes), columns('name', 'user', 'pid', 'command'), UTF8)
      .split('\n')
      .slice(3, -1);
    expect(lines).toHaveLength(HOSTILE.length + 1);
    const ends = lines.map((line) => cellWidth(line.replace(/(COMMAND|end)$/, '')));
    expect(new Set(ends).size).toBe(1);
    for (const line of lines) expect(line).not.toMatch(FORBIDDEN);
  });

  it('puts the last column, when it is a number, under its title too', () => {
    const report = reportOf([processOf({ pid: 1, rss: 2 ** 30 })]);
    expect(formatTable(report, columns('name', 'rss'), UTF8).split('\n').slice(3)).toEqual([
      'NAME    RSS',
      'sleep 1.00G',
      '',
    ]);
  });
});
