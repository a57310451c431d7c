// Follows a path as the kernel does (path_resolution(7)) and finds what another user could change on the way: the one
// check before memtop writes a file, or runs compiled code that it kept in one.

'use strict';

const nodeFs = require('node:fs');

const writableByGroup = 0o020;
const writableByOthers = 0o002;
const sticky = 0o1000;
/** As many links as Linux follows in one path. */
const mostLinks = 40;

/**
 * @typedef {object} Surroundings what differs between users, and in tests
 * @property {Pick<typeof nodeFs, 'lstatSync' | 'readlinkSync'>} fs
 * @property {number | undefined} user the effective user id; undefined on systems without user ids: nothing is refused
 * @property {number | undefined} group the effective group id
 */

/**
 * @typedef {object} Fault
 * @property {string} path the folder or link
 * @property {string} message what is wrong with it, the beginning of a sentence
 */

/**
 * @typedef {object} Walk
 * @property {string} folder the deepest folder that is there, without links
 * @property {string[]} missing the names below it that are not there, the last one included; empty when all is there
 * @property {string | undefined} name of what the path leads to within `folder`, when that is not a folder itself
 * @property {Fault | undefined} fault the first thing on the way that another user can change
 */

/**
 * Follows an absolute path. A link is followed where only root or the user can have made it; below a folder that
 * another user can change, no link is followed at all. The result stays valid as long as there is no fault: only
 * root and the user could change it.
 *
 * @param {string} path absolute
 * @param {Partial<Surroundings>} [given]
 * @returns {Walk}
 * @throws {Error} with a code, as lstat(2) has them, and ELOOP for a link that must not be followed
 */
function walk(path, given) {
  const surroundings = { fs: nodeFs, user: process.geteuid?.(), group: process.getegid?.(), ...given };
  const { fs } = surroundings;
  const names = parts(path);
  let folder = '/';
  let links = 0;
  let fault = folderFault(surroundings, '/', fs.lstatSync('/'));
  while (names.length > 0) {
    const name = /** @type {string} */ (names.shift());
    if (name === '..') {
      folder = parent(folder);
      continue;
    }
    const next = folder === '/' ? `/${name}` : `${folder}/${name}`;
    const stats = fs.lstatSync(next, { throwIfNoEntry: false });
    if (stats === undefined) return { folder, missing: [name, ...names], name: undefined, fault };
    if (stats.isSymbolicLink()) {
      const bad = fault ?? linkFault(surroundings, next, stats);
      if (bad !== undefined) throw Object.assign(new Error(linkMessage(next, bad)), { code: 'ELOOP', path: next });
      links += 1;
      if (links > mostLinks) throw Object.assign(new Error(`${next}: too many links`), { code: 'ELOOP', path: next });
      const target = fs.readlinkSync(next);
      if (target.startsWith('/')) folder = '/';
      names.unshift(...parts(target));
    } else if (stats.isDirectory()) {
      folder = next;
      fault ??= folderFault(surroundings, next, stats);
    } else {
      if (names.length > 0) throw Object.assign(new Error(`${next} is not a folder`), { code: 'ENOTDIR', path: next });
      return { folder, missing: [], name, fault };
    }
  }
  return { folder, missing: [], name: undefined, fault };
}

/** @param {string} path */
function parts(path) {
  return path.split('/').filter((name) => name !== '' && name !== '.');
}

/** @param {string} folder */
function parent(folder) {
  return folder.slice(0, folder.lastIndexOf('/')) || '/';
}

/**
 * In a sticky folder only the owner can move or remove files (inode(7)): it is as safe as one that others
 * cannot write to. A group that has the number of its user is that user's own, as useradd(8) makes them.
 * @param {Surroundings} surroundings
 * @param {string} path
 * @param {nodeFs.Stats} stats
 * @returns {Fault | undefined}
 */
function folderFault({ user, group }, path, { uid, gid, mode }) {
  if (user === undefined) return undefined;
  if (uid !== 0 && uid !== user) return { path, message: `${path} belongs to another user (uid ${uid})` };
  if ((mode & sticky) !== 0) return undefined;
  if ((mode & writableByOthers) !== 0) return { path, message: `${path} can be changed by every user` };
  const isOwnGroup = user !== 0 && gid === user && gid === group;
  if ((mode & writableByGroup) === 0 || isOwnGroup) return undefined;
  return { path, message: `${path} can be changed by its group (gid ${gid})` };
}

/**
 * A link with a second name may have been made elsewhere, by another user (link(2)).
 * @param {Surroundings} surroundings
 * @param {string} path
 * @param {nodeFs.Stats} stats
 * @returns {Fault | undefined}
 */
function linkFault({ user }, path, { uid, nlink }) {
  if (user === undefined || ((uid === 0 || uid === user) && nlink === 1)) return undefined;
  return { path, message: `${path} is a link that another user made (uid ${uid})` };
}

/**
 * @param {string} path
 * @param {Fault} fault
 */
function linkMessage(path, fault) {
  return fault.path === path ? fault.message : `${path} is a link, and ${fault.message}`;
}

module.exports = { walk };
