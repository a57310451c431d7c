import { describe, expect, it } from 'vitest';
import { DEFAULT_COLUMNS } from '../../../src/model/columns/column-sets.ts';
import { COLUMNS } from '../../../src/model/columns/columns.ts';
import { withSorted } from '../../../src/model/columns/sorted-column.ts';

describe('the columns with the one that rows are sorted by', () => {
  it('are the same where it is among them', () => {
    expect(withSorted(DEFAULT_COLUMNS, 'rss')).toBe(DEFAULT_COLUMNS);
  });

  it('have every other one once, before the columns that follow it in the table of columns', () => {
    for (const { id } of COLUMNS) expect(withSorted(DEFAULT_COLUMNS, id).filter((each) => each === id)).toHaveLength(1);
    expect(withSorted(['pid', 'command'], 'swap')).toEqual(['pid', 'swap', 'command']);
    expect(withSorted(['command', 'pid'], 'swap')).toEqual(['swap', 'command', 'pid']);
    expect(withSorted(['rss', 'age'], 'command')).toEqual(['rss', 'age', 'command']);
  });
});
