// How large folders and files of src may be.

/** @import { File } from './tree.js' */

/** Maximum number of files in a folder of src, without its subfolders. */
export const MOST_FILES = 20;

/** Maximum number of lines in a file of src. */
export const MOST_LINES = 250;

/**
 * @typedef {object} Folder
 * @property {string} path
 * @property {number} files in the folder itself
 * @property {number} lines of those files
 */

/** @param {string} path */
export const folderOf = (path) => path.slice(0, path.lastIndexOf('/'));

/** @param {string} text */
const linesOf = (text) => text.split('\n').length - 1;

/**
 * The folders that hold files, in order of their paths.
 * @param {File[]} sources
 * @returns {Folder[]}
 */
export const foldersOf = (sources) => {
  /** @type {Map<string, Folder>} */
  const folders = new Map();
  for (const { path, text } of sources) {
    const folder = folders.get(folderOf(path)) ?? { path: folderOf(path), files: 0, lines: 0 };
    folders.set(folder.path, { ...folder, files: folder.files + 1, lines: folder.lines + linesOf(text) });
  }
  return [...folders.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
};

/**
 * One line a folder: files, lines, path.
 * @param {Folder[]} folders
 * @returns {string}
 */
export const tableOf = (folders) => {
  const all = {
    path: 'src, whole',
    files: folders.reduce((sum, { files }) => sum + files, 0),
    lines: folders.reduce((sum, { lines }) => sum + lines, 0),
  };
  const rows = [...folders, all].map(
    ({ path, files, lines }) => `${String(files).padStart(5)}  ${String(lines).padStart(6)}  ${path}`,
  );
  return ['files   lines  folder', ...rows, ''].join('\n');
};

/**
 * @param {Folder[]} folders
 * @returns {{ path: string, sentence: string }[]}
 */
export const wideFolders = (folders) =>
  folders
    .filter(({ files }) => files > MOST_FILES)
    .map(({ path, files }) => ({
      path,
      sentence: `${path} has ${files} files, more than ${MOST_FILES}: give what belongs together a folder of its own.`,
    }));

/**
 * @param {File[]} sources
 * @returns {{ path: string, sentence: string }[]}
 */
export const longFiles = (sources) =>
  sources
    .map(({ path, text }) => ({ path, lines: linesOf(text) }))
    .filter(({ lines }) => lines > MOST_LINES)
    .map(({ path, lines }) => ({
      path,
      sentence: `${path} has ${lines} lines, more than ${MOST_LINES}: split it by noun, or list it as a table in allowed.json.`,
    }));
