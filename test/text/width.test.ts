import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clean } from '../../src/text/clean.ts';
import { cellWidth, codePointWidth, cut, fitLeft, fitRight } from '../../src/text/width.ts';
import { HOSTILE } from '../helpers/reports.ts';

const cleaned = fc
  .oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.constantFrom(...HOSTILE))
  .map(clean);
const space = fc.integer({ min: 0, max: 40 });

it.each([
  ['a', 1],
  ['é', 1],
  ['漢', 2],
  ['🚀', 2],
  ['e\u0301', 1],
  ['한', 2],
  ['\u1112\u1161\u11ab', 2],
  ['ｶ', 1],
  ['Ａ', 2],
  ['▇', 1],
])('%s takes %d cells', (text, width) => {
  expect(cellWidth(text)).toBe(width);
});

it('a text is as wide as its code points together', () => {
  fc.assert(
    fc.property(cleaned, (text) => {
      expect(cellWidth(text)).toBe([...text].reduce((sum, each) => sum + codePointWidth(each.codePointAt(0) ?? 0), 0));
    }),
  );
});

describe('a cut text', () => {
  it('leaves out a wide character that would stick out by half', () => {
    expect(cut('a漢b', 2)).toBe('a');
    expect(cut('a漢b', 3)).toBe('a漢');
    expect(cut('abc', 0)).toBe('');
    expect(cut('abc', -1)).toBe('');
  });

  it('keeps an accent with its letter', () => {
    expect(cut('e\u0301x', 1)).toBe('e\u0301');
  });

  it('is the longest beginning that fits', () => {
    fc.assert(
      fc.property(cleaned, space, (text, width) => {
        const kept = cut(text, width);
        expect(text.startsWith(kept)).toBe(true);
        expect(cellWidth(kept)).toBeLessThanOrEqual(width);
        const next = [...text.slice(kept.length)][0];
        if (next !== undefined && width > 0) expect(cellWidth(kept + next)).toBeGreaterThan(width);
      }),
    );
  });
});

it('a fitted text takes exactly the cells it was given', () => {
  expect(fitLeft('ab', 4)).toBe('ab  ');
  expect(fitRight('ab', 4)).toBe('  ab');
  fc.assert(
    fc.property(cleaned, space, (text, width) => {
      expect(cellWidth(fitLeft(text, width))).toBe(width);
      expect(cellWidth(fitRight(text, width))).toBe(width);
    }),
  );
});
