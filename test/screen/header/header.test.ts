import { expect, it } from 'vitest';
import { headerLines } from '../../../src/screen/header/header.ts';
import { themeOf } from '../../../src/screen/theme/theme.ts';
import { cellWidth } from '../../../src/text/width.ts';
import { dwindling, watched } from '../../helpers/states.ts';

const header = (columns: number, rows: number, system = dwindling) => {
  const state = watched({}, { columns, rows }, 30, undefined, system);
  const layout = state.layout;
  return { lines: headerLines(state, layout, themeOf(state.appearance)), layout };
};

it.each([
  [160, 50],
  [80, 24],
  [40, 10],
  [24, 8],
])('the header has the lines that the layout gives it at %i×%i, none wider than the terminal', (columns, rows) => {
  const { lines, layout } = header(columns, rows);
  expect(lines).toHaveLength(layout.headerLines);
  for (const line of lines) expect(cellWidth(line)).toBeLessThanOrEqual(columns);
});

it('available memory comes before the total, and a machine without swap says so', () => {
  const text = header(80, 24).lines.join('\n');
  expect(text).toContain('336M available of 2.00G');
  expect(text).toContain('Swap: none configured');
});
