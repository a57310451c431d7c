import { expect, it } from 'vitest';
import { tableLines } from '../../../src/screen/table/table.ts';
import { themeOf } from '../../../src/screen/theme/theme.ts';
import { cellWidth } from '../../../src/text/width.ts';
import { press, watched } from '../../helpers/states.ts';

const tableOf = (state = watched()) => tableLines(state, state.layout, themeOf(state.appearance));

it('the table has a line of titles and one for each line of the body, none wider than its part of the screen', () => {
  const state = watched();
  const { body, tableWidth } = state.layout;
  expect(tableOf(state)).toHaveLength(body + 1);
  for (const line of tableOf(state)) expect(cellWidth(line)).toBeLessThanOrEqual(tableWidth);
});

it('titles are those of the columns that fit, in their order', () => {
  const state = watched();
  const [titles = ''] = tableOf(state);
  const at = state.layout.columns.map(({ column }) => titles.indexOf(column.title.split(' ')[0] as string));
  expect(at.every((place) => place >= 0)).toBe(true);
  expect(at).toEqual([...at].sort((one, other) => one - other));
});

it('the largest process is first', () => {
  expect(tableOf()[1]).toContain('1311');
  expect(tableOf(press(watched(), 'I').state)[1]).not.toContain('1311');
});

it('a filter that no process matches leaves a sentence in place of the rows', () => {
  const { state } = press(watched(), '/', ...'nosuchprocess', 'enter');
  expect(tableOf(state)[1]).toContain('No process matches "nosuchprocess"');
});
