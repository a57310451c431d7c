// The launcher: runs bundles, keeps their compiled code, and says what is wrong when there is nothing to run.

import { execFile } from 'node:child_process';
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundleEntry } from '../../scripts/build/bundle.js';
import type { Bundle } from '../../scripts/build/bundles.js';

const root = resolve(import.meta.dirname, '../..');
const chunks: Bundle[] = [
  ...['main', 'screen'].map((name) => ({ entry: `test/build/programs/${name}.ts`, file: `${name}.cjs` })),
  { entry: 'src/files/write.ts', file: 'files.cjs' },
].map((bundle) => ({ ...bundle, target: 'node20', hasPackages: true }));

// Below the home folder: no code is kept below one that others can write to, as /tmp is.
const folder = realpathSync(mkdtempSync(join(homedir(), '.memtop-launcher-test-')));
const cacheHome = join(folder, 'cache');
const cache = join(cacheHome, 'memtop');
const isSafe = ancestors(folder).every((path) => {
  const { uid, mode } = lstatSync(path);
  return (uid === 0 || uid === process.geteuid?.()) && (mode & 0o022) === 0;
});

function ancestors(path: string): string[] {
  const parent = resolve(path, '..');
  return parent === path ? [path] : [path, ...ancestors(parent)];
}

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the launcher in the temporary package, and waits until it has ended. */
const launch = launchUnder();

/** The same with flags for node. */
function launchUnder(...flags: string[]): (...words: string[]) => Promise<Ended> {
  const env = { ...process.env, XDG_CACHE_HOME: cacheHome, NODE_OPTIONS: '' };
  return (...words) =>
    new Promise((done) => {
      const command = [...flags, join(folder, 'bin/memtop.js'), ...words];
      execFile(process.execPath, command, { env }, (error, stdout, stderr) => {
        done({ code: error === null ? 0 : Number(error.code), stdout, stderr });
      });
    });
}

beforeAll(async () => {
  cpSync(join(root, 'bin'), join(folder, 'bin'), { recursive: true });
  mkdirSync(join(folder, 'dist'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  for (const bundle of chunks) {
    const { text } = await bundleEntry(bundle, { root, chunks });
    writeFileSync(join(folder, 'dist', bundle.file), text);
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('hands over the words of the command line, and the exit code', async () => {
  expect(await launch('a b', '--c')).toEqual({ code: 2, stdout: '["a b","--c"]\n', stderr: '' });
});

it('loads packages that are not bundled, with the compiled code and without, and without a warning', async () => {
  rmSync(cache, { recursive: true, force: true });
  const expected = { code: 0, stdout: 'function,function,function\n', stderr: '' };
  expect(await launch('packages')).toEqual(expected);
  expect(await launch('packages')).toEqual(expected);
});

it('draws the same with compiled code as without', async () => {
  rmSync(cache, { recursive: true, force: true });
  const first = await launch('screen');
  expect(first.stdout).toContain('/usr/bin/program --number 49');
  expect(await launch('screen')).toEqual(first);
});

it.runIf(isSafe)(
  'keeps what ran, one file a bundle, and the next start takes it, whatever flags were set meanwhile',
  async () => {
    rmSync(cache, { recursive: true, force: true });
    await launch();
    expect(readdirSync(cache).map((name) => name.split('-')[0])).toEqual(['main.cjs']);
    await launch('screen');
    expect(readdirSync(cache).map((name) => name.split('-')[0])).toEqual(['files.cjs', 'main.cjs', 'screen.cjs']);
    // V8 does not say what it has taken. What it refuses is compiled and written again.
    const states = () =>
      readdirSync(cache).map((name) => [name, lstatSync(join(cache, name), { bigint: true }).mtimeNs]);
    const written = states();
    await launch('screen');
    expect(states()).toEqual(written);
  },
);

it.runIf(isSafe)('keeps the code of the main bundle for lines, for printing and for all else by itself', async () => {
  rmSync(cache, { recursive: true, force: true });
  for (const words of [['line'], ['-f', 'x', '--once'], ['-ojson'], [], ['a']]) await launch(...words);
  const kept = readdirSync(cache).map((name) => name.replace(/-[0-9a-f]{16}-.*$/, ''));
  expect(kept.sort()).toEqual(['main-line.cjs', 'main-print.cjs', 'main.cjs']);
});

it.runIf(isSafe)('keeps what ran for each way of starting, and none replaces what another kept', async () => {
  rmSync(cache, { recursive: true, force: true });
  const kept = () => readdirSync(cache).map((name) => `${name} ${lstatSync(join(cache, name)).ino}`);
  await launch();
  const [first] = kept();
  await launchUnder('--max-lazy')();
  expect(kept()).toHaveLength(2);
  expect(kept()).toContain(first);
  const both = kept();
  await launch();
  await launchUnder('--max-lazy')();
  expect(kept()).toEqual(both);
});

it.runIf(isSafe)('keeps and loads compiled code without the flags for V8 that were set since the start', async () => {
  rmSync(cache, { recursive: true, force: true });
  const kept = () => readdirSync(cache).map((name) => `${name} ${lstatSync(join(cache, name)).ino}`);
  const first = await launch('later flags');
  expect(first).toMatchObject({ code: 0, stderr: '' });
  // The first start loads what writes files after it has kept the rest.
  await launch('later flags');
  const written = kept();
  // V8 took what was kept, or it would have been written again.
  expect(await launch('later flags')).toEqual(first);
  expect(kept()).toEqual(written);
  expect(written.map((name) => name.split('-')[0])).toEqual(['files.cjs', 'main.cjs', 'screen.cjs']);
});

it.runIf(isSafe)('replaces compiled code that V8 refuses', async () => {
  await launch();
  const name = readdirSync(cache).find((file) => file.startsWith('main.cjs')) ?? '';
  const garbage = Buffer.alloc(4096, 7);
  writeFileSync(join(cache, name), garbage);
  expect(await launch()).toEqual({ code: 0, stdout: '[]\n', stderr: '' });
  expect(lstatSync(join(cache, name)).size).not.toBe(garbage.length);
});

it('says that memtop was upgraded or removed when a bundle is gone that a running program needs', async () => {
  const screen = join(folder, 'dist/screen.cjs');
  renameSync(screen, `${screen}-kept`);
  const gone = await launch('screen');
  renameSync(`${screen}-kept`, screen);
  expect(gone.code).toBe(1);
  expect(gone.stderr).toContain('UserError: memtop was upgraded or removed while it runs.');
});

it('says what to do when nothing was built', async () => {
  const dist = join(folder, 'dist');
  cpSync(dist, `${dist}-kept`, { recursive: true });
  rmSync(dist, { recursive: true });
  const { code, stderr } = await launch();
  cpSync(`${dist}-kept`, dist, { recursive: true });
  expect(code).toBe(2);
  expect(stderr).toMatch(/^memtop: .*main\.cjs is missing\. Run "npm run build".*\n$/);
  expect(existsSync(join(dist, 'main.cjs'))).toBe(true);
});
