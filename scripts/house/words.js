// Words that must not be used (words.json), each with a replacement and the reason.

/** @import { File } from './tree.js' */

/**
 * @typedef {object} Word
 * @property {string} not the word or phrase; one with a capital letter is found in these letters only
 * @property {string} write what to write in its place
 * @property {string} why
 * @property {string} [pattern] a regular expression, where the word alone would find too much
 * @property {boolean} [exact] found in these letters only, capitals included
 * @property {boolean} [pending] still in the tree: counted, and no failure yet
 */

/**
 * @typedef {object} Found
 * @property {Word} word
 * @property {string} path
 * @property {number} line from 1
 * @property {string} sentence
 */

/** The list names the words itself. */
const LIST = 'scripts/house/words.json';

/** Between two words of a phrase: also the end of a line of a comment or a quotation. */
const SPACE = String.raw`\s+(?:(?:\/\/|\*|#|>)\s*)?`;

/**
 * @param {Word} word
 * @returns {RegExp}
 */
const patternOf = ({ not, pattern, exact = /[A-Z]/.test(not) }) => {
  const escaped = not.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  const source = (pattern ?? escaped).replaceAll(' ', SPACE);
  return new RegExp(String.raw`(?<!\w)(?:${source})(?!\w)`, exact ? 'g' : 'gi');
};

/**
 * Every place where a word of the list is used.
 * @param {File[]} texts
 * @param {Word[]} words
 * @returns {Found[]}
 */
export const foundWords = (texts, words) => {
  const patterns = words.map((word) => ({ word, pattern: patternOf(word) }));
  return texts
    .filter(({ path }) => path !== LIST)
    .flatMap(({ path, text }) =>
      patterns.flatMap(({ word, pattern }) =>
        [...text.matchAll(pattern)].map(({ index, 0: found }) => {
          const line = text.slice(0, index).split('\n').length;
          const sentence = `${path}:${line}: "${found.replace(/\s+/g, ' ')}": write ${word.write} (${word.why})`;
          return { word, path, line, sentence };
        }),
      ),
    );
};
