import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layoutOf } from '../../src/app/layout.ts';

describe('sharing out the lines', () => {
  it('uses every line of the terminal and none more, from 1×1 to 400×120', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 400 }),
        fc.integer({ min: 1, max: 120 }),
        fc.nat(40),
        (columns, lines, wanted) => {
          const { headerLines, hasTitles, body, pane, hasStatus } = layoutOf(columns, lines, wanted);
          expect(headerLines + Number(hasTitles) + body + pane + Number(hasStatus)).toBe(lines);
          expect(body + pane).toBeGreaterThan(0);
          if (wanted === 0) expect(body).toBeGreaterThan(0);
        },
      ),
    );
  });

  it('a pane takes lines from the table while a few remain, and its place where they would not', () => {
    expect(layoutOf(80, 24, 12)).toMatchObject({ body: 6, pane: 12, hasTitles: true });
    expect(layoutOf(80, 24, 40)).toMatchObject({ body: 3, pane: 15 });
    expect(layoutOf(40, 10, 12)).toMatchObject({ body: 0, pane: 7, hasTitles: false });
  });

  it('at 20×5 there are still memory, titles, two processes and keys', () => {
    expect(layoutOf(20, 5)).toMatchObject({ headerLines: 1, hasTitles: true, body: 2, hasStatus: true });
  });
});
