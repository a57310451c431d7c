import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineMoved, type Motion } from '../../../src/app/actions/list-motion.ts';
import type { State } from '../../../src/app/state/state.ts';
import { press, SIGNALS, watched } from '../../helpers/states.ts';

/** Each key that moves, and by how many lines, given those of a page and of the list. */
const MOTIONS: Readonly<Record<string, (page: number, count: number) => number>> = {
  up: () => -1,
  k: () => -1,
  down: () => 1,
  j: () => 1,
  pageup: (page) => -page,
  pagedown: (page) => page,
  home: (_, count) => -count,
  g: (_, count) => -count,
  end: (_, count) => count,
  G: (_, count) => count,
};

interface OpenList {
  /** The list just opened; it is of a terminal with 24 lines. */
  readonly open: () => State;
  readonly lineOf: (state: State) => number | undefined;
  readonly page: (state: State) => number;
  /** Keys that move here; letters are typed into the menu of signals. */
  readonly keys?: readonly string[];
}

const markedIn = ({ mode }: State) => ('index' in mode ? mode.index : undefined);
const roomOfList = ({ layout }: State) => Math.max(1, layout.list?.height ?? 1);

const LISTS: Readonly<Record<string, OpenList>> = {
  'the table': { open: () => watched(), lineOf: ({ cursor }) => cursor, page: ({ layout }) => layout.body },
  'the list of columns to sort by': {
    open: () => press(watched(), 'f6').state,
    lineOf: markedIn,
    page: roomOfList,
  },
  'the chooser of columns': { open: () => press(watched(), 'o').state, lineOf: markedIn, page: roomOfList },
  'the menu of signals': {
    open: () => press({ ...watched(), signals: { offered: SIGNALS, awaited: [], stubborn: [] } }, 'f9').state,
    lineOf: markedIn,
    page: ({ layout }) => layout.content - 4,
    keys: ['up', 'down', 'pageup', 'pagedown', 'home', 'end'],
  },
  help: {
    open: () => press(watched(), '?').state,
    lineOf: ({ mode }) => (mode.kind === 'help' ? mode.top : undefined),
    page: ({ layout }) => layout.content - 1,
  },
  'the lines of a pane': {
    open: () => press(watched({}, { columns: 40, rows: 10 }), 'enter').state,
    lineOf: ({ pane }) => pane?.top,
    page: ({ layout }) => Math.max(1, (layout.pane?.height ?? 1) - 2),
  },
};

const anyMotion = fc.oneof(
  fc.integer({ min: -50, max: 50 }),
  fc.constantFrom<Motion>('page-up', 'page-down', 'first', 'last'),
);

describe('a line moved in a list', () => {
  it('never leaves the list, and is the first of an empty one', () => {
    fc.assert(
      fc.property(fc.nat(200), fc.integer({ min: -1, max: 200 }), fc.nat(60), anyMotion, (line, last, page, by) => {
        const moved = lineMoved({ line: Math.min(line, Math.max(0, last)), last, page }, by);
        expect(moved).toBeGreaterThanOrEqual(0);
        expect(moved).toBeLessThanOrEqual(Math.max(0, last));
      }),
    );
  });

  it('goes as far by one step of N lines as by N steps of one', () => {
    fc.assert(
      fc.property(fc.nat(100), fc.nat(100), fc.integer({ min: -40, max: 40 }), (at, more, by) => {
        const place = { last: at + more, page: 10 };
        let line = at;
        for (let step = 0; step < Math.abs(by); step += 1) line = lineMoved({ line, ...place }, Math.sign(by));
        expect(lineMoved({ line: at, ...place }, by)).toBe(line);
      }),
    );
  });
});

describe.each(Object.entries(LISTS))('the keys that move, in %s', (_, { open, lineOf, page, keys }) => {
  it('move by a line, by a page, or to an end, and never out of it', () => {
    const last = lineOf(press(open(), 'end').state) ?? 0;
    expect(last).toBeGreaterThan(0);
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...(keys ?? Object.keys(MOTIONS))), { maxLength: 30 }), (pressed) => {
        let state = press(open(), 'home').state;
        let line = 0;
        for (const key of pressed) {
          line = Math.max(0, Math.min(last, line + (MOTIONS[key]?.(page(state), last + 1) ?? 0)));
          state = press(state, key).state;
          expect(lineOf(state), `after ${key} of ${pressed.join(' ')}`).toBe(line);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('leave quitting, suspending and repainting to the keys that do that everywhere', () => {
    expect(press(open(), 'ctrl-l')).toMatchObject({ effects: [{ do: 'repaint' }] });
    expect(press(open(), 'ctrl-z')).toMatchObject({ effects: [{ do: 'suspend' }] });
    expect(press(open(), 'f10')).toMatchObject({ effects: [{ do: 'quit' }] });
  });
});
