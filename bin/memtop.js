#!/usr/bin/env node
// Starts memtop: loads the bundles in dist, with the compiled code that V8 kept from an earlier start.

'use strict';

const { closeSync, openSync, readFileSync, readSync } = require('node:fs');
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

const parameters = 'exports, require, module, __filename, __dirname, importModule, performance';
const dist = join(__dirname, '..', 'dist');
const words = process.argv.slice(2);
/** The flags that node was started with: V8 refuses compiled code that was kept under others. */
const flags = [...process.execArgv, process.env['NODE_OPTIONS'] ?? ''].join(' ').trim();
const cache = openCodeCache({ flags, writer: () => load('files.cjs').writeFile });
/** The monotonic clock of the bundles. Node 20 loads a dozen modules with its own `performance`, a millisecond of a start. */
const clock = {
  now() {
    const [seconds, nanoseconds] = process.hrtime();
    return seconds * 1e3 + nanoseconds / 1e6;
  },
  /** The wall clock when this clock was 0. */
  get timeOrigin() {
    return performance.timeOrigin + performance.now() - this.now();
  },
};
/** Bytes that a bundle begins with: `//` and 16 hex digits that stand for its content. */
const mark = 18;
/** @type {Map<string, Loaded>} */
const loaded = new Map();
/** Flags for V8 that were set since the start; src/cli/small-heap.ts has them. */
let laterFlags = { takeBack() {}, setAgain() {} };

/** A mistake that the person can mend; main.ts knows it by its name and ends with 2. */
class UserError extends Error {
  /**
   * @param {string} message what is wrong
   * @param {string} next what to do about it
   */
  constructor(message, next) {
    super(message);
    this.name = 'UserError';
    this.next = next;
  }
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
    if (loaded.size > 0) throw changed();
    throw new UserError(`${path} is missing.`, 'Run "npm run build" in the folder above it.');
  }
}

/** What a running memtop answers with when a bundle of its own no longer exists. */
function changed() {
  return new UserError('memtop was upgraded or removed while it runs.', 'Quit it and start it again.');
}

/**
 * Refuses bundles of another build: one program must not be made of two. A version has a main.cjs of its own.
 * @throws {UserError} when main.cjs is not the one that runs
 */
function checkBuild() {
  const main = loaded.get('main.cjs');
  if (main === undefined) return;
  const head = Buffer.alloc(mark);
  const file = openBundle(join(dist, 'main.cjs'));
  try {
    readSync(file, head, 0, mark, 0);
  } finally {
    closeSync(file);
  }
  if (!main.key.endsWith(head.toString('latin1', 2))) throw changed();
}

/** @param {string} path */
function openBundle(path) {
  try {
    return openSync(path, 'r');
  } catch (error) {
    throw /** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT' ? changed() : error;
  }
}

/**
 * What the compiled code of a bundle is kept as. Of main.cjs a screen executes little of what printing does: the code that
 * one of them left would have the other compile the rest at each start.
 * @param {string} name
 */
function keptAs(name) {
  if (name !== 'main.cjs') return name;
  if (words[0] === 'line') return 'main-line.cjs';
  return words.some((word) => /^(?:--once|-n|--count|-o|--output|--for)/.test(word)) ? 'main-print.cjs' : name;
}

/**
 * Runs a bundle as Node runs a CommonJS module, and only once.
 * @param {string} name of a file in dist
 * @throws {UserError} when it is not there, or belongs to another build
 */
function load(name) {
  const known = loaded.get(name);
  if (known !== undefined) return known.module.exports;
  const path = join(dist, name);
  checkBuild();
  const text = readBundle(path);
  const key = `${keptAs(name)}-${text.slice(2, mark)}`;
  const cachedData = cache.read(key);
  const script = underFirstFlags(
    () => new Script(`(function (${parameters}) {${text}\n})`, { filename: path, cachedData }),
  );
  const module = { exports: {} };
  loaded.set(name, { key, script, module, isCached: cachedData !== undefined && script.cachedDataRejected === false });
  try {
    script.runInThisContext()(module.exports, requireFrom, module, path, dist, importModule, clock);
  } catch (error) {
    // Half a module must not be taken for a whole one the next time.
    loaded.delete(name);
    throw error;
  }
  return module.exports;
}

/**
 * Does something with compiled code. It fits only the flags that V8 had when it was kept, which are those of a start.
 * @template T
 * @param {() => T} work
 * @returns {T}
 */
function underFirstFlags(work) {
  laterFlags.takeBack();
  try {
    return work();
  } finally {
    laterFlags.setAgain();
  }
}

/**
 * The require of the bundles: files next to them in dist are loaded the same way.
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
 * Keeps the compiled code of all that was loaded and is not kept yet. Best called when everything that a start needs has
 * run: functions that never ran are not in it.
 */
function saveCodeCache() {
  const missing = [...loaded.values()].filter(({ isCached }) => !isCached);
  for (const entry of missing) {
    cache.write(entry.key, () => underFirstFlags(() => entry.script.createCachedData()));
    entry.isCached = true;
  }
}

/**
 * The command of `memtop run`, where no flag of memtop's stands before it: it is started without the rest of memtop.
 * @param {string[]} words
 */
function commandToRun([name, ...words]) {
  const command = words[0] === '--' ? words.slice(1) : words;
  const isCommand = command[0] !== undefined && command[0] !== '' && (command !== words || !command[0].startsWith('-'));
  return name === 'run' && isCommand ? command : undefined;
}

/**
 * An entry; without it there is nothing that could end the program in a better way.
 * @param {string} name of its bundle
 */
function loadEntry(name) {
  try {
    return load(name);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    process.stderr.write(`memtop: ${error.message} ${error.next}\n`);
    return process.exit(2);
  }
}

// NODE_OPTIONS is for the program that memtop runs. Two of one machine cannot have the same port.
if (/--inspect/.test(process.env['NODE_OPTIONS'] ?? '')) require('node:inspector').close();

process.once('exit', saveCodeCache);
/** @param {typeof laterFlags} changed what takes flags for V8 back that are going to be set, and sets them again */
const registerFlags = (changed) => {
  laterFlags = changed;
};
const command = commandToRun(words);
if (command === undefined) loadEntry('main.cjs').main(words, { saveCodeCache, registerFlags });
else loadEntry('run-directly.cjs').runDirectly(command, { saveCodeCache });
