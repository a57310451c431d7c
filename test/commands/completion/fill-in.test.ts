import { expect, it } from 'vitest';
import { filledIn } from '../../../src/commands/completion/fill-in.ts';

it('a text goes in the place of its mark, lines in that of a comment', () => {
  const template = 'case $1 in\n  # @CASES@\n  @NAMES@) ;;\nesac\n';
  expect(filledIn(template, { CASES: ['  a) ;;', '  b) ;;'], NAMES: 'c|d' })).toBe(
    'case $1 in\n  a) ;;\n  b) ;;\n  c|d) ;;\nesac\n',
  );
});

it('what is put in may look like a mark, or like what replace() takes for more than a text', () => {
  expect(filledIn('@ONE@ @TWO@', { ONE: '@TWO@', TWO: '$&' })).toBe('@TWO@ $&');
});

it('a mark without a text, and a text in the place of lines, are mistakes', () => {
  expect(() => filledIn('@NAME@', {})).toThrow('@NAME@');
  expect(() => filledIn('# @LINES@', { LINES: 'one' })).toThrow('@LINES@');
  expect(() => filledIn('x @TEXT@', { TEXT: ['one'] })).toThrow('@TEXT@');
});
