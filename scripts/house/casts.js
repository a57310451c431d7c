// An index that lies within its array is said to do so in one place (src/numbers/at.ts), and nowhere by a cast.

/** @import { File } from './tree.js' */

const PLACE = 'src/numbers/at.ts';
const CAST = /\] as number\b/;

/**
 * @param {File[]} sources
 * @returns {{ path: string, sentence: string }[]}
 */
export const castIndexes = (sources) =>
  sources
    .filter(({ path }) => path !== PLACE)
    .flatMap(({ path, text }) =>
      text.split('\n').flatMap((line, index) => {
        const sentence = `${path}:${index + 1}: read the value with a function of ${PLACE} in place of a cast.`;
        return CAST.test(line) ? [{ path, sentence }] : [];
      }),
    );
