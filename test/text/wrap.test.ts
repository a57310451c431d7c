import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cellWidth } from '../../src/text/width.ts';
import { wrapped } from '../../src/text/wrap.ts';

it('breaks between words, and within a word that is longer than a line', () => {
  expect(wrapped('node --require agent.cjs server.js', 15, 9)).toEqual(['node --require', 'agent.cjs', 'server.js']);
  expect(wrapped('/usr/lib/aaaaaaaaaaaa b', 8, 9)).toEqual(['/usr/lib', '/aaaaaaa', 'aaaaa b']);
});

it('says by a sign that something is left out', () => {
  expect(wrapped('one two three four', 5, 2)).toEqual(['one', 'two…']);
  expect(wrapped('one two', 9, 2)).toEqual(['one two']);
});

it('never makes a line that is too wide or one line too many, and loses nothing of a text that fits', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 300 }),
      fc.integer({ min: 2, max: 40 }),
      fc.nat(30),
      (text, width, most) => {
        const lines = wrapped(text, width, most);
        expect(lines.length).toBeLessThanOrEqual(most);
        for (const line of lines) expect(cellWidth(line)).toBeLessThanOrEqual(width);
        const all = wrapped(text, width, 1000).join('').replaceAll(/\s/g, '');
        expect(all).toBe(text.replaceAll(/\s/g, ''));
      },
    ),
  );
});
