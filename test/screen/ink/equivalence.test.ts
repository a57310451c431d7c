// The stand-ins for Ink's files draw exactly what Ink's own files draw, cell by cell.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { bundleEntry } from '../../../scripts/build/bundle.js';
import { replacements } from '../../../scripts/build/replaced-files.js';
import { drawnCells } from '../../helpers/screen.ts';

type Layouts = typeof import('../../build/programs/layouts.tsx');

const root = resolve(import.meta.dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'memtop-equivalence-'));
const entry = 'test/build/programs/layouts.tsx';
const withRequire = `import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);\n`;

/** Bundles the layouts with Ink as it is, or as memtop ships it, and loads the bundle. */
async function load(isStock: boolean, name: string): Promise<Layouts> {
  const bundle = { entry, file: 'layouts', target: isStock ? 'node22' : 'node20', hasPackages: true };
  const needed = ['ink/build/reconciler.js', 'ink/build/ink.js'];
  const onlyEdits = replacements.filter(({ file }) => needed.includes(file));
  const { text } = await bundleEntry(bundle, isStock ? { root, replaced: onlyEdits, format: 'esm' } : { root });
  const path = join(folder, name);
  writeFileSync(path, isStock ? withRequire + text : text);
  return import(pathToFileURL(path).href);
}

// Ink's colours come from chalk, which looks for a terminal when it is loaded.
process.env['FORCE_COLOR'] = '3';
const stock = await load(true, 'stock.mjs');
const fast = await load(false, 'fast.cjs');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const frames = 32;
const columns = 64;
const rows = 20;

describe('frames drawn with the stand-ins look like those of Ink itself', () => {
  it.each(stock.names)('%s', async (name) => {
    const expected = stock.framesOf(name, frames);
    const actual = fast.framesOf(name, frames);
    expect(expected).toHaveLength(frames);
    expect(actual).toHaveLength(frames);
    for (const [index, frame] of expected.entries()) {
      if (actual[index] === frame) continue;
      const [wanted, drawn] = await Promise.all([
        drawnCells(frame, columns, rows),
        drawnCells(actual[index] ?? '', columns, rows),
      ]);
      expect(drawn, `frame ${index}:\n${JSON.stringify(frame)}\n${JSON.stringify(actual[index])}`).toEqual(wanted);
    }
  });
});

describe('the stand-ins keep what is slow to load away', () => {
  it('rows of plain text are drawn without ever making a segmenter', async () => {
    const made = vi.fn();
    class CountedSegmenter extends Intl.Segmenter {
      constructor(...given: ConstructorParameters<typeof Intl.Segmenter>) {
        super(...given);
        made();
      }
    }
    vi.stubGlobal('Intl', Object.create(Intl, { Segmenter: { value: CountedSegmenter } }));
    onTestFinished(() => void vi.unstubAllGlobals());
    const fresh = await load(false, 'fresh.cjs');
    expect(fresh.framesOf('content that just fits its box', 3)).toHaveLength(3);
    expect(made).not.toHaveBeenCalled();
    fresh.framesOf('wide characters', 1);
    expect(made).toHaveBeenCalled();
  });
});
