// What only tests call is not in src: it belongs to the tests.

import { exportsOf, isModule } from './modules.js';

/** @import { File } from './tree.js' */

const CODE = /^(?:src|bin|scripts|bench)\//;
const WORDS = /[\p{L}_$][\p{L}\p{N}_$]*/gu;

/**
 * How often each word occurs in some files.
 * @param {File[]} files
 * @returns {Map<string, number>}
 */
const wordsOf = (files) => {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const { text } of files)
    for (const [word] of text.matchAll(WORDS)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
};

/**
 * The names that src exports and only tests use. (Names that nothing uses are found by knip.)
 * @param {File[]} sources
 * @param {File[]} texts of the whole project
 * @returns {{ name: string, sentence: string }[]}
 */
export const testOnlyNames = (sources, texts) => {
  const inCode = wordsOf(texts.filter(({ path }) => CODE.test(path)));
  const inTests = wordsOf(texts.filter(({ path }) => path.startsWith('test/')));
  return sources
    .filter(({ path }) => isModule(path))
    .flatMap((file) =>
      exportsOf(file)
        .filter((name) => inCode.get(name) === 1 && inTests.has(name))
        .map((name) => ({ name, sentence: `${file.path}: only tests use ${name}: it belongs into test.` })),
    );
};
