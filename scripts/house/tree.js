// The files that the rules of the house apply to.

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {object} File
 * @property {string} path from the root of the project, with slashes
 * @property {string} text
 */

/** Where people write: everything but what is installed, built or recorded. */
const FOLDERS = ['src', 'bin', 'scripts', 'bench', 'test', 'docs', 'man', '.ci'];

/** Not written here, or not for today's readers: what other programs said, and how it was called in older versions. */
const SKIPPED = /(?:^|\/)(?:node_modules|dist|fixtures)(?:\/|$)|^(?:CHANGELOG\.md|LICENSE|package-lock\.json)$/;

/** A file with a NUL byte is not text. */
const BINARY = '\0';

/**
 * The files in a folder and below it, in order of their paths.
 * @param {string} root
 * @param {string} folder from the root
 * @returns {string[]} paths from the root
 */
const pathsIn = (root, folder) =>
  readdirSync(join(root, folder), { withFileTypes: true })
    .map((entry) => ({ entry, path: `${folder}/${entry.name}` }))
    .filter(({ path }) => !SKIPPED.test(path))
    .flatMap(({ entry, path }) => (entry.isDirectory() ? pathsIn(root, path) : entry.isFile() ? [path] : []))
    .sort();

/**
 * @param {string} root
 * @param {string} path
 * @returns {File}
 */
const read = (root, path) => ({ path, text: readFileSync(join(root, path), 'utf8') });

/**
 * Every file of src.
 * @param {string} root
 * @returns {File[]}
 */
export const sourcesOf = (root) => pathsIn(root, 'src').map((path) => read(root, path));

/**
 * Every text of the project: sources, tests, scripts, documents and the files at the root.
 * @param {string} root
 * @returns {File[]}
 */
export const textsOf = (root) =>
  [
    ...FOLDERS.filter((folder) => existsSync(join(root, folder))).flatMap((folder) => pathsIn(root, folder)),
    ...readdirSync(root).filter((name) => !SKIPPED.test(name) && statSync(join(root, name)).isFile()),
  ]
    .map((path) => read(root, path))
    .filter(({ text }) => !text.includes(BINARY));
