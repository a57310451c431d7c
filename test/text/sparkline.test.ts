import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ASCII, BLOCKS, SPARKLINES, scaleOf, sparkline } from '../../src/text/sparkline.ts';

const draw = (values: number[], set = BLOCKS) =>
  sparkline(values, scaleOf(values.filter((value) => !Number.isNaN(value))), set);

describe('a sparkline', () => {
  it('shows the shape from lowest to highest', () => {
    expect(draw([0, 1, 2, 3, 4, 5, 6])).toBe('▁▂▃▄▅▆▇');
    expect(draw([7, 0], ASCII)).toBe('#_');
  });

  it('is a thin line when nothing moves', () => {
    expect(draw([5, 5, 5])).toBe('▁▁▁');
    expect(draw([0, 0])).toBe('▁▁');
    expect(draw([5, 5, 5], ASCII)).toBe('___');
  });

  it('never fills a cell to its top, or rows would grow together', () => {
    expect(BLOCKS.heights).not.toContain('█');
  });

  it('fills its height only for a change of one in fifty or more', () => {
    expect(draw([1000, 1001, 1002])).toBe('▁▁▁');
    expect(draw([1000, 1010])).toBe('▁▄');
    expect(draw([980, 1000])).toBe('▁▇');
  });

  it('has a gap where nothing was measured', () => {
    expect(draw([Number.NaN, 0, Number.NaN, 8])).toBe(' ▁ ▇');
  });

  it('has one character for each value, and never a lower one for a higher value', () => {
    const value = fc.oneof(fc.double({ min: 0, max: 2 ** 50, noNaN: true }), fc.constant(Number.NaN));
    fc.assert(
      fc.property(fc.array(value, { maxLength: 30 }), (values) => {
        const drawn = [...draw(values)];
        expect(drawn).toHaveLength(values.length);
        const known = values
          .map((each, index) => [each, drawn[index] as string] as const)
          .filter(([each]) => !Number.isNaN(each));
        known.sort(([one], [other]) => one - other);
        for (let index = 1; index < known.length; index += 1) {
          const [lower, higher] = [known[index - 1]?.[1] ?? '', known[index]?.[1] ?? ''];
          expect(BLOCKS.heights.indexOf(higher)).toBeGreaterThanOrEqual(BLOCKS.heights.indexOf(lower));
        }
      }),
    );
  });

  it('in braille a cell has two samples next to each other, four dots high', () => {
    const { braille } = SPARKLINES;
    expect(draw([0, 1, 2, 3], braille)).toBe('⣠⣾');
    expect(draw([0, 3, Number.NaN, Number.NaN, Number.NaN, 0, 3], braille)).toBe('⣸ ⢀⡇');
  });

  it('in braille the dots of each half are as many as the height of its sample', () => {
    const dots = (cell: string, mask: number) => (cell.charCodeAt(0) & mask).toString(2).replaceAll('0', '').length;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 }), (left, right) => {
        const cell = sparkline([left, right], { low: 0, high: 3 }, SPARKLINES.braille);
        expect([dots(cell, 0b01000111), dots(cell, 0b10111000)]).toEqual([left + 1, right + 1]);
      }),
    );
  });
});
