import { expect, it } from 'vitest';
import { drawn, paneTitleOf, wantsOf } from '../../../src/app/panes/panes.ts';
import { UNPAINTED } from '../../../src/app/state/pane.ts';
import { press, watched } from '../../helpers/states.ts';

it('no pane wants nothing', () => {
  const state = watched();
  expect(wantsOf(undefined, state, 80)).toBeUndefined();
});

it.each([
  ['the detail pane', 'enter'],
  ['the pane of OOM kills', 'O'],
  ['the pane of memory', 'm'],
])('%s has a title, and draws as many lines as it asks for', (_name, key) => {
  const { state } = press(watched({}, { columns: 120, rows: 40 }), key);
  const { pane } = state;
  if (pane === undefined) throw new Error(`${key} opened no pane`);
  expect(paneTitleOf(pane, state)).not.toBe('');
  const lines = drawn(pane, state, { width: 120, height: 200 }, UNPAINTED);
  expect(lines.length).toBeGreaterThan(0);
  expect(wantsOf(pane, state, 120)?.lines).toBeGreaterThan(0);
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(120);
});
