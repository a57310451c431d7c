// Applies the rules of the house to a tree, with the exceptions of its allowed.json and words.json.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { castIndexes } from './casts.js';
import { circlesOfRooms } from './circles.js';
import { untestedFrontDoors } from './front-doors.js';
import { MOST_SHARED_NAMES, sharedNames } from './shared-names.js';
import { foldersOf, longFiles, MOST_LINES, tableOf, wideFolders } from './sizes.js';
import { testOnlyNames } from './test-only.js';
import { sourcesOf, textsOf } from './tree.js';
import { foundWords } from './words.js';
import { strayWrites } from './writers.js';

/** @import { File } from './tree.js' */
/** @import { Word } from './words.js' */

/**
 * @typedef {object} Allowed
 * @property {Record<string, string>} longFiles path → reason
 * @property {Record<string, string>} sharedNames name → reason
 * @property {Record<string, string>} testOnly name → reason
 */

/**
 * @param {File[]} sources
 * @param {Allowed} allowed
 * @returns {string[]}
 */
const troublesOfSources = (sources, { longFiles: long, sharedNames: shared }) =>
  [
    ...wideFolders(foldersOf(sources)),
    ...longFiles(sources).filter(({ path }) => !(path in long)),
    ...sharedNames(sources).filter(({ name }) => !(name in shared)),
    ...circlesOfRooms(sources),
    ...castIndexes(sources),
    ...strayWrites(sources),
  ].map(({ sentence }) => sentence);

/**
 * Exceptions that are no longer needed, and too many exceptions.
 * @param {File[]} sources
 * @param {Allowed} allowed
 * @returns {string[]}
 */
const troublesOfAllowed = (sources, allowed) => {
  const long = longFiles(sources);
  const shared = sharedNames(sources);
  return [
    ...Object.keys(allowed.longFiles)
      .filter((path) => !long.some((file) => file.path === path))
      .map((path) => `${path} has ${MOST_LINES} lines or fewer: remove it from allowed.json.`),
    ...Object.keys(allowed.sharedNames)
      .filter((name) => !shared.some((other) => other.name === name))
      .map((name) => `${name} has one owner now: remove it from allowed.json.`),
    ...(Object.keys(allowed.sharedNames).length > MOST_SHARED_NAMES
      ? [`allowed.json lists more than ${MOST_SHARED_NAMES} names with two owners.`]
      : []),
  ];
};

/**
 * @param {string} root the folder of the project
 * @returns {{ table: string, failures: string[], pending: string[] }} the table of folders, and a sentence for each place
 *   that breaks a rule; `pending` are the places of words that are
 *   still to be replaced
 */
export const checkHouse = (root) => {
  /** @param {string} name */
  const listed = (name) => JSON.parse(readFileSync(join(root, 'scripts', 'house', name), 'utf8'));
  /** @type {Allowed} */
  const allowed = listed('allowed.json');
  /** @type {Word[]} */
  const words = listed('words.json');
  const sources = sourcesOf(root);
  const texts = textsOf(root);
  const found = foundWords(texts, words);
  const testOnly = testOnlyNames(sources, texts).filter(({ name }) => !(name in allowed.testOnly));
  /** @param {boolean} isPending */
  const places = (isPending) =>
    found.filter(({ word: { pending = false } }) => pending === isPending).map(({ sentence }) => sentence);
  return {
    table: tableOf(foldersOf(sources)),
    failures: [
      ...troublesOfSources(sources, allowed),
      ...untestedFrontDoors(sources, (path) => existsSync(join(root, path))).map(({ sentence }) => sentence),
      ...testOnly.map(({ sentence }) => sentence),
      ...places(false),
      ...troublesOfAllowed(sources, allowed),
    ],
    pending: places(true),
  };
};
