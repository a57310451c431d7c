// The rules of the house put to one tree: what breaks them, and what is let through (allowed.json and words.json there).

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { circlesOfRooms } from './circles.js';
import { MOST_SHARED_NAMES, sharedNames } from './shared-names.js';
import { foldersOf, longFiles, MOST_LINES, tableOf, wideFolders } from './sizes.js';
import { sourcesOf, textsOf } from './tree.js';
import { foundWords } from './words.js';

/** @import { File } from './tree.js' */
/** @import { Word } from './words.js' */

/**
 * @typedef {object} Allowed
 * @property {Record<string, string>} longFiles path → reason
 * @property {Record<string, string>} sharedNames name → reason
 * @property {Pending} [untilMended] what breaks a rule today: reported, and no failure; nothing may be added
 */

/** @typedef {{ folders: string[], longFiles: string[], sharedNames: string[], circles: boolean }} Pending */

/** @typedef {{ sentence: string, isPending: boolean }} Trouble */

/** @type {Pending} */
const NOTHING = { folders: [], longFiles: [], sharedNames: [], circles: false };

/**
 * @param {File[]} sources
 * @param {Allowed} allowed
 * @returns {Trouble[]}
 */
const troublesOfSources = (sources, { longFiles: long, sharedNames: shared, untilMended: pending = NOTHING }) => [
  ...wideFolders(foldersOf(sources)).map(({ path, sentence }) => ({
    sentence,
    isPending: pending.folders.includes(path),
  })),
  ...longFiles(sources)
    .filter(({ path }) => !(path in long))
    .map(({ path, sentence }) => ({ sentence, isPending: pending.longFiles.includes(path) })),
  ...sharedNames(sources)
    .filter(({ name }) => !(name in shared))
    .map(({ name, sentence }) => ({ sentence, isPending: pending.sharedNames.includes(name) })),
  ...circlesOfRooms(sources).map(({ sentence }) => ({ sentence, isPending: pending.circles })),
];

/**
 * Exceptions that nothing needs any more, and too many of them.
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
 *   that breaks a rule; `pending` are those that are known and on their way out
 */
export const checkHouse = (root) => {
  /** @param {string} name */
  const listed = (name) => JSON.parse(readFileSync(join(root, 'scripts', 'house', name), 'utf8'));
  /** @type {Allowed} */
  const allowed = listed('allowed.json');
  /** @type {Word[]} */
  const words = listed('words.json');
  const sources = sourcesOf(root);
  const troubles = [
    ...troublesOfSources(sources, allowed),
    ...foundWords(textsOf(root), words).map(({ word: { pending = false }, sentence }) => ({
      sentence,
      isPending: pending,
    })),
  ];
  return {
    table: tableOf(foldersOf(sources)),
    failures: [
      ...troubles.filter(({ isPending }) => !isPending).map(({ sentence }) => sentence),
      ...troublesOfAllowed(sources, allowed),
    ],
    pending: troubles.filter(({ isPending }) => isPending).map(({ sentence }) => sentence),
  };
};
