// A name means one thing: none is exported from two files of src.

import { exportsOf, isModule } from './modules.js';

/** @import { File } from './tree.js' */

/** Names that two files may export, each listed with its reason in allowed.json. */
export const MOST_SHARED_NAMES = 6;

/**
 * @param {File[]} sources
 * @returns {{ name: string, sentence: string }[]}
 */
export const sharedNames = (sources) => {
  /** @type {Map<string, string[]>} */
  const owners = new Map();
  for (const file of sources.filter(({ path }) => isModule(path)))
    for (const name of exportsOf(file)) owners.set(name, [...(owners.get(name) ?? []), file.path]);
  return [...owners]
    .filter(([, paths]) => paths.length > 1)
    .map(([name, paths]) => ({
      name,
      sentence: `${name} is exported from ${paths.join(' and ')}: say in the name which one it is.`,
    }));
};
