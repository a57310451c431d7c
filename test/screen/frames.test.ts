// Golden frames: what a person sees, in files a person can read. `npx vitest -u` regenerates them; read the diff.
import { describe, expect, it } from 'vitest';
import type { CollectOutcome } from '../../src/app/state/collects.ts';
import { THEMES } from '../../src/model/appearance/appearance.ts';
import { frameLines } from '../../src/screen/frame.ts';
import { cellWidth } from '../../src/text/width.ts';
import { instrumented, outcomeOf, SERVER } from '../helpers/collects.ts';
import { frameOf } from '../helpers/frame.ts';
import { SIZES } from '../helpers/sizes.ts';
import { NOON } from '../helpers/snapshots.ts';
import { act, dwindling, press, serverProcesses, watched } from '../helpers/states.ts';

const MORE_SIZES = [...SIZES, [60, 16], [10, 3]] as const;

describe('the table', () => {
  it.each(MORE_SIZES)('at %i×%i', async (columns, rows) => {
    await expect(frameOf(watched({}, { columns, rows }))).toMatchFileSnapshot(`frames/table.${columns}x${rows}.txt`);
  });

  it('in ASCII', async () => {
    const frame = frameOf(watched({ ascii: true }));
    expect(frame).toMatch(/^[\x20-\x7e\n]*$/);
    await expect(frame).toMatchFileSnapshot('frames/table-ascii.80x24.txt');
  });

  it('in colour, the escapes written out', async () => {
    const frame = frameOf(watched({ color: true })).replaceAll('\u001b', '␛');
    await expect(frame).toMatchFileSnapshot('frames/table-colour.80x24.txt');
  });

  it('at the first sample', async () => {
    await expect(frameOf(watched({}, { columns: 80, rows: 24 }, 1))).toMatchFileSnapshot(
      'frames/first-sample.80x24.txt',
    );
  });
});

describe('what is opened and typed', () => {
  const cases: [string, string[]][] = [
    ['help', ['?']],
    ['filter', ['/', ...'node']],
    ['filter-nothing', ['/', ...'nobody']],
    ['sort-list', ['f6', 'down']],
    ['user-list', ['u']],
    ['interval', ['d', '5']],
    ['paused', ['z']],
    ['one-scale', ['=']],
    ['by-growth', ['D']],
  ];
  it.each(cases)('%s', async (name, keys) => {
    await expect(frameOf(press(watched(), ...keys).state)).toMatchFileSnapshot(`frames/${name}.80x24.txt`);
  });

  it.each([...SIZES, [60, 16]] as const)('a filter that is in force at %i×%i', async (columns, rows) => {
    const state = press(watched({}, { columns, rows }), '/', ...'node or postgres', 'enter').state;
    await expect(frameOf(state)).toMatchFileSnapshot(`frames/filter-kept.${columns}x${rows}.txt`);
  });

  it.each([
    [80, 8],
    [40, 8],
    [20, 5],
  ])('which rows are on the screen at %i×%i', (columns, rows) => {
    const status = frameOf(press(watched({}, { columns, rows }), 'end').state)
      .split('\n')
      .at(-1);
    const height = rows === 5 ? 2 : 5;
    expect(status).toContain(`${7 - height}–6 of 6 ↑${6 - height}`);
  });

  it('a user and a list of pids show next to the filter', () => {
    const state = watched({ pids: new Set([842, 1]), filter: 'post' }, { columns: 120, rows: 24 });
    expect(frameOf({ ...state, user: 'postgres' })).toMatch(
      /^\/post {2}user postgres {2}pid 842,1 {2}1 of 7, RSS 96\.4M {2}Esc clears/m,
    );
  });

  it('help at 40×10', async () => {
    await expect(frameOf(press(watched({}, { columns: 40, rows: 10 }), '?').state)).toMatchFileSnapshot(
      'frames/help.40x10.txt',
    );
  });
});

describe('the column chooser', () => {
  it.each(SIZES)('at %i×%i', async (columns, rows) => {
    const state = press(watched({}, { columns, rows }), 'f2', 'down', 'down', 'J', 'down').state;
    await expect(frameOf(state)).toMatchFileSnapshot(`frames/columns.${columns}x${rows}.txt`);
  });

  it('shows which columns do not fit', async () => {
    const state = press(
      watched({ columns: ['pid', 'user', 'rss', 'virtual', 'swap', 'peak', 'command'] }, { columns: 40, rows: 10 }),
      'o',
    );
    await expect(frameOf(state.state)).toMatchFileSnapshot('frames/columns-no-room.40x10.txt');
  });
});

describe('themes', () => {
  it.each(THEMES)('%s, the escapes written out', async (theme) => {
    const frame = frameOf(watched({ color: true, colorDepth: 24, theme })).replaceAll('\u001b', '␛');
    await expect(frame).toMatchFileSnapshot(`frames/theme-${theme}.80x24.txt`);
  });

  it('colour-blind with the eight colours of a console', async () => {
    const frame = frameOf(watched({ color: true, colorDepth: 4, theme: 'colour-blind' })).replaceAll('\u001b', '␛');
    await expect(frame).toMatchFileSnapshot('frames/theme-colour-blind-8.80x24.txt');
  });

  it('charts of braille', async () => {
    await expect(frameOf(watched({ graph: 'braille' }))).toMatchFileSnapshot('frames/table-braille.80x24.txt');
  });
});

