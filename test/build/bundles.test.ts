// What goes into the bundles, and what keeps them honest.

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { bundleEntry } from '../../scripts/build/bundle.js';
import { chunks, withinMain } from '../../scripts/build/bundles.js';
import { licenceNotices } from '../../scripts/build/licences.js';
import { readGuarded, replacements } from '../../scripts/build/replaced-files.js';
import { COMMANDS } from '../../src/commands/table.ts';

const root = resolve(import.meta.dirname, '../..');
const program = (name: string) => ({
  entry: `test/build/programs/${name}.ts`,
  file: `${name}.cjs`,
  target: 'node20',
  hasPackages: true,
});

/** The files that an `import()` somewhere in src leads to, but for those inside the agent. */
function loadedLater(): string[] {
  const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => join(root, 'src', path));
  const targets = sources.flatMap((path) =>
    [...readFileSync(path, 'utf8').matchAll(/\bimport\('(\.[^']+)'\)/g)].map(([, target]) =>
      relative(root, resolve(dirname(path), target!)),
    ),
  );
  return [...new Set(targets)].filter((path) => !path.startsWith('src/agent/node/')).sort();
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'memtop-bundles-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

it('whatever is imported only when it is needed is a bundle of its own, or listed as part of the main one', () => {
  const launched = [...readFileSync(join(root, 'bin/memtop.js'), 'utf8').matchAll(/'([\w-]+\.cjs)'/g)].map(
    ([, file]) => file,
  );
  const bundles = chunks.filter(({ file }) => !launched.includes(file)).map(({ entry }) => entry);
  expect([...bundles, ...withinMain].sort()).toEqual(loadedLater());
});

it('each command of the table is loaded from a bundle of its name, or is part of the main one', () => {
  for (const { name } of COMMANDS) {
    const entry =
      chunks.find(({ file }) => file === `${name}.cjs`)?.entry ??
      withinMain.find((path) => path.endsWith(`/${name}.ts`));
    expect(entry, name).toMatch(new RegExp(`^src/commands/(?:${name}/)?${name}\\.ts$`));
  }
});

it.each(replacements.map((replacement) => [replacement.file, replacement] as const))(
  '%s is the file its replacement was written for',
  (file, replacement) => {
    expect(readGuarded(join(root, 'node_modules', file), replacement)).not.toBe('');
  },
);

it.each(replacements.flatMap((replacement) => (replacement.edit ? [[replacement.file, replacement] as const] : [])))(
  'the edit of %s changes it',
  (file, replacement) => {
    const source = readGuarded(join(root, 'node_modules', file), replacement);
    expect(replacement.edit?.(source)).not.toBe(source);
  },
);

it('the screen keeps the texts of a few frames and no more', async () => {
  const { text } = await bundleEntry(program('screen'), { root });
  const sizes = [...text.matchAll(/maxSize:\s*(\d+)/g)].map(([, size]) => Number(size));
  expect(sizes.length).toBeGreaterThan(0);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(256);
});

it('a replaced file that is not the expected one is refused with what to do', () => {
  const path = join(temporaryFolder(), 'output.js');
  writeFileSync(path, 'export default class Output {}');
  const replacement = replacements.find(({ file }) => file === 'ink/build/output.js')!;
  expect(() => readGuarded(path, replacement)).toThrow(
    /ink\/build\/output\.js is not the file that src\/screen\/ink\/output\.ts was written for.*Compare/s,
  );
});

it('the program without a screen holds nothing of Ink or React', async () => {
  const chunks = [program('main'), program('screen')];
  const { metafile, text } = await bundleEntry(program('main'), { root, chunks });
  expect(Object.keys(metafile.inputs).filter((path) => path.includes('node_modules'))).toEqual([]);
  expect(text).toContain('require("./screen.cjs")');
});

it('the screen holds the production build of React, and no developer tools', async () => {
  const { metafile, text } = await bundleEntry(program('screen'), { root });
  const inputs = Object.keys(metafile.inputs).join('\n');
  expect(inputs).toContain('react-reconciler.production.js');
  expect(inputs).not.toMatch(/development\.js|devtools/);
  expect(text).not.toContain('process.env.NODE_ENV');
});

it('a bundle begins with a mark that changes with its content', async () => {
  const mark = async (name: string) => (await bundleEntry(program(name), { root })).text.slice(0, 19);
  const [main, again, screen] = [await mark('main'), await mark('main'), await mark('screen')];
  expect(main).toMatch(/^\/\/[0-9a-f]{16}\n$/);
  expect(again).toBe(main);
  expect(screen).not.toBe(main);
});

it('a bundle is pure ASCII, as the launcher reads it', async () => {
  const { text } = await bundleEntry(program('screen'), { root });
  expect(/^[\0-\x7f]*$/.test(text)).toBe(true);
});

it('a bundle that has to do without packages is refused when it imports one', async () => {
  const bundle = { ...program('screen'), hasPackages: false };
  await expect(bundleEntry(bundle, { root })).rejects.toThrow(/is a package, and this file has to do without packages/);
});

it('every bundled package is named with its licence', async () => {
  const { metafile } = await bundleEntry(program('screen'), { root });
  const notices = licenceNotices(root, [metafile]);
  for (const name of ['ink', 'react', 'react-reconciler', 'scheduler', 'chalk']) {
    expect(notices).toMatch(
      new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(MIT\\)\\n\\n.*Permission is hereby granted`, 'ms'),
    );
  }
});

it('the screen holds nothing of Yoga: not its WebAssembly, not its licence', async () => {
  const { metafile, text } = await bundleEntry(program('screen'), { root });
  expect(Object.keys(metafile.inputs).join('\n')).toContain('src/screen/ink/layout/layout.ts');
  expect(text).not.toContain('WebAssembly');
  expect(licenceNotices(root, [metafile])).not.toContain('yoga-layout');
});

it('a bundled package without a licence text fails the build', async () => {
  const folder = temporaryFolder();
  const bare = join(folder, 'node_modules/bare');
  mkdirSync(bare, { recursive: true });
  writeFileSync(join(bare, 'package.json'), '{"name":"bare","version":"1.0.0","license":"MIT","main":"index.js"}');
  writeFileSync(join(bare, 'index.js'), 'module.exports = 1;');
  writeFileSync(join(folder, 'package.json'), '{"name":"folder","version":"1.0.0"}');
  writeFileSync(join(folder, 'main.js'), "import bare from 'bare'; console.log(bare);");
  const bundle = { entry: 'main.js', file: 'main.cjs', target: 'node20', hasPackages: true };
  const { metafile } = await bundleEntry(bundle, { root: folder, replaced: [] });
  expect(() => licenceNotices(folder, [metafile])).toThrow(/bare 1\.0\.0 \(MIT\) is bundled but has no licence text/);
});
