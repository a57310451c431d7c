import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CellStyle, Column } from '../../../src/model/columns/column.ts';
import { DEFAULT_COLUMNS, WIDE_COLUMNS } from '../../../src/model/columns/column-sets.ts';
import { COLUMNS, columnOf, titleOf } from '../../../src/model/columns/columns.ts';
import { Timeline } from '../../../src/model/history/timeline.ts';
import { isOwnNumber } from '../../../src/model/snapshot/measure.ts';
import { ASCII, BLOCKS } from '../../../src/text/sparkline.ts';
import { cellWidth } from '../../../src/text/width.ts';
import { FORBIDDEN, HOSTILE, rowsOf, START } from '../../helpers/reports.ts';

const MOMENT = { time: START, timeline: new Timeline() };
const STYLE: CellStyle = { sparklines: ASCII, width: 15, wholeCommands: true, still: '.' };
const column = (id: string) => columnOf(id) as Column;

describe('the table of columns', () => {
  it('has each id once, in small letters, and a meaning for each', () => {
    const ids = COLUMNS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { id, meaning } of COLUMNS) {
      expect(id).toMatch(/^[a-z]+$/);
      expect(meaning).not.toBe('');
    }
  });

  it('has a column for each measure that a sampler can take, and knows which are fields of their own', () => {
    const all = ['oomScore', 'peak', 'swap', 'pss', 'cgroup'] as const;
    const columns: readonly Column[] = COLUMNS;
    expect(columns.map(({ measure }) => measure)).toEqual(expect.arrayContaining([...all]));
    expect(all.filter(isOwnNumber)).toEqual(['oomScore']);
  });

  it('has a title that fits its width, and one in ASCII', () => {
    for (const each of COLUMNS) {
      expect(cellWidth(each.title), each.id).toBeLessThanOrEqual(each.width);
      expect(titleOf(each, true), each.id).toMatch(/^[\x20-\x7e]+$/);
    }
  });

  it('has every column that is shown by default', () => {
    for (const id of [...DEFAULT_COLUMNS, ...WIDE_COLUMNS]) expect(columnOf(id)?.id).toBe(id);
    expect(columnOf('nothing')).toBeUndefined();
    expect(columnOf('toString')).toBeUndefined();
  });
});

describe('the column of the growth pattern', () => {
  it('is found by the id it had before', () => {
    expect(columnOf('shape')).toBe(column('pattern'));
  });
});

