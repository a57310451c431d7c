import { expect, it } from 'vitest';
import { statusLine } from '../../../src/screen/prompt/status-line.ts';
import { themeOf } from '../../../src/screen/theme/theme.ts';
import { cellWidth } from '../../../src/text/width.ts';
import { press, watched } from '../../helpers/states.ts';

const lineOf = (state = watched()) => statusLine(state, themeOf(state.look));

it.each([160, 80, 40, 24])('the last line is no wider than a terminal of %i columns', (columns) => {
  for (const keys of [[], ['/'], ['f3'], ['?'], ['space']]) {
    const { state } = press(watched({}, { columns, rows: 24 }), ...keys);
    expect(cellWidth(lineOf(state)), keys.join()).toBeLessThanOrEqual(columns);
  }
});

it('names help among the keys', () => {
  expect(lineOf()).toMatch(/help/i);
});

it('a prompt takes its place while one is open', () => {
  const { state } = press(watched(), '/', ...'node');
  expect(lineOf(state)).toContain('node');
  expect(lineOf(state)).not.toBe(lineOf());
});
