import { expect, it } from 'vitest';
import { update } from '../../../src/app/actions/update.ts';
import type { View } from '../../../src/app/state/state.ts';
import { forestProcesses } from '../../helpers/forest.ts';
import { press, watched } from '../../helpers/states.ts';

it('g on a filtered tree goes to the first match, where the next sample leaves it', () => {
  const tree = watched({ tree: true }, { columns: 80, rows: 24 }, 10, forestProcesses);
  const first = press(tree, '/', ...'worker', 'enter', 'G', 'g').state;
  const selected = first.shown[first.cursor];
  expect(selected?.tree?.isContext).toBe(false);
  expect(first.shown.slice(0, first.cursor).every((row) => row.tree?.isContext)).toBe(true);
  expect(first.top).toBe(0);
  const view = first.view as View;
  const next = update(first, { type: 'sampled', view: { ...view, rows: [...view.rows] } }).state;
  expect(next.shown[next.cursor]?.process.who.pid).toBe(selected?.process.who.pid);
});
