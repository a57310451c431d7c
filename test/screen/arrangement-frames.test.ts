// Golden frames of tree and groups: `npx vitest -u` regenerates them; read the diff.
import { describe, expect, it } from 'vitest';
import type { State } from '../../src/app/state/state.ts';
import { frameLines } from '../../src/screen/frame.ts';
import { cellWidth } from '../../src/text/width.ts';
import { forestProcesses } from '../helpers/forest.ts';
import { SIZES } from '../helpers/sizes.ts';
import { press, type SETTINGS, watched } from '../helpers/states.ts';

const frameOf = (state: State) => `${frameLines(state).join('\n')}\n`;
const forest = (settings: Partial<typeof SETTINGS> = {}, columns = 80, rows = 24) =>
  watched(settings, { columns, rows }, 30, forestProcesses);

describe('the tree', () => {
  it.each(SIZES)('at %i×%i', async (columns, rows) => {
    const state = press(forest({ tree: true }, columns, rows), 'g').state;
    await expect(frameOf(state)).toMatchFileSnapshot(`frames/tree.${columns}x${rows}.txt`);
  });

  it.each([
    [80, 24],
    [40, 10],
  ])('with a folded subtree at %i×%i', async (columns, rows) => {
    const state = press(forest({ tree: true }, columns, rows), 'g', 'down', 'left').state;
    await expect(frameOf(state)).toMatchFileSnapshot(`frames/tree-folded.${columns}x${rows}.txt`);
  });

  it('with a filter, what is above a match in brackets and quiet', async () => {
    const state = press(forest({ tree: true, color: true }), '/', ...'worker', 'enter').state;
    await expect(frameOf(state).replaceAll('\u001b', '␛')).toMatchFileSnapshot('frames/tree-filter-colour.80x24.txt');
  });

  it('in ASCII', async () => {
    const frame = frameOf(press(forest({ tree: true, ascii: true }), 'g', 'down', 'left').state);
    expect(frame).toMatch(/^[\x20-\x7e\n]*$/);
    await expect(frame).toMatchFileSnapshot('frames/tree-ascii.80x24.txt');
  });
});

describe('groups', () => {
  it.each(SIZES)('by name at %i×%i', async (columns, rows) => {
    await expect(frameOf(forest({ group: 'name' }, columns, rows))).toMatchFileSnapshot(
      `frames/groups-name.${columns}x${rows}.txt`,
    );
  });

  it.each(['user', 'cgroup'] as const)('by %s', async (arrangement) => {
    await expect(frameOf(forest({ group: arrangement }))).toMatchFileSnapshot(`frames/groups-${arrangement}.80x24.txt`);
  });

  it('with one opened', async () => {
    const state = press(forest({ group: 'name' }), 'g', '+').state;
    await expect(frameOf(state)).toMatchFileSnapshot('frames/groups-opened.80x24.txt');
  });
});

describe('any size from 1×1 to 400×120', () => {
  it('has as many lines as the terminal, none of them wider, whatever the arrangement', () => {
    for (const columns of [1, 5, 10, 19, 20, 29, 30, 41, 60, 76, 80, 100, 140, 400]) {
      for (const rows of [1, 2, 3, 5, 9, 16, 24, 120]) {
        for (const arrangement of [
          { tree: true },
          { group: 'name' },
          { group: 'user' },
          { group: 'cgroup' },
        ] as const) {
          const lines = frameLines(press(forest(arrangement, columns, rows), 'g', 'down', 'left', 'right').state);
          expect(lines.length).toBeLessThanOrEqual(rows);
          for (const line of lines) expect(cellWidth(line), `${columns}×${rows} ${line}`).toBeLessThanOrEqual(columns);
        }
      }
    }
  });
});
