// What is clicked is found on the drawn frame: where a thing stands and what a click there does are tested as one.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Mouse } from '../../../src/app/actions/mouse.ts';
import type { State } from '../../../src/app/state/state.ts';
import { frameLines } from '../../../src/screen/frame.ts';
import { processOf } from '../../helpers/snapshots.ts';
import { act, press, shownPids, watched } from '../../helpers/states.ts';

const mouse = (what: Mouse['what'], column: number, row: number) => ({ type: 'mouse', what, column, row }) as const;
const click = (state: State, column: number, row: number) =>
  act(state, mouse('press', column, row), mouse('release', column, row)).state;

/** Where a text stands on the screen. */
function find(state: State, text: string | RegExp): { column: number; row: number } {
  const lines = frameLines(state);
  const row = lines.findIndex((line) => line.search(text) >= 0);
  if (row < 0) throw new Error(`it is not on the screen: ${text}`);
  return { row, column: (lines[row] ?? '').search(text) };
}
function clickOn(state: State, text: string | RegExp): State {
  const { column, row } = find(state, text);
  return click(state, column, row);
}
const selected = (state: State) => state.shown[state.cursor]?.process.who.pid;
const many = () =>
  Array.from({ length: 60 }, (_, index) => processOf({ who: { pid: index + 100 }, rss: (60 - index) * 1e6 }));

describe('clicks in the table', () => {
  it('the first selects, the second opens what Enter opens, a third leaves it open', () => {
    const once = clickOn(watched(), /dockerd/);
    expect(selected(once)).toBe(1502);
    expect(once.pane).toBeUndefined();
    const { row } = find(once, /^›/);
    const twice = click(once, 20, row);
    expect(twice.pane).toMatchObject({ kind: 'detail', row: { process: { who: { pid: 1502 } } } });
    const { row: now } = find(twice, /^›/);
    expect(click(twice, 20, now).pane?.kind).toBe('detail');
  });

  it('every title sorts by its column, and again the other way round, at any width', () => {
    for (const columns of [20, 40, 60, 80, 120, 160]) {
      const state = watched({}, { columns, rows: 24 }, 2);
      for (const [title, id] of [
        ['PID', 'pid'],
        ['COM', 'command'],
      ] as const) {
        const once = clickOn(state, title);
        expect(once.order, `${columns} ${title}`).toMatchObject({ column: { id }, descending: false });
        expect(clickOn(once, title).order.descending).toBe(true);
      }
      expect(clickOn(state, 'RSS').order).toMatchObject({ column: { id: 'rss' }, descending: false });
    }
  });

  it('a click selects the row that is drawn there, wherever it is and however far the table is scrolled', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 24, max: 200 }),
        fc.integer({ min: 5, max: 60 }),
        fc.nat(59),
        fc.nat(59),
        fc.constantFrom<string[][]>([], ['enter']),
        (columns, rows, down, line, keys) => {
          const state = press(watched({}, { columns, rows }, 1, many), ...new Array(down).fill('j'), ...keys).state;
          const { body } = state.layout;
          if (body === 0) return;
          const { headerLines, hasTitles } = state.layout;
          const row = headerLines + Number(hasTitles) + (line % body);
          const drawn = Number(/^[› ]\s*(\d+) /.exec(frameLines(state)[row] ?? '')?.[1] ?? Number.NaN);
          const clicked = click(state, 3, row);
          if (Number.isNaN(drawn)) expect(selected(clicked)).toBe(selected(state));
          else expect(selected(clicked)).toBe(drawn);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('while a filter is typed a click selects, and typing goes on', () => {
    const state = clickOn(press(watched(), '/', 'o').state, /dockerd/);
    expect(selected(state)).toBe(1502);
    expect(press(state, 'c').state.filter).toBe('oc');
    expect(clickOn(state, /dockerd/).mode.kind).toBe('filter');
  });

  it('a question is not answered by a click, nor is anything closed by one', () => {
    for (const keys of [['d', '5'], ['?']]) {
      const state = press(watched(), ...keys).state;
      for (let row = 0; row < 24; row += 1) expect(click(state, 5, row).mode).toEqual(state.mode);
    }
  });
});

