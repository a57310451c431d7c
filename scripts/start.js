// What `npm start` runs: builds when sources are newer than dist, then starts memtop in this process.

import { readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');

/**
 * When a file, or anything in a folder, was last changed, in milliseconds; 0 when it does not exist.
 * @param {string} path
 * @returns {number}
 */
export function lastChange(path) {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return 0;
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((name) => lastChange(join(path, name))));
}

const sources = ['src', 'scripts', 'package.json'].map((name) => lastChange(join(root, name)));
if (lastChange(join(root, 'dist/main.cjs')) < Math.max(...sources)) {
  process.stderr.write('Building memtop (first start, or the sources changed)…\n');
  const { buildAll } = await import('./build.js');
  const { stop } = await import('esbuild');
  await buildAll();
  // The service of esbuild is a child of 80 MB that would otherwise live as long as memtop.
  await stop();
}
createRequire(import.meta.url)('../bin/memtop.js');
