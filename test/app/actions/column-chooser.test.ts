import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHOOSER_KEYS, chosenIn } from '../../../src/app/actions/column-chooser.ts';
import type { State } from '../../../src/app/state/state.ts';
import { DEFAULT_COLUMNS } from '../../../src/model/columns/column-sets.ts';
import { COLUMNS } from '../../../src/model/columns/columns.ts';
import { press, watched } from '../../helpers/states.ts';

const chosenBy = (...keys: string[]) => press(watched({}, { columns: 120, rows: 30 }), 'f2', ...keys).state;
/** The keys that lead from the first line of the list to a column. */
const to = (state: State, id: string) =>
  state.mode.kind === 'columns' ? state.mode.list.slice(0, state.mode.list.indexOf(id as never)).map(() => 'down') : [];
const shown = (state: State) => state.layout.columns.map(({ column }) => column.id);

describe('the column chooser', () => {
  it('opens by F2 and o with every column once, those in force in their order', () => {
    for (const key of ['f2', 'o']) {
      const { mode } = press(watched({ columns: ['rss', 'command', 'pid'] }), key).state;
      if (mode.kind !== 'columns') throw new Error('it is not open');
      expect([...mode.list].sort()).toEqual(COLUMNS.map(({ id }) => id).sort());
      expect(mode.list.filter((id) => ['rss', 'command', 'pid'].includes(id))).toEqual(['rss', 'command', 'pid']);
    }
  });

  it('shows and hides by Space, the table following at once', () => {
    const opened = chosenBy();
    const keys = to(opened, 'ppid');
    const added = chosenBy(...keys, 'space');
    expect(shown(added).slice(0, 3)).toEqual(['pid', 'ppid', 'user']);
    expect(press(added, 'space').state.chosenColumns).toEqual(opened.chosenColumns ?? [...chosenIn(opened)]);
  });

  it.each([
    ['K', 'J'],
    ['shift-up', 'shift-down'],
    ['<', '>'],
  ])('moves a column by %s and %s past the next one that is shown', (back, on) => {
    const keys = to(chosenBy(), 'rss');
    const moved = chosenBy(...keys, back);
    expect(moved.chosenColumns?.slice(0, 3)).toEqual(['pid', 'rss', 'user']);
    expect(press(moved, on).state.chosenColumns?.slice(0, 3)).toEqual(['pid', 'user', 'rss']);
    expect(press(moved, back, back, back).state.chosenColumns?.[0]).toBe('rss');
  });

  it('sorts by s, and the other way round by s again', () => {
    const sorted = chosenBy(...to(chosenBy(), 'cpu'), 's');
    expect(sorted.order).toMatchObject({ column: { id: 'cpu' }, descending: true });
    expect(press(sorted, 's').state.order.descending).toBe(false);
  });

  it('keeps by Enter, and by Esc everything is as it was', () => {
    const changed = chosenBy('space', ...to(chosenBy(), 'cpu'), 's');
    const kept = press(changed, 'enter').state;
    expect(kept.mode.kind).toBe('table');
    expect(kept.chosenColumns).not.toContain('pid');
    const undone = press(changed, 'escape').state;
    expect(undone).toMatchObject({ mode: { kind: 'table' }, chosenColumns: undefined });
    expect(undone.order.column.id).toBe('rss');
  });

  it('goes back by r to the set that adapts to the terminal', () => {
    const changed = chosenBy('space', 'r');
    expect(changed.chosenColumns).toBeUndefined();
    expect([...chosenIn(changed)]).toEqual(DEFAULT_COLUMNS.filter((id) => id !== 'heap'));
  });

  it('never hides the last column', () => {
    const only = press(watched({ columns: ['pid'] }), 'f2', 'space').state;
    expect(only.chosenColumns).toEqual(['pid']);
    expect(only.notice).toMatch(/one column/);
  });

  it('needs what the previewed table shows', () => {
    expect(chosenBy().top).toBe(0);
    const low = press(watched({}, { columns: 40, rows: 10 }), 'f2').state;
    expect(low.mode.kind).toBe('columns');
  });

  it('F10 quits, q only leaves, other keys do nothing', () => {
    expect(press(chosenBy(), 'f10').effects).toEqual([{ do: 'quit' }]);
    expect(press(chosenBy(), 'q').effects).toEqual([]);
    expect(press(chosenBy(), 'q').state.mode.kind).toBe('table');
    expect(press(chosenBy(), 'x', 'D', 'c').state).toMatchObject({ mode: { kind: 'columns' }, notice: undefined });
  });

  it('whatever is pressed, its columns are columns, each once, one at least, and its mark is on one of them', () => {
    const keys = fc.array(
      fc.constantFrom(...CHOOSER_KEYS.slice(0, 5).flatMap((each) => each.keys), 'down', 'up', 'end'),
      {
        maxLength: 40,
      },
    );
    fc.assert(
      fc.property(keys, fc.integer({ min: 10, max: 200 }), (pressed, columns) => {
        const { state } = press(watched({}, { columns, rows: 24 }, 2), 'o', ...pressed);
        if (state.mode.kind !== 'columns') throw new Error('it has closed');
        const { list, index } = state.mode;
        expect(new Set(list).size).toBe(COLUMNS.length);
        expect(list[index]).toBeDefined();
        const chosen = [...chosenIn(state)];
        expect(chosen.length).toBeGreaterThan(0);
        if (state.chosenColumns !== undefined) expect(list.filter((id) => chosen.includes(id))).toEqual(chosen);
      }),
      { numRuns: 60 },
    );
  });
});
