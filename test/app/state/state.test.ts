import { expect, it } from 'vitest';
import { initialState, only } from '../../../src/app/state/state.ts';
import { SETTINGS } from '../../helpers/states.ts';

const SIZE = { columns: 80, rows: 24 };

it('the first state has the settings, the size of the terminal and nothing sampled', () => {
  const state = initialState({ ...SETTINGS, interval: 2500, kernel: true, readonly: true }, SIZE);
  expect(state).toMatchObject({ columns: 80, lines: 24, interval: 2500, kernel: true, isReadonly: true });
  expect(state.view).toBeUndefined();
  expect(state.shown).toEqual([]);
});

it('charts are in ASCII where everything is, whatever was chosen', () => {
  expect(initialState({ ...SETTINGS, ascii: true, graph: 'braille' }, SIZE).appearance.graph).toBe('ascii');
  expect(initialState({ ...SETTINGS, ascii: false, graph: 'braille' }, SIZE).appearance.graph).toBe('braille');
});

it('a filter to begin with is in force and among those that Up brings back', () => {
  const state = initialState({ ...SETTINGS, filter: 'rss > 1G' }, SIZE);
  expect(state.query.text).toBe('rss > 1G');
  expect(state.complaint).toBeUndefined();
  expect(state.filterHistory).toEqual(['rss > 1G']);
});

it('a filter that cannot be read keeps every row and says why', () => {
  const state = initialState({ ...SETTINGS, filter: 'rss >' }, SIZE);
  expect(state.query.text).toBe('');
  expect(state.complaint).toBeDefined();
});

it('a state alone asks for no effect', () => {
  const state = initialState(SETTINGS, SIZE);
  expect(only(state)).toEqual({ state, effects: [] });
});
