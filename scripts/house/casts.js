// An index that lies within its array is said to do so in one place (src/numbers/existing.ts), and nowhere by a cast.

/** @import { File } from './tree.js' */

const PLACE = 'src/numbers/existing.ts';
/** `values[index] as Row`, `values.at(-1) as Row`; what may be undefined then too is a cast of another kind. */
const CAST = /(?:\w\]|\)\]|\.at\([^()]*\)) as (?!const\b|unknown\b)(?!.*\| undefined\b)/;

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
