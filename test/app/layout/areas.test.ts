import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Wants } from '../../../src/app/layout/areas.ts';
import { areasOf } from '../../../src/app/layout/areas.ts';

const below = (lines: number): Wants => ({ place: 'below', fraction: 1, lines });
const wide: Wants = { place: 'side', fraction: 0.6, lines: 60 };

const anyWants = fc.option(
  fc.record<Wants>({
    place: fc.constantFrom('side', 'below'),
    fraction: fc.double({ min: 0, max: 1, noNaN: true }),
    lines: fc.nat(80),
  }),
  { nil: undefined },
);
const anyFraction = fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined });

describe('sharing out the cells', () => {
  it('uses every line and column of the terminal and none more, from 1×1 to 400×120', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 400 }),
        fc.integer({ min: 1, max: 120 }),
        anyWants,
        anyFraction,
        fc.boolean(),
        (columns, lines, wants, fraction, isTimed) => {
          const { headerLines, hasTitles, body, pane, hasStatus, content, tableWidth } = areasOf(
            columns,
            lines,
            wants,
            { fraction, isTimed },
          );
          expect(headerLines + content + Number(hasStatus)).toBe(lines);
          const under = pane === undefined || pane.place === 'side' ? 0 : pane.height;
          expect(Number(hasTitles) + body + under).toBe(content);
          expect(tableWidth + (pane?.place === 'side' ? pane.width + 1 : 0)).toBe(columns);
          expect((pane?.top ?? 0) + (pane?.height ?? 0)).toBeLessThanOrEqual(lines);
          expect((pane?.left ?? 0) + (pane?.width ?? 0)).toBeLessThanOrEqual(columns);
          expect(body + under).toBeGreaterThan(0);
          if (wants === undefined) expect(pane).toBeUndefined();
        },
      ),
    );
  });

  it('a pane below takes lines from the table while a few remain, and its place where they would not', () => {
    expect(areasOf(80, 24, below(12))).toMatchObject({ body: 6, pane: { place: 'below', top: 11, height: 12 } });
    expect(areasOf(80, 24, below(40))).toMatchObject({ body: 3, pane: { height: 15 } });
    expect(areasOf(40, 10, below(12))).toMatchObject({ body: 0, pane: { place: 'instead', height: 7 } });
  });

  it('a pane that prefers the side is next to the table on a wide terminal, below on 80 columns, instead on 40', () => {
    expect(areasOf(160, 50, wide)).toMatchObject({ tableWidth: 95, pane: { place: 'side', left: 96, width: 64 } });
    expect(areasOf(80, 24, wide)).toMatchObject({ tableWidth: 80, body: 8, pane: { place: 'below', height: 10 } });
    expect(areasOf(40, 10, wide)).toMatchObject({ body: 0, hasTitles: false, pane: { place: 'instead' } });
    expect(areasOf(20, 5, wide)).toMatchObject({ body: 0, pane: { place: 'instead', height: 3 } });
  });

  it('a border that was moved decides the size of the pane, within what both need', () => {
    expect(areasOf(160, 50, wide, { fraction: 0.5 }).pane?.width).toBe(80);
    expect(areasOf(160, 50, wide, { fraction: 0.99 }).tableWidth).toBe(60);
    expect(areasOf(160, 50, wide, { fraction: 0 }).pane?.width).toBe(40);
    expect(areasOf(80, 24, wide, { fraction: 0.99 }).body).toBe(3);
    expect(areasOf(80, 24, wide, { fraction: 0 }).pane?.height).toBe(6);
  });

  it('at 20×5 there are still memory, titles, two processes and keys', () => {
    expect(areasOf(20, 5)).toMatchObject({ headerLines: 1, hasTitles: true, body: 2, hasStatus: true });
  });
});
