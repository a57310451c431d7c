import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinQueries, joinWords } from '../../../src/model/query/join.ts';
import { filterOf } from '../../helpers/queries.ts';
import { rowsOf } from '../../helpers/reports.ts';

describe('several filters', () => {
  it('are one that wants all of them', () => {
    expect(joinQueries(['', ' '])).toBe('');
    expect(joinQueries(['a', 'b c'])).toBe('a b c');
    expect(joinQueries(['a or b', 'c'])).toBe('(a or b) c');
    expect(joinQueries(['a or b', ''])).toBe('a or b');
  });

  it('match together what each of them matches', () => {
    const condition = fc.constantFrom('a', 'b', 'not c', 'd', 'rss>5', '(a or c)');
    const query = fc
      .array(fc.tuple(condition, fc.constantFrom(' ', ' or ', ' and ')), { maxLength: 4 })
      .map((each) => each.map(([part, between], index) => (index === 0 ? '' : between) + part).join(''));
    fc.assert(
      fc.property(query, query, fc.subarray(['a', 'b', 'c', 'd']), (one, other, present) => {
        const [row] = rowsOf({ pid: 1, name: 'x', command: `x ${present.join(' ')}` });
        const alone = [one, other].every((text) => filterOf(text)?.(row!) ?? true);
        expect(filterOf(joinQueries([one, other]))?.(row!) ?? true).toBe(alone);
      }),
    );
  });

  it('are returned unchanged when they are not valid by themselves', () => {
    expect(joinQueries(['rss>', 'node'])).toBe('rss>');
    expect(joinQueries(['node', 'a)'])).toBe('a)');
  });
});

describe('the words of a command line', () => {
  it('are conditions side by side, with operators between them', () => {
    expect(joinWords([])).toBe('');
    expect(joinWords(['node', 'rss>5m'])).toBe('node rss>5m');
    expect(joinWords(['node', 'or', 'python'])).toBe('node or python');
    expect(joinWords(['(', 'a', 'or', 'b', ')', 'c'])).toBe('( a or b ) c');
  });

  it('keep a choice in quotes together', () => {
    expect(joinWords(['a or b', 'c'])).toBe('(a or b) c');
    expect(joinWords(['a or b'])).toBe('a or b');
  });
});
