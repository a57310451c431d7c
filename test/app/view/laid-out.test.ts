import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { initialState } from '../../../src/app/state/state.ts';
import { layoutFrom } from '../../../src/app/view/laid-out.ts';
import { press, SETTINGS, SIGNALS, watched } from '../../helpers/states.ts';
import { anyStep, run } from '../../helpers/steps.ts';

describe('the layout that a state keeps', () => {
  it.each([
    { columns: 80, rows: 24 },
    { columns: 160, rows: 50 },
    { columns: 40, rows: 10 },
  ])('equals one computed from the rest of the state, whatever has happened: %j', (size) => {
    fc.assert(
      fc.property(fc.array(anyStep, { minLength: 1, maxLength: 40 }), (steps) => {
        const first = initialState({ ...SETTINGS, signals: SIGNALS }, size);
        expect(first.layout).toEqual(layoutFrom(first));
        run(first, steps, (state, step) => {
          expect(state.layout, JSON.stringify(step)).toEqual(layoutFrom(state));
        });
      }),
      { numRuns: 60 },
    );
  });

  it('has the cursor on a row that is on the screen, whatever has happened', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { minLength: 1, maxLength: 40 }), (steps) => {
        run(initialState({ ...SETTINGS, signals: SIGNALS }, { columns: 80, rows: 24 }), steps, (state) => {
          const { cursor, top, shown, layout } = state;
          expect(cursor).toBeGreaterThanOrEqual(top);
          expect(cursor).toBeLessThan(top + Math.max(1, layout.body));
          expect(cursor).toBeLessThan(Math.max(1, shown.length));
          expect(top).toBeLessThanOrEqual(Math.max(0, shown.length - Math.max(1, layout.body)));
        });
      }),
      { numRuns: 60 },
    );
  });

  it('knows the columns that were asked for, and the one to sort by, before the first sample', () => {
    const beginning = { ...SETTINGS, columns: ['pid', 'command'] as const, isSortChosen: true };
    const state = initialState({ ...beginning, sort: { column: 'uss', descending: true } }, { columns: 80, rows: 24 });
    expect(state.layout.columns.map(({ column }) => column.id)).toEqual(['pid', 'uss', 'command']);
    expect(state.layout).toEqual(layoutFrom(state));
  });

  it('stays the same object while a key moves the cursor alone', () => {
    const state = watched();
    const moved = press(state, 'down', 'down', 'up').state;
    expect(moved.cursor).toBe(1);
    expect(moved.layout).toBe(state.layout);
  });

  it('keeps the columns, and whether there are agents, while a key changes neither rows nor columns', () => {
    const state = watched();
    const opened = press(state, 'm').state;
    expect(opened.layout).not.toBe(state.layout);
    expect(opened.layout.columns).toBe(state.layout.columns);
    let seen = 0;
    const shown = new Proxy([...opened.shown], {
      get: (rows, name) => {
        if (name === 'some') seen += 1;
        return Reflect.get(rows, name);
      },
    });
    const { layout } = press({ ...opened, shown }, '?').state;
    expect(layout.columns).toBe(state.layout.columns);
    expect(seen).toBe(0);
  });
});
