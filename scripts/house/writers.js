// Mutable fields that come in groups have one writer for each group: the line `// Written by x.ts.` above a group names it.

import { posix } from 'node:path';
import { importsOf } from './modules.js';

/** @import { File } from './tree.js' */

const GROUP = /^ {2}\/\/ Written by (\S+)\.$/;
const FIELD = /^ {2}(\w+)(?:\?|!)?(?:: | = )/;
/** An object that is not `this`, a field of it, and an assignment: `row.pages = `, `row.unchanged++`. */
const WRITE = /(?<![\w.#]|this)\b(?!this\.)\w+\.(\w+)(?: (?:[-+*/%&|^]|\*\*|\?\?|\|\||&&|<<|>>>?)?= |\+\+|--)/g;

/**
 * The fields of the groups in a file, and the path of the writer of each.
 * @param {File} file
 * @returns {Map<string, string>}
 */
const writersIn = ({ path, text }) => {
  /** @type {Map<string, string>} */
  const writers = new Map();
  /** @type {string | undefined} */
  let writer;
  for (const line of text.split('\n')) {
    const named = GROUP.exec(line)?.[1];
    if (named !== undefined) writer = posix.join(posix.dirname(path), named);
    else if (/^(?: {2}constructor\(|\})/.test(line)) writer = undefined;
    const field = FIELD.exec(line)?.[1];
    if (writer !== undefined && field !== undefined) writers.set(field, writer);
  }
  return writers;
};

/**
 * The fields that a file writes, with the lines they are written in.
 * @param {File} file
 */
const writesIn = ({ text }) =>
  text
    .split('\n')
    .flatMap((line, index) => [...line.matchAll(WRITE)].map(([, field = '']) => ({ field, line: index + 1 })));

/**
 * Each place that writes a field of such a group and is not in its writer, and each field that its writer does not write.
 * @param {File[]} sources
 * @returns {{ path: string, sentence: string }[]}
 */
export const strayWrites = (sources) =>
  sources.flatMap((owner) => {
    const writers = writersIn(owner);
    if (writers.size === 0) return [];
    const writes = sources
      .filter((file) => importsOf(file).includes(owner.path))
      .flatMap((file) => writesIn(file).map((write) => ({ ...write, path: file.path })));
    const strays = writes
      .filter(({ field, path }) => writers.has(field) && writers.get(field) !== path)
      .map(({ field, line, path }) => ({
        path,
        sentence: `${path}:${line}: only ${writers.get(field)} writes ${field} of ${owner.path}.`,
      }));
    const idle = [...writers]
      .filter(([field, writer]) => !writes.some((write) => write.field === field && write.path === writer))
      .map(([field, writer]) => ({
        path: owner.path,
        sentence: `${owner.path}: ${field} is said to be written by ${writer}, which does not write it.`,
      }));
    return [...strays, ...idle];
  });
