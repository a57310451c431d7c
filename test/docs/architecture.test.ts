// The map of the project is the project's: its rooms, its walks, the files it names.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOMS, STAGES } from '../../scripts/house/rooms.js';

const PAGE = readFileSync(new URL('../../ARCHITECTURE.md', import.meta.url), 'utf8');
const INTERNALS = readFileSync(new URL('../../docs/internals.md', import.meta.url), 'utf8');

/** The folders of src that hold files, but for src itself. */
const folders = readdirSync('src', { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map(({ parentPath }) => parentPath.slice('src/'.length))
  .filter((folder, index, all) => folder !== '' && all.indexOf(folder) === index);

describe('the table of rooms', () => {
  it('has every folder of src that holds files, each once, and no other', () => {
    const named = [...STAGES.filter(({ what }) => what !== undefined), ...ROOMS].map(({ folder }) => folder);
    expect(named.sort()).toEqual(folders.sort());
  });

  it('lets no rooms of a stage import each other, not even around others', () => {
    const reached = (folder: string): string[] =>
      ROOMS.filter((room) => room.folder === folder).flatMap(({ imports }) =>
        imports
          .flatMap((one) =>
            one.endsWith('/*')
              ? ROOMS.map((room) => room.folder).filter((other) => other.startsWith(one.slice(0, -1)))
              : [one],
          )
          .flatMap((one) => [one, ...reached(one)]),
      );
    for (const { folder } of ROOMS) expect(reached(folder), folder).not.toContain(folder);
  });
});

describe('the walks', () => {
  const [snapshot = '', key = ''] = PAGE.slice(PAGE.indexOf('## Two walks')).split('A key to its effect');
  const stepsOf = (text: string) => [...text.matchAll(/^\d+\. `([^`]+)`/gm)].map(([, file]) => file as string);

  it.each([
    ['from /proc to a cell', stepsOf(snapshot), 13],
    ['from a key to its effect', stepsOf(key), 11],
  ])('%s enter no room twice', (_name, steps, count) => {
    expect(steps).toHaveLength(count);
    const rooms = steps.map((file) => dirname(file)).filter((room, index, all) => room !== all[index - 1]);
    expect(rooms.filter((room, index) => rooms.indexOf(room) !== index)).toEqual([]);
  });
});

it.each([
  ['ARCHITECTURE.md', PAGE],
  ['docs/internals.md', INTERNALS],
])('every path that %s names exists', (_name, text) => {
  const paths = [...text.matchAll(/`((?:[\w-]+\/)+[\w-]*(?:\.\w+)*)`/g)].map(([, path]) => path as string);
  const isThere = (path: string) => [`src/${path}`, path, `src/sampling/linux/${path}`].some((one) => existsSync(one));
  expect(paths.filter((path) => !isThere(path) && !path.startsWith('dist/'))).toEqual([]);
});
