import { expect, it } from 'vitest';
import { paneTitleOf } from '../../../src/app/panes/drawn.ts';
import { withPane } from '../../../src/screen/panes/pane-frame.ts';
import { tableLines } from '../../../src/screen/table/table.ts';
import { themeOf } from '../../../src/screen/theme/theme.ts';
import { cellWidth } from '../../../src/text/width.ts';
import { press, watched } from '../../helpers/states.ts';

const framed = (columns: number, rows: number, ...keys: string[]) => {
  const { state } = press(watched({}, { columns, rows }), ...keys);
  const layout = state.layout;
  const theme = themeOf(state.appearance);
  const table = tableLines(state, layout, theme);
  return { state, layout, table, lines: withPane(table, state, layout, theme) };
};

it('without a pane the lines are those of the table', () => {
  const { table, lines } = framed(80, 24);
  expect(lines).toEqual(table);
});

it.each([
  [160, 50],
  [80, 24],
  [40, 10],
])('with the detail pane they fill the same part of the screen at %i×%i', (columns, rows) => {
  const { state, layout, lines } = framed(columns, rows, 'enter');
  expect(lines).toHaveLength(rows - layout.headerLines - Number(layout.hasStatus));
  for (const line of lines) expect(cellWidth(line)).toBeLessThanOrEqual(columns);
  if (state.pane === undefined) throw new Error('no pane was opened');
  expect(lines.join('\n')).toContain(paneTitleOf(state.pane, state).slice(0, 12));
});
