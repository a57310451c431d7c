// Bundles one entry with esbuild and marks it with the hash of its content.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { build } from 'esbuild';
import { runtimePackages } from './bundles.js';
import { lazyPackages, replacedFiles, separateChunks } from './plugins.js';
import { replacements } from './replaced-files.js';
import { withReportPage } from './report-page.js';
import { textLoaders } from './text-files.js';

/** @type {import('esbuild').Plugin} */
const noPackages = {
  name: 'no-packages',
  setup({ onResolve }) {
    onResolve({ filter: /^[^.]/ }, ({ path, kind }) =>
      kind === 'entry-point' || path.startsWith('node:')
        ? undefined
        : { errors: [{ text: `${path} is a package, and this file has to do without packages.` }] },
    );
  },
};

/**
 * @typedef {object} BundleOptions
 * @property {string} root the folder with package.json
 * @property {readonly import('./bundles.js').Bundle[]} [chunks] the bundles that an import() may lead to
 * @property {readonly import('./replaced-files.js').Replacement[]} [replaced] other packages' files to replace; all
 *   default: those of the table
 * @property {'cjs' | 'esm'} [format] of the bundle; default: CommonJS
 */

/**
 * Bundles one entry in memory.
 * @param {import('./bundles.js').Bundle} bundle
 * @param {BundleOptions} options
 * @returns {Promise<{ text: string, metafile: import('esbuild').Metafile }>} the first line of the text is a comment
 *   with 16 hex digits that stand for the content: the launcher's code cache is named by them
 */
export async function bundleEntry({ entry, target, hasPackages, embeds = {} }, options) {
  const { root, chunks = [], replaced = replacements, format = 'cjs' } = options;
  /** @type {import('esbuild').Metafile['outputs'][]} */
  const pages = [];
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: [resolve(root, entry)],
    bundle: true,
    write: false,
    metafile: true,
    outdir: resolve(root, 'dist'),
    platform: 'node',
    format,
    target,
    charset: 'ascii',
    legalComments: 'none',
    minify: true,
    loader: textLoaders,
    define: {
      'process.env.NODE_ENV': '"production"',
      'import.meta.dirname': '__dirname',
      MEMTOP_VERSION: versionOf(root),
      ...(await embedded(embeds, target, root)),
    },
    external: Object.keys(runtimePackages),
    plugins: hasPackages
      ? [
          ...(format === 'cjs' ? [separateChunks(root, chunks), lazyPackages()] : []),
          replacedFiles(root, replaced),
          withReportPage(root, ({ outputs }) => pages.push(outputs)),
        ]
      : [noPackages],
    logLevel: 'silent',
  });
  const text = outputFiles[0]?.text ?? '';
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 16);
  return { text: `//${hash}\n${text}`, metafile: { ...metafile, outputs: Object.assign(metafile.outputs, ...pages) } };
}

/** Modules that an embedded bundle shares with the one it is in, which hands them to it by these names. */
const shared = [
  { file: /\/agent\/node\/runtime\/time\.ts$/, name: 'memtop:time' },
  { file: /\/agent\/protocol\/errors\.ts$/, name: 'memtop:errors' },
];

/** @type {import('esbuild').Plugin} */
const handedIn = {
  name: 'handed-in',
  setup({ onResolve }) {
    onResolve({ filter: /^\./ }, ({ path, resolveDir }) => {
      const found = shared.find(({ file }) => file.test(resolve(resolveDir, path)));
      return found === undefined ? undefined : { path: found.name, external: true };
    });
  },
};

/**
 * Bundles entries, each as a JavaScript string.
 * @param {Readonly<Record<string, string>>} embeds
 * @param {string} target
 * @param {string} root
 * @returns {Promise<Record<string, string>>} by the names that stand for them
 */
async function embedded(embeds, target, root) {
  /** @type {Record<string, string>} */
  const texts = {};
  for (const [name, entry] of Object.entries(embeds)) {
    const { outputFiles } = await build({
      ...{ absWorkingDir: root, entryPoints: [resolve(root, entry)], bundle: true, write: false, minify: true },
      ...{ platform: 'node', format: 'cjs', target, charset: 'ascii', legalComments: 'none', logLevel: 'silent' },
      plugins: [handedIn, noPackages],
    });
    texts[name] = JSON.stringify(outputFiles[0]?.text ?? '');
  }
  return texts;
}

/**
 * The package's version as a JavaScript string.
 * @param {string} root
 */
function versionOf(root) {
  return JSON.stringify(JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8')).version);
}
