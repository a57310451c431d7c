// An index that lies within its array is said to do so in one place (src/numbers/existing.ts), and nowhere by a cast.

/** @import { File } from './tree.js' */

const PLACE = 'src/numbers/existing.ts';
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
        const sentence = `${path}:${index + 1}: write existing(…) of ${PLACE} in place of the cast.`;
        return CAST.test(line) ? [{ path, sentence }] : [];
      }),
    );
