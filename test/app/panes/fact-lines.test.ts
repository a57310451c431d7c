import { describe, expect, it } from 'vitest';
import { type Fact, factLines } from '../../../src/app/panes/fact-lines.ts';
import { UNPAINTED } from '../../helpers/paint.ts';

const FACTS: readonly Fact[] = [
  ['used', '20.0M of 26.0M committed, limit 3.73G (0.5% used)'],
  ['outside the heap', '32.0M of 182M RSS (17.6%)'],
  ['c 14:00:58', 'garbage: RSS fell by 12.0M'],
];

describe('the facts of a pane', () => {
  it.each([160, 120, 80, 60, 40, 20])('name each of them in full in %i columns', (width) => {
    const lines = factLines({ heading: 'Heap (node)', facts: FACTS }, { width, height: 50 }, UNPAINTED);
    const text = lines.map((line) => line.trim()).join(' ');
    for (const [name] of FACTS) expect(text).toContain(`${name} `);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
  });

  it('are in one column, further to the right where a name is longer', () => {
    const columnOf = (facts: readonly Fact[]) =>
      factLines({ heading: 'Heap (node)', facts }, { width: 80, height: 50 }, UNPAINTED).map((line) =>
        line.search(/\d+\.\dM|garb/),
      );
    expect(columnOf(FACTS)).toEqual([-1, 19, 19, 19]);
    expect(columnOf(FACTS.slice(0, 1))).toEqual([-1, 18]);
  });
});
