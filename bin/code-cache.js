// Keeps V8's code cache between starts, in a folder that nobody else can write to: for root it is code like any other.

'use strict';

const nodeFs = require('node:fs');
const { homedir } = require('node:os');
const { dirname, isAbsolute, join } = require('node:path');

const writableByOthers = 0o022;
const openToOthers = 0o077;
const mostBytes = 32 * 1024 * 1024;
const pieceBytes = 64 * 1024;

/** The names this file gives; nothing else in the folder is ever touched. */
const ourName = /^([\w-]+\.cjs)-([0-9a-f]{16})-v[\w.-]+\.bin(?:\.\d+\.tmp)?$/;

/**
 * @typedef {object} Surroundings what differs between users, and in tests
 * @property {typeof nodeFs} fs
 * @property {Record<string, string | undefined>} env
 * @property {number | undefined} user the effective user id; undefined where there are none
 * @property {string} top the folder above which nothing is checked
 */

/**
 * @typedef {object} CodeCache
 * @property {(key: string) => Buffer | undefined} read what was kept under a key; nothing unless it is surely ours
 * @property {(key: string, produce: () => Buffer) => void} write keeps something under a key, if there is a safe place
 */

/**
 * The user's code cache. Whatever is wrong with it, memtop just starts without one: no method throws. There is none on
 * systems without user ids.
 * @param {Partial<Surroundings>} [given]
 * @returns {CodeCache}
 */
function openCodeCache(given) {
  /** @type {Surroundings} */
  const surroundings = { fs: nodeFs, env: process.env, user: process.geteuid?.(), top: '/', ...given };
  /** @param {string} key */
  const fileOf = (key) => `${key}-${process.version}-${process.arch}.bin`;
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
        makeFolder(surroundings);
        const folder = safeFolder(surroundings);
        writeTwice(surroundings, join(folder, fileOf(key)), produce());
        removeOlder(surroundings, folder, key);
      } catch {
        // The next start compiles again: slower, and nothing else.
      }
    },
  };
}

/**
 * Where caches belong, by the XDG base directory specification, which says to ignore a relative path.
 * @param {Surroundings} surroundings
 */
function cacheHome({ env }) {
  const { XDG_CACHE_HOME: chosen, HOME: home } = env;
  if (chosen !== undefined && isAbsolute(chosen)) return chosen;
  return join(home !== undefined && isAbsolute(home) ? home : homedir(), '.cache');
}

/**
 * Throws unless a folder belongs to root or the user and nobody else can change what is in it; so for all above it.
 * @param {Surroundings} surroundings
 * @param {string} folder without symbolic links in its path
 */
function checkAncestry({ fs, user, top }, folder) {
  for (let path = folder; ; path = dirname(path)) {
    const { uid, mode } = fs.lstatSync(path);
    if ((uid !== 0 && uid !== user) || (mode & writableByOthers) !== 0) throw new Error(`${path} is not safe`);
    if (path === top || path === dirname(path)) return;
  }
}

/**
 * The path of the cache's folder, free of symbolic links; throws unless it is the user's own and private.
 * @param {Surroundings} surroundings
 */
function safeFolder(surroundings) {
  const { fs, user } = surroundings;
  const home = fs.realpathSync(cacheHome(surroundings));
  const folder = join(home, 'memtop');
  const stats = fs.lstatSync(folder);
  if (user === undefined || !stats.isDirectory() || stats.uid !== user || (stats.mode & openToOthers) !== 0) {
    throw new Error(`${folder} is not private`);
  }
  checkAncestry(surroundings, home);
  return folder;
}

/**
 * Makes the folder where it is missing, below folders that are safe.
 * @param {Surroundings} surroundings
 */
function makeFolder(surroundings) {
  const { fs, user } = surroundings;
  if (user === undefined) throw new Error('there are no user ids here');
  const folder = join(cacheHome(surroundings), 'memtop');
  let existing = dirname(folder);
  while (!fs.existsSync(existing) && existing !== dirname(existing)) existing = dirname(existing);
  checkAncestry(surroundings, fs.realpathSync(existing));
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
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
 * @param {string} path
 * @param {Buffer} content
 */
function writeTwice({ fs }, path, content) {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    fs.writeFileSync(temporary, Buffer.concat([content, content]), { flag: 'wx', mode: 0o600 });
    fs.renameSync(temporary, path);
  } catch (error) {
    fs.rmSync(temporary, { force: true });
    throw error;
  }
}

/**
 * Removes what other builds left of the same bundle. Other versions of Node.js keep theirs.
 * @param {Surroundings} surroundings
 * @param {string} folder
 * @param {string} key
 */
function removeOlder({ fs }, folder, key) {
  for (const name of fs.readdirSync(folder)) {
    const [, bundle, build] = ourName.exec(name) ?? [];
    if (bundle !== undefined && key.startsWith(`${bundle}-`) && key !== `${bundle}-${build}`) {
      fs.rmSync(join(folder, name), { force: true });
    }
  }
}

module.exports = { openCodeCache };
