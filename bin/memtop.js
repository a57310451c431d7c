#!/usr/bin/env node
// Starts memtop: loads the bundles in dist, with the compiled code that V8 kept from an earlier start.

'use strict';

const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { Script } = require('node:vm');
const { openCodeCache } = require('./code-cache.js');

/**
 * @typedef {object} Loaded
 * @property {string} key what its compiled code is kept under
 * @property {Script} script
 * @property {{ exports: any }} module
 * @property {boolean} isCached whether V8 took the code that was kept
 */

const parameters = 'exports, require, module, __filename, __dirname, importModule';
const dist = join(__dirname, '..', 'dist');
const cache = openCodeCache({ writer: () => load('files.cjs').writeFile });
/** @type {Map<string, Loaded>} */
const loaded = new Map();

/**
 * Ends the program before it began.
 * @param {string} sentence
 * @returns {never}
 */
function refuse(sentence) {
  process.stderr.write(`memtop: ${sentence}\n`);
  process.exit(2);
}

/**
 * The text of a bundle.
 * @param {string} path
 */
function readBundle(path) {
  try {
    return readFileSync(path, 'latin1'); // Bundles are pure ASCII: this is the reading without decoding.
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ENOENT') throw error;
    return refuse(`${path} is missing. Run "npm run build" in the folder above it.`);
  }
}

/**
 * Runs a bundle as Node runs a CommonJS module, and only once.
 * @param {string} name of a file in dist; it begins with `//` and 16 hex digits that stand for its content
 */
function load(name) {
  const known = loaded.get(name);
  if (known !== undefined) return known.module.exports;
  const path = join(dist, name);
  const text = readBundle(path);
  const key = `${name}-${text.slice(2, 18)}`;
  const cachedData = cache.read(key);
  const script = new Script(`(function (${parameters}) {${text}\n})`, { filename: path, cachedData });
  const module = { exports: {} };
  loaded.set(name, { key, script, module, isCached: cachedData !== undefined && script.cachedDataRejected === false });
  script.runInThisContext()(module.exports, requireFrom, module, path, dist, importModule);
  return module.exports;
}

/**
 * The require of the bundles: what lies beside them in dist is loaded as they are.
 * @param {string} id
 */
function requireFrom(id) {
  return /^\.\/[\w-]+\.cjs$/.test(id) ? load(id.slice(2)) : require(id);
}

/**
 * The import() of the bundles, for packages that require() cannot load. Code that is compiled with a code cache has none
 * of its own: on Node.js 20 it fails, on later versions it prints a warning.
 * @param {string} id
 */
function importModule(id) {
  return import(id);
}

/**
 * Keeps the compiled code of all that was loaded, if some of it was not kept yet. Best called once everything that a
 * start needs has run: functions that never ran are not in it.
 */
function saveCodeCache() {
  const all = [...loaded.values()];
  if (all.every(({ isCached }) => isCached)) return;
  for (const entry of all) {
    cache.write(entry.key, () => entry.script.createCachedData());
    entry.isCached = true;
  }
}

process.once('exit', saveCodeCache);
load('main.cjs').main(process.argv.slice(2), { saveCodeCache });
