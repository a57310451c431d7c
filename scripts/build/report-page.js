// The page of a report: its script and style as text, each one minified file, with the hashes that its policy names.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { build } from 'esbuild';

/** The folder of the page, and the file that its parts are put into. */
const PAGE = 'src/formats/report-html/page';
const PLACE = '/src/formats/report-html/page-parts.ts';

/** The name that stands for the parts there. */
const NAME = 'MEMTOP_REPORT_PAGE';

/** Browsers of the last three years. */
const TARGETS = ['chrome111', 'firefox113', 'safari16.4'];

/** @param {string} text */
const hashOf = (text) => createHash('sha256').update(text).digest('base64');

/**
 * Bundles the page in memory.
 * @param {string} root the folder with package.json
 * @returns {Promise<{ parts: import('../../src/formats/report-html/page-parts.ts').PageParts, metafile: import('esbuild').Metafile }>}
 */
async function reportPage(root) {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: [resolve(root, PAGE, 'page.ts'), resolve(root, PAGE, 'style/page.css')],
    ...{ bundle: true, write: false, metafile: true, minify: true, outdir: resolve(root, 'dist') },
    ...{ platform: 'browser', format: 'iife', target: TARGETS, charset: 'ascii', legalComments: 'none' },
    logLevel: 'silent',
  });
  /** @param {string} ending */
  const textOf = (ending) => outputFiles.find(({ path }) => path.endsWith(ending))?.text.trim() ?? '';
  const [script, style] = [textOf('.js'), textOf('.css')];
  if (/<\/(?:script|style)|<!--/i.test(script + style)) throw new Error('The page would end its own script or style.');
  const uplot = resolve(root, 'node_modules/uplot');
  const { name, version } = JSON.parse(readFileSync(resolve(uplot, 'package.json'), 'utf8'));
  const licences = `${name} ${version}\n\n${readFileSync(resolve(uplot, 'LICENSE'), 'utf8').trim()}`;
  return { parts: { script, style, scriptHash: hashOf(script), styleHash: hashOf(style), licences }, metafile };
}

/**
 * Puts the page into the file that hands it out, and notes what is in it.
 * @param {string} root
 * @param {(metafile: import('esbuild').Metafile) => void} onPage
 * @returns {import('esbuild').Plugin}
 */
export function withReportPage(root, onPage) {
  return {
    name: 'report-page',
    setup({ onLoad }) {
      onLoad({ filter: /[\\/]report-html[\\/]page-parts\.ts$/ }, async ({ path }) => {
        const { parts, metafile } = await reportPage(root);
        onPage(metafile);
        return { contents: `const ${NAME} = ${JSON.stringify(parts)};\n${readFileSync(path, 'utf8')}`, loader: 'ts' };
      });
    },
  };
}

/** The same as a plugin of Vite, for tests. */
export const reportPageForTests = {
  name: 'report-page',
  async transform(/** @type {string} */ code, /** @type {string} */ id) {
    if (!id.endsWith(PLACE)) return undefined;
    const { parts } = await reportPage(id.slice(0, -PLACE.length));
    return { code: `const ${NAME} = ${JSON.stringify(parts)};\n${code}`, map: null };
  },
};
