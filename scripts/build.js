// Builds dist: the program without a screen, the screen, the agents, and the licences of what is in them.

import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleEntry } from './build/bundle.js';
import { agent, attach, chunks, copies } from './build/bundles.js';
import { licenceNotices } from './build/licences.js';

const packageRoot = resolve(import.meta.dirname, '..');

/**
 * Builds everything into a folder, which is emptied first.
 * @param {string} [outdir] dist unless said
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
  const notices = licenceNotices(
    packageRoot,
    built.map(({ metafile }) => metafile),
  );
  writeFileSync(join(outdir, 'THIRD-PARTY-LICENSES.txt'), notices);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    await buildAll();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
