import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clean, escapeUnprintable } from '../../src/text/clean.ts';
import { FORBIDDEN, HOSTILE } from '../helpers/reports.ts';

const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.constantFrom(...HOSTILE));

describe('a cleaned text', () => {
  it.each([
    ['plain text', 'plain text'],
    ['grün 漢字 🚀', 'grün 漢字 🚀'],
    ['a\u001b[31mb', 'a[31mb'],
    ['\u001b]52;c;aGk=\u0007x', ']52;c;aGk=x'],
    ['an unfinished \u001b]0;title', 'an unfinished ]0;title'],
    ['c1\u009b\u0085\u007f', 'c1 '],
    ['\u202eback\u2066wards\u2069', 'backwards'],
    ['two\nlines\r\n\tand a tab', 'two lines and a tab'],
    ['import time\na=[]', 'import time a=[]'],
    ['\u{1f468}\u200d\u{1f469}\ufe0f', '\u{1f468}\u{1f469}'],
    ['half \ud83d of a pair', 'half  of a pair'],
    ['tag\u{e0041}s', 'tags'],
    ['\u2028\u2029', ' '],
  ])('%j is %j', (text, cleaned) => {
    expect(clean(text)).toBe(cleaned);
  });

  it('carries nothing that acts on a terminal, keeps the rest in order, and is clean', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const cleaned = clean(text);
        expect(cleaned).not.toMatch(FORBIDDEN);
        expect(clean(cleaned)).toBe(cleaned);
        let at = 0;
        for (const character of cleaned) {
          const found = text.indexOf(character, at);
          const blank = character === ' ' ? text.slice(at).search(/[\t\n\v\f\r\u0085\u2028\u2029 ]/) : -1;
          const next = blank < 0 ? found : at + blank;
          expect(next).toBeGreaterThanOrEqual(at);
          at = next + character.length;
        }
      }),
    );
  });
});

describe('an escaped text', () => {
  it.each([
    ['a\u001bb\u202e', 'a\\u001bb\\u202e'],
    ['\u{e0041}', '\\udb40\\udc41'],
    ['\ud800', '\\ud800'],
    ['plain', 'plain'],
  ])('%j is %j', (text, escaped) => {
    expect(escapeUnprintable(text)).toBe(escaped);
  });

  it('is, inside JSON, read back as it was', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const carried = escapeUnprintable(JSON.stringify(text));
        expect(carried).not.toMatch(FORBIDDEN);
        expect(JSON.parse(carried)).toBe(text);
      }),
    );
  });
});
