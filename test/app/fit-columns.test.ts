import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitColumns, MARK_WIDTH } from '../../src/app/fit-columns.ts';
import { COLUMNS } from '../../src/model/columns.ts';

const idsAt = (width: number) => fitColumns(undefined, width, false).map(({ column }) => column.id);

describe('fitting columns', () => {
  it('a terminal of 80 columns has room for the default set', () => {
    expect(idsAt(80)).toEqual(['pid', 'user', 'rss', 'growth', 'trend', 'peak', 'cpu', 'age', 'command']);
  });

  it('a wide one shows more', () => {
    expect(idsAt(160)).toContain('swap');
    expect(idsAt(160)).toContain('threads');
  });

  it('a narrow one keeps who, how much and since when', () => {
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
        const fitted = fitColumns(chosen, width, true);
        const taken = fitted.reduce((sum, column) => sum + column.width + 1, MARK_WIDTH - 1);
        expect(fitted.length).toBeGreaterThan(0);
        if (fitted.length > 1) expect(taken).toBeLessThanOrEqual(width);
      }),
    );
  });
});