describe('a cell', () => {
  it('is empty when its value is not known', () => {
    const [row] = rowsOf({ pid: 1 });
    for (const id of ['virtual', 'threads', 'peak', 'swap', 'cpu', 'growth']) {
      expect(column(id).value(row as never, MOMENT), id).toBeUndefined();
      expect(column(id).text(row as never, MOMENT, STYLE), id).toBe('');
    }
  });

  it('is zero when zero was measured', () => {
    const [row] = rowsOf({ pid: 1, rss: 0, swap: 0 });
    expect(column('rss').text(row as never, MOMENT, STYLE)).toBe('0');
    expect(column('swap').text(row as never, MOMENT, STYLE)).toBe('0');
  });

  it('has nothing in it that acts on a terminal, and gives texts as they were read to formats that escape', () => {
    for (const text of HOSTILE) {
      const [row] = rowsOf({ pid: 1, name: text, command: text, user: text });
      for (const each of COLUMNS) expect(each.text(row as never, MOMENT, STYLE)).not.toMatch(FORBIDDEN);
      for (const id of ['name', 'command', 'user']) expect(column(id).raw?.(row as never)).toBe(text);
    }
  });

  it('shows a command whole or without the folder of its program', () => {
    const [row] = rowsOf({ pid: 1, command: '/usr/bin/node /srv/a.js' });
    expect(column('command').text(row as never, MOMENT, STYLE)).toBe('/usr/bin/node /srv/a.js');
    expect(column('command').text(row as never, MOMENT, { ...STYLE, wholeCommands: false })).toBe('node a.js');
  });

  it('shows the name in brackets when the command is missing', () => {
    const [row] = rowsOf({ pid: 2, name: 'kthreadd', command: '' });
    expect(column('command').text(row as never, MOMENT, STYLE)).toBe('[kthreadd]');
  });

  it("shows RSS as a part of the machine's memory, and nothing where that is not known", () => {
    const [row] = rowsOf({ pid: 1, rss: 250 });
    expect(column('mem').text(row as never, { ...MOMENT, memoryTotal: 1000 }, STYLE)).toBe('25.0');
    expect(column('mem').value(row as never, MOMENT)).toBeUndefined();
  });

  it('adds RSS and swap, once swap is known', () => {
    const [known, unknown] = rowsOf({ pid: 1, rss: 3 * 2 ** 20, swap: 2 ** 20 }, { pid: 2 });
    expect(column('total').text(known as never, MOMENT, STYLE)).toBe('4.00M');
    expect(column('total').value(unknown as never, MOMENT)).toBeUndefined();
  });

  it.each([
    [0, '0:00.00'],
    [62_345, '1:02.34'],
    [59 * 60_000 + 59_999, '59:59.99'],
    [3_723_000, '1h02:03'],
    [86_399_999, '23h59:59'],
    [12 * 86_400_000 + 3 * 3_600_000, '12d03h'],
    [5000 * 86_400_000, '5000d'],
  ])('shows %i ms of CPU time as %s', (cpuTime, text) => {
    const [row] = rowsOf({ pid: 1, cpuTime });
    expect(column('time').text(row as never, MOMENT, STYLE)).toBe(text);
    expect(text.length).toBeLessThanOrEqual(column('time').width);
  });

  it('shows nice value, OOM score and major faults as they were read', () => {
    const [row] = rowsOf({ pid: 1, nice: -5, oomScore: 699 });
    const faulting = { ...(row as object), majorFaultsPerSecond: 12.34 };
    expect(column('nice').text(row as never, MOMENT, STYLE)).toBe('-5');
    expect(column('oom').text(row as never, MOMENT, STYLE)).toBe('699');
    expect(column('faults').text(faulting as never, MOMENT, STYLE)).toBe('12.3');
  });

  it('never has a negative age, though clocks are set back', () => {
    const [row, soon] = rowsOf({ pid: 1, startedAt: START + 5000 }, { pid: 2, startedAt: START + 500 });
    expect(column('age').value(row as never, MOMENT)).toBeUndefined();
    expect(column('age').value(soon as never, MOMENT)).toBe(0);
  });
});

it('whatever numbers there are, every cell of numbers fits its column: shortened with its unit, never cut', () => {
  const number = fc.oneof(
    fc.maxSafeNat(),
    fc.nat({ max: 200_000 }),
    fc.constantFrom(12_345, 0, 999_999, Number.MAX_SAFE_INTEGER),
  );
  const numbers: readonly Column[] = COLUMNS.filter(({ align }) => align === 'right');
  const cells = fc.record({
    rss: number,
    threads: number,
    cpuTime: number,
    virtual: number,
    peak: number,
    swap: number,
    majorFaults: number,
    oomScore: number,
  });
  fc.assert(
    fc.property(cells, number, number, (some, cpuPercent, age) => {
      const [plain] = rowsOf({ pid: 4_194_304, ppid: 4_194_304, startedAt: START - age, ...some });
      const gc = { perMinute: cpuPercent, fraction: 1 };
      const total = { count: some.threads, rss: some.rss };
      const row = { ...plain, cpuPercent, gc, tree: { hasChildren: true, total } } as never;
      for (const column of numbers) {
        const style = { sparklines: BLOCKS, width: column.width, wholeCommands: false, still: '·' };
        expect(column.text(row, MOMENT, style).length, column.id).toBeLessThanOrEqual(column.width);
      }
    }),
  );
});

it('12,345 threads are 12k and 12,980% are 13k, not 1234 and 1298', () => {
  const [plain] = rowsOf({ pid: 1, threads: 12_345 });
  const row = { ...plain, cpuPercent: 12_980 } as never;
  const style = { sparklines: BLOCKS, width: 4, wholeCommands: false, still: '·' };
  expect([column('threads').text(row, MOMENT, style), column('cpu').text(row, MOMENT, style)]).toEqual(['12k', '13k']);
});
