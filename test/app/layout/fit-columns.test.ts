import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ColumnsInput, columnAt, fitColumns, MARK_WIDTH } from '../../../src/app/layout/fit-columns.ts';
import { COLUMNS } from '../../../src/model/columns/columns.ts';

/** The columns of a list in a terminal of N cells, the default set unless others are chosen. */
const fitted = (terminalWidth: number, given: Partial<ColumnsInput> = {}) =>
  fitColumns({
    chosen: undefined,
    terminalWidth,
    withAgents: false,
    arrangement: 'list',
    sorted: undefined,
    ...given,
  });

const idsAt = (width: number) => fitted(width).map(({ column }) => column.id);

describe('fitting columns', () => {
  const commandAt = (width: number, withAgents: boolean, arrangement: 'list' | 'tree' = 'list') =>
    fitted(width, { withAgents, arrangement }).find(({ column }) => column.id === 'command')?.width;

  it('the default set fits into 80 columns without the peak', () => {
    expect(idsAt(80)).toEqual(['pid', 'user', 'rss', 'growth', 'trend', 'cpu', 'age', 'command']);
    expect(idsAt(100)).toContain('peak');
  });

  it.each([
    ['list', false],
    ['list', true],
    ['tree', false],
    ['tree', true],
  ] as const)('from 80 columns on the command has 24 cells or more (%s, agents %s)', (arrangement, withAgents) => {
    for (let width = 80; width <= 250; width += 1)
      expect(commandAt(width, withAgents, arrangement), `${width}`).toBeGreaterThanOrEqual(24);
  });

  it('the trend starts narrow, and is wide where the command has enough', () => {
    const trendAt = (width: number) => fitted(width).find(({ column }) => column.id === 'trend')?.width;
    expect([60, 80, 120, 160, 200].map(trendAt)).toEqual([8, 10, 15, 20, 30]);
  });

  it('a wide one shows more', () => {
    expect(idsAt(160)).toContain('swap');
    expect(idsAt(160)).toContain('threads');
  });

  it('a narrow one keeps PID, RSS, trend and command', () => {
    expect(idsAt(40)).toEqual(['pid', 'rss', 'trend', 'command']);
    expect(idsAt(20)).toEqual(['pid', 'rss', 'command']);
  });

  it('the columns never take more than the terminal has, and one always remains', () => {
    const ids = fc.subarray(
      COLUMNS.map((column) => column.id),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(ids, fc.integer({ min: 8, max: 400 }), (chosen, width) => {
        const columns = fitted(width, { chosen, withAgents: true });
        const taken = columns.reduce((sum, column) => sum + column.width + 1, MARK_WIDTH - 1);
        expect(columns.length).toBeGreaterThan(0);
        if (columns.length > 1) expect(taken).toBeLessThanOrEqual(width);
      }),
    );
  });

  it('every subset in every order, from 20 to 200 columns: what stays is in order and what goes mattered less', () => {
    const all = COLUMNS.map((column) => column.id);
    const chosen = fc.shuffledSubarray(all, { minLength: 1 });
    fc.assert(
      fc.property(chosen, fc.integer({ min: 20, max: 200 }), fc.boolean(), (ids, width, withAgents) => {
        const kept: readonly string[] = fitted(width, { chosen: ids, withAgents }).map(({ column }) => column.id);
        expect(kept).toEqual(ids.filter((id) => kept.includes(id)));
        const priority = (id: string) => COLUMNS.find((column) => column.id === id)?.priority ?? 0;
        const gone = ids.filter((id) => !kept.includes(id)).map(priority);
        expect(Math.max(0, ...gone)).toBeLessThan(Math.min(...kept.map(priority)));
      }),
    );
  });

  it('a wider terminal never shows fewer of them, but where trend and heap take more for themselves', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(
          COLUMNS.map((column) => column.id),
          { minLength: 1 },
        ),
        (ids) => {
          const steady = ids.filter((id) => id !== 'trend' && id !== 'heap');
          if (steady.length === 0) return;
          let before = 0;
          // From 30 on the command is never narrower than nine cells.
          for (let width = 30; width <= 200; width += 1) {
            const { length } = fitted(width, { chosen: steady, withAgents: true });
            expect(length).toBeGreaterThanOrEqual(before);
            before = length;
          }
        },
      ),
    );
  });

  it('what is at a cell is what is drawn there', () => {
    const columns = fitted(80);
    const line =
      ' '.repeat(MARK_WIDTH) +
      columns.map(({ column, width }) => column.id.padEnd(width, column.id.slice(-1)).slice(0, width)).join(' ');
    for (const { column } of columns) {
      const start = line.indexOf(column.id.slice(0, 4));
      expect(columnAt(columns, start)?.id).toBe(column.id);
    }
    expect(columnAt(columns, 0)?.id).toBe('pid');
    expect(columnAt(columns, line.length)).toBeUndefined();
  });
});
