// Collects the licences of all bundled packages, from the metafiles of the bundler.

import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * The folders of the packages that are in the bundles.
 * @param {string} root
 * @param {readonly import('esbuild').Metafile[]} metafiles
 * @returns {string[]} sorted, each once
 */
function bundledPackages(root, metafiles) {
  const folders = new Set();
  for (const { outputs } of metafiles) {
    for (const { inputs } of Object.values(outputs)) {
      for (const [input, { bytesInOutput }] of Object.entries(inputs)) {
        const path = input.replace(/^[\w-]+:/, '');
        const folder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0];
        if (folder !== undefined && bytesInOutput > 0) folders.add(realpathSync(resolve(root, folder)));
      }
    }
  }
  return [...folders].sort();
}

/** Licence texts, from their repositories, of packages that are published without one. */
const missingTexts = join(import.meta.dirname, 'licences');

/**
 * The name, version and licence text of a package.
 * @param {string} folder
 * @returns {string}
 */
function noticeOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^(?:licen[cs]e|copying)(?:[.-]|$)/i.test(entry));
  const path = file === undefined ? join(missingTexts, `${name}.txt`) : join(folder, file);
  if (!existsSync(path)) {
    throw new Error(`${name} ${version} (${license}) is bundled but has no licence text to go along with it.`);
  }
  return `${name} ${version} (${license})\n\n${readFileSync(path, 'utf8').trim()}\n`;
}

/**
 * The text of THIRD-PARTY-LICENSES.txt.
 * @param {string} root
 * @param {readonly import('esbuild').Metafile[]} metafiles
 * @returns {string}
 */
export function licenceNotices(root, metafiles) {
  const line = `\n${'-'.repeat(80)}\n\n`;
  const head = 'The bundles in this folder contain the following packages, under these licences.\n';
  return [head, ...bundledPackages(root, metafiles).map(noticeOf)].join(line);
}
