// Each front door of a room (x/x.ts) that does something has a test file of its name.

import { posix } from 'node:path';

/** @import { File } from './tree.js' */

const DOES_SOMETHING = /^export (?:async )?(?:function|class|abstract class) /m;

/** @param {string} path */
const testOf = (path) => path.replace(/^src\//, 'test/').replace(/\.(tsx?)$/, '.test.$1');

/**
 * The front doors without a test; those that hold only types and tables need none.
 * @param {File[]} sources
 * @param {(path: string) => boolean} exists whether there is a file, by its path from the root
 * @returns {{ path: string, sentence: string }[]}
 */
export const untestedFrontDoors = (sources, exists) =>
  sources
    .filter(({ path, text }) => {
      const { dir, name } = posix.parse(path);
      return posix.basename(dir) === name && /\.tsx?$/.test(path) && DOES_SOMETHING.test(text) && !exists(testOf(path));
    })
    .map(({ path }) => ({ path, sentence: `${path} is the front door of its room and has no ${testOf(path)}.` }));
