// Keeps V8's code cache between starts, in a folder that only its owner can write to: the cache is executable code.

'use strict';

const nodeFs = require('node:fs');
const { isAbsolute, join } = require('node:path');
const { walk } = require('./ancestry.js');

const openToOthers = 0o077;
const mostBytes = 32 * 1024 * 1024;
const pieceBytes = 64 * 1024;

/** The names this file gives; nothing else in the folder is ever touched. */
const ourName = /^([\w-]+\.cjs)-([0-9a-f]{16})-(v[\w.-]+\.bin)(?:\.\d+\.tmp)?$/;
/** How many ways of starting, with other flags for V8, keep their compiled code of a bundle. */
const mostWays = 4;

/**
 * @typedef {object} Surroundings what differs between users, and in tests
 * @property {typeof nodeFs} fs
 * @property {Record<string, string | undefined>} env
 * @property {number | undefined} user the effective user id; undefined where there are none
 * @property {() => typeof import('../src/files/write.ts').writeFile} writer loads what writes files
 * @property {string} flags that node was started with: ways of starting do not replace each other's files
 */

/**
 * @typedef {object} CodeCache
 * @property {(key: string) => Buffer | undefined} read what was kept under a key; nothing unless it is surely ours
 * @property {(key: string, produce: () => Buffer) => void} write keeps something under a key, if there is a safe place
 */

/**
 * The user's code cache. If anything is wrong with it, memtop starts without one: no method throws. There is none on
 * systems without user ids.
 * @param {Pick<Surroundings, 'writer' | 'flags'> & Partial<Surroundings>} given
 * @returns {CodeCache}
 */
function openCodeCache(given) {
  /** @type {Surroundings} */
  const surroundings = { fs: nodeFs, env: process.env, user: process.geteuid?.(), ...given };
  const ending = `${process.version}-${process.arch}-`;
  /** @param {string} key */
  const fileOf = (key) => `${key}-${ending}${hash(surroundings.flags)}.bin`;
  return {
    read(key) {
      try {
        return readTwice(surroundings, join(safeFolder(surroundings), fileOf(key)));
      } catch {
        return undefined;
      }
    },
    write(key, produce) {
      try {
        writeTwice(surroundings, fileOf(key), produce());
        removeOlder(surroundings, safeFolder(surroundings), { key, ending });
      } catch {
        // The next start compiles again: slower, and nothing else.
      }
    },
  };
}

/**
 * 8 hex digits that stand for a text (FNV-1a). What it is for needs no better one: V8 checks the flags itself.
 * @param {string} text
 */
function hash(text) {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return (value >>> 0).toString(16).padStart(8, '0');
}

/**
 * Where caches belong, by the XDG base directory specification, which says to ignore a relative path.
 * @param {Surroundings} surroundings
 */
function cacheHome({ env }) {
  const { XDG_CACHE_HOME: chosen, HOME: home } = env;
  if (chosen !== undefined && isAbsolute(chosen)) return chosen;
  return join(home !== undefined && isAbsolute(home) ? home : require('node:os').homedir(), '.cache');
}

/**
 * The path of the cache's folder, free of symbolic links; throws unless it is the user's own and private.
 * @param {Surroundings} surroundings
 */
function safeFolder(surroundings) {
  const { fs, user } = surroundings;
  const { folder: home, missing, fault } = walk(cacheHome(surroundings), { fs, user });
  const folder = join(home, 'memtop');
  const stats = fs.lstatSync(folder);
  if (user === undefined || !stats.isDirectory() || stats.uid !== user || (stats.mode & openToOthers) !== 0) {
    throw new Error(`${folder} is not private`);
  }
  if (fault !== undefined || missing.length > 0) throw new Error(`${home} is not safe`);
  return folder;
}

/**
 * Reads a file that holds its content twice, and throws unless it is the user's own, private, and the two are equal.
 * V8 does not check a cache: one that is damaged kills the process. Comparing with a copy takes a tenth of a millisecond,
 * where loading a module that can compute a checksum takes two or more.
 * @param {Surroundings} surroundings
 * @param {string} path
 */
function readTwice({ fs, user }, path) {
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = fs.constants;
  const descriptor = fs.openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  try {
    const stats = fs.fstatSync(descriptor);
    const { uid, mode, nlink, size } = stats;
    if (!stats.isFile() || uid !== user || (mode & openToOthers) !== 0 || nlink !== 1) {
      throw new Error(`${path} is not ours`);
    }
    if (size === 0 || size % 2 !== 0 || size > mostBytes) throw new Error(`${path} is damaged`);
    return readEqualHalves(fs, descriptor, size / 2);
  } finally {
    fs.closeSync(descriptor);
  }
}

/**
 * @param {typeof nodeFs} fs
 * @param {number} descriptor
 * @param {number} length of a half, in bytes
 */
function readEqualHalves(fs, descriptor, length) {
  const content = Buffer.allocUnsafeSlow(length);
  const piece = Buffer.allocUnsafeSlow(Math.min(length, pieceBytes));
  if (fs.readSync(descriptor, content, 0, length, 0) !== length) throw new Error('cut off');
  for (let start = 0; start < length; start += pieceBytes) {
    const bytes = fs.readSync(descriptor, piece, 0, Math.min(pieceBytes, length - start), length + start);
    if (bytes === 0 || content.compare(piece, 0, bytes, start, start + bytes) !== 0) throw new Error('damaged');
  }
  return content;
}

/**
 * Writes content twice into a new file that then takes its name: a reader never sees half of it.
 * @param {Surroundings} surroundings
 * @param {string} name
 * @param {Buffer} content
 */
function writeTwice(surroundings, name, content) {
  const { fs, user, writer } = surroundings;
  if (user === undefined) throw new Error('there are no user ids here');
  const folder = join(cacheHome(surroundings), 'memtop');
  // It is made by the writer where it is missing. One that is there has to be private.
  if (fs.lstatSync(folder, { throwIfNoEntry: false }) !== undefined) safeFolder(surroundings);
  const twice = Buffer.concat([content, content]);
  writer()(join(folder, name), twice, { choice: 'own', mode: 0o600, mayReplace: () => true, isForgettable: true });
}

/**
 * Removes what other builds left of the same bundle, and the oldest files of this one where there are many ways of
 * starting. Other versions of Node.js keep theirs.
 * @param {Surroundings} surroundings
 * @param {string} folder
 * @param {{ key: string, ending: string }} written the bundle, and what its files end with before the flags
 */
function removeOlder({ fs }, folder, { key, ending }) {
  /** @type {{ path: string, time: number }[]} */
  const same = [];
  for (const name of fs.readdirSync(folder)) {
    const [, bundle, build, rest] = ourName.exec(name) ?? [];
    const path = join(folder, name);
    if (bundle === undefined || !key.startsWith(`${bundle}-`)) continue;
    if (key !== `${bundle}-${build}`) fs.rmSync(path, { force: true });
    else if (rest?.startsWith(ending) && name.endsWith('.bin')) same.push({ path, time: fs.lstatSync(path).mtimeMs });
  }
  same.sort((a, b) => b.time - a.time);
  for (const { path } of same.slice(mostWays)) fs.rmSync(path, { force: true });
}

module.exports = { openCodeCache };
