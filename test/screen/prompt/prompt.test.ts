import { expect, it } from 'vitest';
import { prompt, tail } from '../../../src/screen/prompt/prompt.ts';
import { themeOf } from '../../../src/screen/theme/theme.ts';
import { cellWidth } from '../../../src/text/width.ts';
import { SETTINGS } from '../../helpers/states.ts';

const theme = themeOf(SETTINGS);
const shown = (text: string, hints: string[], columns: number, caret = text.length) =>
  prompt({ title: 'Filter: ', line: { text, caret } }, hints, columns, theme);

it.each([80, 40, 20])('a prompt fills its line of %i cells exactly, whatever is typed', (columns) => {
  for (const text of ['', 'node', '漢字'.repeat(30), 'x'.repeat(500)]) {
    expect(cellWidth(shown(text, ['Enter keeps it', 'Enter'], columns))).toBe(columns);
  }
});

it('the cursor stays in sight in a text that is too long', () => {
  for (const caret of [0, 100, 500]) {
    expect(shown('x'.repeat(500), [], 40, caret)).toContain(theme.signs.cursor);
  }
});

it('the first hint that fits next to the typed text is shown', () => {
  expect(shown('node', ['a very long hint that takes the whole of the line', 'short'], 40)).toContain('short');
  expect(shown('node', ['a very long hint that takes the whole of the line', 'short'], 90)).toContain('very long');
});

it('the end of a text is cut at characters, not within them', () => {
  expect(tail('a😀b', 3)).toBe('😀b');
  expect(tail('a😀b', 2)).toBe('b');
});