describe('the wheel', () => {
  const state = watched({}, { columns: 80, rows: 12 }, 1, many);

  it('scrolls the table by three lines, the selection staying on its process while it can be seen', () => {
    const middle = press(state, 'j', 'j', 'j', 'j').state;
    const wheeled = act(middle, mouse('wheel-down', 5, 8)).state;
    expect(wheeled.top).toBe(middle.top + 3);
    expect(selected(wheeled)).toBe(selected(middle));
    const further = act(wheeled, mouse('wheel-down', 5, 8)).state;
    expect(further.cursor).toBe(further.top);
    expect(act(further, ...new Array(40).fill(mouse('wheel-down', 5, 8))).state.top).toBe(60 - state.layout.body);
    expect(act(further, ...new Array(40).fill(mouse('wheel-up', 5, 8))).state.top).toBe(0);
  });

  it('scrolls help and lists', () => {
    const help = press(state, '?').state;
    expect(act(help, mouse('wheel-down', 5, 8)).state.mode).toMatchObject({ kind: 'help', top: 3 });
    const list = press(state, 'f2').state;
    expect(act(list, mouse('wheel-down', 5, 8)).state.mode).toMatchObject({ kind: 'columns', index: 1 });
  });

  it('over a pane scrolls the pane', () => {
    const opened = press(watched({}, { columns: 80, rows: 18 }, 5), 'enter').state;
    const box = opened.layout.pane;
    const wheeled = act(opened, mouse('wheel-down', (box?.left ?? 0) + 1, (box?.top ?? 0) + 1)).state;
    expect(wheeled.top).toBe(opened.top);
    expect(wheeled.pane?.top).toBeGreaterThanOrEqual(opened.pane?.top ?? 0);
  });
});

describe('clicks in lists', () => {
  it('the first marks a line, the second takes it, even where the list is scrolled', () => {
    const list = press(watched({}, { columns: 40, rows: 10 }), 'f6', 'end').state;
    const once = clickOn(list, /^. SWAP/);
    expect(find(once, /^› SWAP/).row).toBe(find(list, /^ {2}SWAP/).row);
    expect(clickOn(once, /^› SWAP/)).toMatchObject({ mode: { kind: 'table' }, order: { column: { id: 'swap' } } });
  });

  it('in the chooser a click on a box shows or hides at once', () => {
    const list = press(watched(), 'f2').state;
    const { row, column } = find(list, /\[ \] PPID/);
    expect(click(list, column + 1, row).chosenColumns?.slice(0, 2)).toEqual(['pid', 'ppid']);
    const marked = click(list, column + 8, row);
    expect(marked.chosenColumns).toBeUndefined();
    expect(click(marked, column + 8, row).chosenColumns).toContain('ppid');
  });
});

describe('the border of a pane', () => {
  it.each([
    [160, 50],
    [80, 30],
  ])('goes with the mouse while the button is held, at %i×%i', (columns, rows) => {
    const opened = press(watched({}, { columns, rows }, 5), 'enter').state;
    const before = opened.layout.pane;
    if (before === undefined) throw new Error('no pane is open');
    const isBeside = before.place === 'side';
    const [column, row] = isBeside ? [before.left - 1, before.top + 3] : [10, before.top];
    const [toColumn, toRow] = isBeside ? [column - 7, row + 1] : [column + 3, row + 2];
    const dragged = act(opened, mouse('press', column, row), mouse('drag', toColumn, toRow)).state;
    expect(dragged.layout.pane).toMatchObject(isBeside ? { left: toColumn + 1 } : { top: toRow });
    const released = act(dragged, mouse('release', toColumn, toRow), mouse('drag', column, row)).state;
    expect(released.layout.pane).toEqual(dragged.layout.pane);
  });

  it('no drag makes the screen larger than the terminal or takes table or pane away', () => {
    const opened = press(watched({}, { columns: 160, rows: 30 }, 5), 'enter').state;
    fc.assert(
      fc.property(fc.nat(300), fc.nat(100), (column, row) => {
        const border = (opened.layout.pane?.left ?? 1) - 1;
        const { state } = act(opened, mouse('press', border, 10), mouse('drag', column, row));
        expect(frameLines(state)).toHaveLength(30);
        expect(state.layout.pane?.width).toBeGreaterThanOrEqual(40);
        expect(state.layout.tableWidth).toBeGreaterThanOrEqual(60);
      }),
      { numRuns: 60 },
    );
  });
});

it('nothing that a mouse can report breaks anything, in any mode', () => {
  const event = fc.record({
    type: fc.constant('mouse' as const),
    what: fc.constantFrom('press', 'drag', 'release', 'wheel-up', 'wheel-down'),
    column: fc.nat(10_000),
    row: fc.nat(200),
  });
  const keys = fc.constantFrom([], ['f2'], ['f6'], ['u'], ['?'], ['/', 'x'], ['d'], ['enter'], ['z']);
  fc.assert(
    fc.property(
      fc.array(event as fc.Arbitrary<ReturnType<typeof mouse>>, { maxLength: 20 }),
      keys,
      (events, pressed) => {
        const { state, effects } = act(press(watched({}, { columns: 80, rows: 24 }, 1), ...pressed).state, ...events);
        expect(frameLines(state).length).toBeLessThanOrEqual(24);
        expect(effects.filter((effect) => effect.do !== 'resample' && effect.do !== 'sample')).toEqual([]);
        expect(shownPids(state).length).toBeGreaterThanOrEqual(0);
      },
    ),
    { numRuns: 80 },
  );
});
