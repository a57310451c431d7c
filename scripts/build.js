// Builds dist: the program without a screen, the screen, the agents, and the licences of what is in them.

import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleEntry } from './build/bundle.js';
import { agent, attach, chunks, copies } from './build/bundles.js';
import { licenceNotices } from './build/licences.js';

const packageRoot = resolve(import.meta.dirname, '..');

/**
 * Builds everything into a folder, which is emptied first.
 * @param {string} [outdir] default: dist
 * @returns {Promise<void>}
 */
export async function buildAll(outdir = join(packageRoot, 'dist')) {
  const bundles = [...chunks, agent, attach];
  const built = await Promise.all(bundles.map((bundle) => bundleEntry(bundle, { root: packageRoot, chunks })));
  rmSync(outdir, { recursive: true, force: true });
  mkdirSync(outdir, { recursive: true });
  for (const [index, { text }] of built.entries()) writeFileSync(join(outdir, bundles[index]?.file ?? ''), text);
  for (const { from, to } of copies) {
    const filter = (/** @type {string} */ path) => !path.includes('__pycache__');
    cpSync(join(packageRoot, from), join(outdir, to), { recursive: true, filter });
  }
  writeFileSync(join(outdir, 'agents.id'), identityOf(outdir, [agent.file, ...copies.map(({ to }) => to)]));
  const notices = licenceNotices(
    packageRoot,
    built.map(({ metafile }) => metafile),
  );
  writeFileSync(join(outdir, 'THIRD-PARTY-LICENSES.txt'), notices);
}

/**
 * A hash (16 hex digits) of the files that are loaded into other programs: the name of `memtop run`'s copy of them.
 * @param {string} outdir
 * @param {readonly string[]} names of files and folders in it
 * @returns {string}
 */
function identityOf(outdir, names) {
  const hash = createHash('sha256');
  const inFolders = readdirSync(outdir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(outdir, join(parentPath, name)))
    .filter((path) => names.some((name) => path === name || path.startsWith(`${name}${sep}`)));
  for (const path of inFolders.sort()) {
    const content = readFileSync(join(outdir, path));
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex').slice(0, 16);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    await buildAll();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
