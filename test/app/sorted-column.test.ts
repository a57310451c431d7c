import { describe, expect, it } from 'vitest';
import type { State } from '../../src/app/state/state.ts';
import { savedOf } from '../../src/app/view/saved.ts';
import { COLUMNS } from '../../src/model/columns/columns.ts';
import { frameLines } from '../../src/screen/frame.ts';
import { press, watched } from '../helpers/states.ts';

const shown = (state: State) => state.layout.columns.map(({ column }) => column.id);
const titles = (state: State) => frameLines(state).find((line) => line.includes('COMMAND')) ?? '';
/** The keys that choose a column from the list of F6. */
const choosing = (id: string) => [
  'f6',
  'home',
  ...COLUMNS.slice(
    0,
    COLUMNS.findIndex((column) => column.id === id),
  ).map(() => 'down'),
  'enter',
];

describe('a hidden column that rows are sorted by', () => {
  it('is shown from -s on, and from F6 on, with its mark, at every width', () => {
    for (const columns of [40, 60, 80, 160]) {
      const begun = watched({ sort: { column: 'swap', descending: true }, isSortChosen: true }, { columns, rows: 24 });
      expect(shown(begun)).toContain('swap');
      expect(titles(begun)).toContain('SWAP▼');
      const chosen = press(watched({}, { columns, rows: 24 }), ...choosing('threads')).state;
      expect(titles(chosen)).toContain('THR▼');
    }
  });

  it('is shown until another order is chosen, and is not saved as a column', () => {
    const before = watched();
    const sorted = press(before, ...choosing('swap')).state;
    expect(shown(sorted)).toContain('swap');
    expect(savedOf(sorted)).toMatchObject({ columns: undefined, sort: { column: 'swap' } });
    expect(shown(press(sorted, 'I').state)).toContain('swap');
    expect(shown(press(sorted, 'M').state)).toEqual(shown(before));
  });

  it('is shown next to columns chosen by name, but not with the default order', () => {
    const before = watched({ columns: ['pid', 'command'] });
    expect(shown(before)).toEqual(['pid', 'command']);
    expect(shown(press(before, 'D').state)).toEqual(['pid', 'growth', 'command']);
    expect(shown(press(before, 'M').state)).toEqual(['pid', 'rss', 'command']);
  });

  it('goes where it is hidden in the list of columns', () => {
    const opened = press(watched({ columns: ['pid', 'rss', 'command'] }), 'M', 'o').state;
    const at = opened.mode.kind === 'columns' ? opened.mode.list.indexOf('rss') : -1;
    const hidden = press(opened, ...Array<string>(at).fill('down'), 'space', 'enter').state;
    expect(shown(hidden)).toEqual(['pid', 'command']);
  });

  it('has unknown values last, in either direction', () => {
    const state = watched({ sort: { column: 'peak', descending: true } });
    for (const each of [state, press(state, 'I').state]) {
      const peaks = each.shown.map(({ process }) => process.peak !== undefined);
      expect(peaks).toEqual([...peaks].sort((one, other) => Number(other) - Number(one)));
      expect(new Set(peaks).size).toBe(2);
    }
  });
});
