import { expect, it } from 'vitest';
import { savedOf } from '../../../src/app/view/saved.ts';
import { DEFAULTS, SETTINGS } from '../../../src/settings/table.ts';
import { act, press, watched } from '../../helpers/states.ts';

it('S asks for saving, and what is saved is how the screen is now', () => {
  const { state, effects } = press(watched({ columns: ['pid', 'rss'] }), 'N', 'I', '=', 'e', 'S');
  expect(effects).toEqual([{ do: 'save' }]);
  const { interval, tree, group, theme, graph, thresholds } = DEFAULTS;
  expect(savedOf(state)).toEqual({
    ...{ interval, tree, group, theme, graph, thresholds },
    sort: { column: 'pid', descending: true },
    columns: ['pid', 'rss'],
    kernel: true,
    scale: 'shared',
  });
});

it('what is saved is what the table of settings says that S saves', () => {
  const names = SETTINGS.flatMap(({ name, isSaved }) => (isSaved ? [name] : []));
  expect(Object.keys(savedOf(watched())).sort()).toEqual([...names].sort());
});

it('a terminal in ASCII saves nothing about charts', () => {
  expect(savedOf(watched({ ascii: true }))).not.toHaveProperty('graph');
});

it('the result is shown until a key is pressed', () => {
  const reported = act(watched(), { type: 'notified', notice: 'saved' }).state;
  expect(reported.notice).toBe('saved');
  expect(press(reported, 'j').state.notice).toBeUndefined();
});
