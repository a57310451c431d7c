// Lines are measured as the packages that Ink uses measure them.

import fc from 'fast-check';
import stockStringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { readPlainLine } from '../../../src/screen/ink/plain-lines.ts';

const narrow = Array.from({ length: 0x10000 }, (_, unit) => String.fromCharCode(unit)).filter(
  (character) => character !== '\u{1b}' && readPlainLine(character) !== undefined,
);

describe('a plain line', () => {
  it('is made of characters that string-width takes for one cell', () => {
    expect(narrow.length).toBeGreaterThan(1000);
    expect(narrow.filter((character) => stockStringWidth(character) !== 1)).toEqual([]);
  });

  it('holds no surrogate, mark, control or format character', () => {
    expect(narrow.filter((character) => /[\p{C}\p{M}]/u.test(character))).toEqual([]);
  });

  it('is as wide as string-width says, for any adjacent characters', () => {
    const text = fc.array(fc.constantFrom(...narrow), { maxLength: 40 }).map((characters) => characters.join(''));
    fc.assert(
      fc.property(text, (line) => {
        expect(readPlainLine(line)).toEqual({ width: stockStringWidth(line), isOpen: false });
      }),
    );
  });

  it('is as wide as string-width says with colour codes in it', () => {
    const code = fc
      .array(fc.nat({ max: 110 }), { minLength: 1, maxLength: 6 })
      .map((codes) => `\u{1b}[${codes.join(';')}m`);
    const piece = fc.oneof(fc.constantFrom(...narrow), code);
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const line = pieces.join('');
        const plain = readPlainLine(line);
        if (plain !== undefined) expect(plain.width).toBe(stockStringWidth(line));
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    '日',
    'e\u0301',
    '\u00ad',
    '\t',
    '\n',
    '\u{1b}',
    '\u{1b}[2J',
    '\u{1b}]8;;x\u0007',
    '\u009b31m',
    '👍',
    '\u200b',
    '▾\ufe0f',
  ])('has no %j in it', (text) => {
    expect(readPlainLine(`a${text}b`)).toBeUndefined();
  });

  it.each(['[m', '[;1m', '[1;m', '[01m', '[21m', '[5m', '[38;5m', '[38;2;1;2m', '[48;9;1m', '[58;5;1m', '[123456m'])(
    'has no unusual colour code such as ESC%s in it',
    (code) => {
      expect(readPlainLine(`a\u{1b}${code}b`)).toBeUndefined();
    },
  );
});

describe('a style is open at the end of a line', () => {
  it.each(['[1m', '[31m', '[38;5;9m', '[48;2;1;2;3m', '[0;7m', '[1;22;4m', '[31;49m', '[38;5;0m', '[97;100;39m'])(
    'after ESC%s',
    (code) => {
      expect(readPlainLine(`a\u{1b}${code}b`)?.isOpen).toBe(true);
    },
  );

  it.each(['[0m', '[1;22m', '[1;2;22m', '[31;39m', '[38;5;1;39m', '[48;2;39;49;0;49m', '[7;0m', '[53;55m'])(
    'not after ESC%s',
    (code) => {
      expect(readPlainLine(`a\u{1b}${code}b`)?.isOpen).toBe(false);
    },
  );
});