describe('the prompt of the filter', () => {
  const sizes = [
    [160, 50],
    [80, 24],
    [40, 10],
  ] as const;
  const cases: [string, string[]][] = [
    ['filter-good', [...'user=ubuntu rss>100m']],
    ['filter-bad', [...'python or (rsss>500m node)']],
    ['filter-unfinished', [...'node rss>']],
    ['filter-completion', [...'node p', 'tab', 'tab']],
    ['filter-completed', [...'node gr', 'tab']],
  ];
  it.each(cases.flatMap(([name, keys]) => sizes.map(([columns, rows]) => [name, columns, rows, keys] as const)))(
    '%s at %i×%i',
    async (name, columns, rows, keys) => {
      const frame = frameOf(press(watched({}, { columns, rows }), '/', ...keys).state);
      await expect(frame).toMatchFileSnapshot(`frames/${name}.${columns}x${rows}.txt`);
    },
  );

  it('in colour, the escapes written out', async () => {
    const frame = frameOf(press(watched({ color: true }), '/', ...'python or rsss>500m').state);
    await expect(frame.replaceAll('\u001b', '␛')).toMatchFileSnapshot('frames/filter-bad-colour.80x24.txt');
  });

  it('10,000 characters of it show their end', () => {
    const state = act(press(watched(), '/').state, { type: 'paste', text: `${'x'.repeat(9990)} the end` }).state;
    expect(frameLines(state).at(-1)).toMatch(/^x+ the end▏ +0 of 7, RSS 0 {2}Enter keep {2}Esc clear *$/);
  });
});

describe('any size from 1×1 to 400×120', () => {
  it('has as many lines as the terminal, none of them wider, in every mode', () => {
    for (const columns of [1, 5, 10, 19, 20, 29, 30, 41, 59, 60, 75, 76, 80, 100, 139, 140, 200, 400]) {
      for (const rows of [1, 2, 3, 4, 5, 8, 9, 15, 16, 24, 50, 120]) {
        for (const keys of [
          [],
          ['?'],
          ['/', 'n'],
          ['/', ...'a rsss>5 b'],
          ['/', 'p', 'tab'],
          ['f6'],
          ['u'],
          ['d', '1'],
          ['z'],
          ['enter'],
          ['enter', 'tab', '?'],
        ]) {
          const lines = frameLines(press(watched({}, { columns, rows }, 2), ...keys).state);
          expect(lines.length, `${columns}×${rows} ${keys}`).toBeLessThanOrEqual(rows);
          for (const line of lines)
            expect(cellWidth(line), `${columns}×${rows} ${keys}: ${line}`).toBeLessThanOrEqual(columns);
        }
      }
    }
  });
});

describe('the forecast', () => {
  it.each([
    [160, 50],
    [80, 24],
    [40, 10],
  ])('at %i×%i', async (columns, rows) => {
    const state = watched({}, { columns, rows }, 150, serverProcesses, dwindling);
    await expect(frameOf(state)).toMatchFileSnapshot(`frames/forecast.${columns}x${rows}.txt`);
  });

  it('gives way to a notice, and moves nothing', () => {
    const state = watched({}, { columns: 80, rows: 24 }, 150, serverProcesses, dwindling);
    const [before, after] = [frameLines(state), frameLines(press(state, '=').state)];
    expect(before[3]).toContain('out of memory in');
    expect(after[3]).toContain('one scale');
    expect(after.length).toBe(before.length);
  });

  it('is ASCII where the terminal is', () => {
    const state = watched({ ascii: true }, { columns: 100, rows: 24 }, 150, serverProcesses, dwindling);
    expect(frameLines(state)[3]).toMatch(
      /^! python3 my_script\.py 9122 grows 14\.2M\/min: out of memory in ~\d+ min \(14:\d\d-14:\d\d\)$/,
    );
  });
});

describe('collecting', () => {
  const opened = (size: { columns: number; rows: number }, outcome: CollectOutcome) => {
    const state = watched({}, size, 30, instrumented);
    const began = { type: 'began', running: { target: SERVER, what: 'collect', since: NOON + 57_000 } } as const;
    return act(state, began, { type: 'ended', target: SERVER, outcome, at: 40_000 }).state;
  };

  it.each([
    [160, 50],
    [80, 24],
    [40, 10],
  ])('the pane at %i×%i', async (columns, rows) => {
    const state = opened({ columns, rows }, outcomeOf([148, 11], [182, 57]));
    await expect(frameOf(state)).toMatchFileSnapshot(`frames/collected-garbage.${columns}x${rows}.txt`);
  });

  it('a retained heap', async () => {
    const state = opened({ columns: 80, rows: 24 }, outcomeOf([148, 147], [182, 181]));
    await expect(frameOf(state)).toMatchFileSnapshot('frames/collected-retained.80x24.txt');
  });

  it('an agent that does not answer', async () => {
    const trouble = "It has not answered for 12.0 s: the program's event loop is blocked, or the program is stopped.";
    await expect(frameOf(opened({ columns: 80, rows: 24 }, { trouble }))).toMatchFileSnapshot(
      'frames/collected-busy.80x24.txt',
    );
  });

  it('while it runs the row says so', async () => {
    const state = watched({}, { columns: 100, rows: 24 }, 30, instrumented);
    const began = { type: 'began', running: { target: SERVER, what: 'collect', since: NOON + 55_000 } } as const;
    await expect(frameOf(act(state, began).state)).toMatchFileSnapshot('frames/collecting.100x24.txt');
  });

  it('a warning before an inspector is opened', async () => {
    const state = press(watched({}, { columns: 80, rows: 24 }, 30, instrumented), 'down', 'a').state;
    await expect(frameOf(state)).toMatchFileSnapshot('frames/attach-warning.80x24.txt');
  });
});
