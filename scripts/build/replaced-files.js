// Files of other packages that the bundle replaces or edits. Each is checked by its hash, so that an update is noticed.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {object} Replacement
 * @property {string} file inside node_modules
 * @property {string} sha256 of the file that the replacement was written for
 * @property {string} [by] the module that stands in for it, from the root of the package
 * @property {string} [name] the export of that module which becomes the default one; its other exports keep their names
 * @property {(source: string) => string} [edit] what to change in it, where it is not replaced as a whole
 * @property {true} [isLazy] load it when its default export, a function, is called first. Segmenters and patterns of
 *   Unicode properties, made while modules load, are half of the time to the first frame.
 * @property {string} why
 */

/** @param {string} source */
const withoutDeveloperTools = (source) => source.replaceAll("process.env['DEV'] === 'true'", 'false');

const sameRoom = join(import.meta.dirname, '../../src/screen/ink/same-space.ts').replaceAll('\\', '/');

/** @param {string} source */
const withLayoutsKept = (source) =>
  `import { takesSameSpace } from ${JSON.stringify(sameRoom)};\n${source}`.replace(
    '    node.nodeValue = text;\n    markNodeAsDirty(node);',
    '    if (takesSameSpace(node, text)) { node.nodeValue = text; return; }\n    node.nodeValue = text;\n    markNodeAsDirty(node);',
  );

/**
 * Texts of a few frames, not of a quarter of an hour: with every sample nearly all of them are new.
 * @param {string} source
 */
const withFewTextsKept = (source) =>
  source.replace('new QuickLRU({ maxSize: 4096 })', 'new QuickLRU({ maxSize: 256 })');

/** @type {readonly Replacement[]} */
export const replacements = [
  {
    file: 'ink/build/output.js',
    sha256: '5e6c511c0a573f48cd5765d7f1f16583d2595f7b05775608382bdb990b63f225',
    by: 'src/screen/ink/output.ts',
    name: 'Output',
    why: 'it makes an object of every cell of every frame',
  },
  {
    file: 'ink/build/sanitize-ansi.js',
    sha256: 'd1f9783713dc610e01188ae37e339ce151abb922c4ea4e119deb55f90c50659e',
    by: 'src/screen/ink/sanitize-ansi.ts',
    name: 'sanitizeAnsi',
    why: 'it takes every text of every frame apart',
  },
  {
    file: 'ink/build/squash-text-nodes.js',
    sha256: 'a66185343ca591a7618b5300289a910753c2c8d0299c0e8b5945240263ed69c6',
    by: 'src/screen/ink/squash-text-nodes.ts',
    name: 'squashTextNodes',
    why: 'it joins and searches every text of every frame',
  },
  {
    file: 'string-width/index.js',
    sha256: 'abc20775da6b552188b098688ebec671e29f5416d6339d3534bb7b016174003e',
    by: 'src/screen/ink/string-width.ts',
    name: 'stringWidth',
    why: 'it segments every text of every frame',
  },
  {
    file: 'signal-exit/index.js',
    sha256: '7cc6f6a1e14dec79dc23f6afd7caca1319189747144e1a33af77616c21d9e9de',
    by: 'src/screen/ink/signal-exit.ts',
    name: 'onSignalExit',
    why: 'the program handles signals itself',
  },
  {
    file: 'yoga-layout/dist/src/index.js',
    sha256: '0c89ff0c01ee90b081b369119f972d72f71eb8882263d94ef0824500817d5de1',
    by: 'src/screen/ink/layout/layout.ts',
    name: 'yoga',
    why: 'it is WebAssembly, whose engine costs memory and time to start',
  },
  {
    file: 'ink/build/reconciler.js',
    sha256: '497b58b448d6cf4342c1808c38fb03588f04e1263db54befb9d96287f364d325',
    edit: withoutDeveloperTools,
    why: "a user's DEV=true must not make it await developer tools, which CommonJS could not",
  },
  {
    file: 'ink/build/ink.js',
    sha256: '54975ccb060dbc0f155990fe210a62eb00fa648cc89e60e68cb271395feb456a',
    edit: withoutDeveloperTools,
    why: 'the same',
  },
  {
    file: 'ink/build/dom.js',
    sha256: '01694f6ec044c811ee13743c2bff8d22079c79e7b08982780d31916d7e3088a7',
    edit: withLayoutsKept,
    why: 'every changed text causes a layout of the whole frame',
  },
  {
    file: 'ink/build/measure-text.js',
    sha256: 'f646e9d5f3c4ec847694f28355c4c5e32772f0150eeb0e05217a53e544548c71',
    edit: withFewTextsKept,
    why: 'it keeps up to 8192 texts, megabytes that grow for hours',
  },
  {
    file: 'ink/build/wrap-text.js',
    sha256: 'adfefd17fc886b0e56e373488519ab838a31f18fe586b4836e4733147564e44a',
    isLazy: true,
    edit: withFewTextsKept,
    why: 'only text that is too long for its place is wrapped; and it keeps as many texts',
  },
  {
    file: 'ink/build/line-update.js',
    sha256: '3101b3bbf790a845dc0268343f1d5d033ffa6468f2b8ea8947336c03d50d828f',
    isLazy: true,
    why: 'frames are not written by Ink',
  },
  {
    file: 'ink/build/components/ErrorOverview.js',
    sha256: 'dd6fc254679a8f71f04b47c6e9cbd769344256e0b78fb070e1f3071a33b43ca9',
    isLazy: true,
    why: 'it is shown only when something was thrown',
  },
  {
    file: 'wrap-ansi/index.js',
    sha256: '0c65e1cad00d994a60eb6755ea7ed1bde4d81d072b0ab83d19a301bf67ca1750',
    isLazy: true,
    why: 'the same as for wrap-text',
  },
  {
    file: 'patch-console/dist/index.js',
    sha256: '79f406163329ec07b11fbd4c19d0de3a7b0199b17f0cfa96e135316bea76e033',
    isLazy: true,
    why: 'the console is not patched',
  },
  {
    file: 'terminal-size/index.js',
    sha256: 'e9869170041390b3addb2cf10ec451fb8e8a3d6cdb6ff9730522218c910540ea',
    isLazy: true,
    why: 'the size of the screen is always known',
  },
];

/**
 * Reads a file of another package, and refuses one that differs from the one that its replacement was written for.
 * @param {string} path
 * @param {Replacement} replacement
 * @returns {string}
 */
export function readGuarded(path, replacement) {
  const source = readFileSync(path);
  const found = createHash('sha256').update(source).digest('hex');
  if (found === replacement.sha256) return source.toString();
  const standIn = replacement.by ?? 'scripts/build/replaced-files.js';
  throw new Error(
    `node_modules/${replacement.file} is not the file that ${standIn} was written for (sha256 ${found}). ` +
      'Compare the two versions, adapt the replacement, run the equivalence test, then change the hash.',
  );
}
