// Runs a TypeScript file, which Node.js 20 cannot do by itself: node scripts/run-ts.js FILE [ARGUMENT…]

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { textLoaders } from './build/text-files.js';

const [file, ...words] = process.argv.slice(2);
if (file === undefined) {
  process.stderr.write('Which file? Usage: node scripts/run-ts.js FILE [ARGUMENT…]\n');
  process.exit(2);
}
const root = resolve(import.meta.dirname, '..');
const { outputFiles } = await build({
  entryPoints: [resolve(file)],
  bundle: true,
  write: false,
  outdir: root,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  packages: 'external',
  loader: textLoaders,
  sourcemap: 'inline',
});
// Next to node_modules, so that packages are found.
const folder = mkdtempSync(join(root, 'node_modules', '.run-ts-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
const script = join(folder, 'script.mjs');
writeFileSync(script, outputFiles[0]?.text ?? '');
process.argv = [process.argv[0] ?? 'node', resolve(file), ...words];
await import(pathToFileURL(script).href);
