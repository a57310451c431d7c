import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSettings } from '../../../src/settings/file/open.ts';
import { saveSettings } from '../../../src/settings/file/save.ts';
import { DEFAULTS, type FileSettings, SETTINGS } from '../../../src/settings/table.ts';
import { anySettings } from './any-settings.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'memtop-save-'));
  path = join(folder, 'memtop', 'config.toml');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = () => openSettings({ MEMTOP_CONFIG: path }, { configFlag: undefined, isWanted: true });
const textNow = () => readFileSync(path, 'utf8');
const written = (text: string) => {
  mkdirSync(join(folder, 'memtop'), { recursive: true });
  writeFileSync(path, text);
};
/** Reads the file and saves what differs from the usual. */
const save = async (values: Partial<FileSettings>) =>
  saveSettings((await open()).file, { ...DEFAULTS, ...values }, DEFAULTS);

describe('saving', () => {
  it('makes the file with what differs from the usual, and says so', async () => {
    const { notice } = await save({ interval: 1000, tree: true });
    expect(notice).toBe(`saved to ${path}: interval, tree`);
    expect(textNow()).toMatch(/^# Settings of memtop.*\ninterval = "1s"\ntree = true\n$/);
    expect(statSync(join(folder, 'memtop')).mode & 0o777).toBe(0o700);
  });

  it('any settings that keys change, and reading them again, gives the same', async () => {
    const saved = SETTINGS.filter(({ isSaved }) => isSaved).map(({ name }) => name);
    await fc.assert(
      fc.asyncProperty(anySettings, anySettings, async (first, second) => {
        rmSync(path, { force: true });
        for (const settings of [first, second]) {
          await save(settings);
          const { stated } = await open();
          for (const name of saved) expect({ ...DEFAULTS, ...stated }[name]).toEqual(settings[name]);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('leaves what already says the same byte for byte', async () => {
    const text = '# a\ninterval = 1.0 # same as "1s"\ncolumns = "pid,rss"\nmouse = false\nfilter = "x"\n';
    written(text);
    const { notice } = await save({ interval: 1000, columns: ['pid', 'rss'], filter: 'other', mouse: true });
    expect(notice).toBe(`nothing to save: ${path} is up to date`);
    expect(textNow()).toBe(text);
  });

  it('writes the usual where the file says otherwise', async () => {
    written('tree = true # why\nsort = "pid"\n');
    await save({});
    expect(textNow()).toBe('tree = false # why\nsort = "rss"\n');
  });

  it('keeps the mode of the file and the link that leads to it', async () => {
    written('tree = true\n');
    const real = join(folder, 'dotfiles.toml');
    writeFileSync(real, 'tree = true\n');
    chmodSync(real, 0o600);
    rmSync(path);
    symlinkSync('../dotfiles.toml', path);
    await save({ kernel: true });
    expect(lstatSync(path).isSymbolicLink()).toBe(true);
    expect(readFileSync(real, 'utf8')).toBe('tree = false\nkernel = true\n');
    expect(statSync(real).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(folder, 'memtop'))).toEqual(['config.toml']);
  });

  it('makes the file where a link of one’s own leads, when it is not there yet', async () => {
    mkdirSync(join(folder, 'memtop'));
    symlinkSync('../dotfiles/config.toml', path);
    await save({ tree: true });
    expect(lstatSync(path).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(folder, 'dotfiles', 'config.toml'), 'utf8')).toContain('tree = true');
  });

  it('does not overwrite what changed meanwhile, but when asked again saves into it', async () => {
    written('tree = true\n');
    const { file } = await open();
    written('# now by hand\ninterval = "9s"\n');
    const first = await saveSettings(file, { kernel: true }, DEFAULTS);
    expect(first.notice).toContain('was changed since memtop read it');
    expect(textNow()).toBe('# now by hand\ninterval = "9s"\n');
    await saveSettings(first.file, { kernel: true }, DEFAULTS);
    expect(textNow()).toBe('# now by hand\ninterval = "9s"\nkernel = true\n');
  });

  it('does not touch a file that came, went or became wrong meanwhile', async () => {
    const { file } = await open();
    written('tree = tru\n');
    const first = await saveSettings(file, { kernel: true }, DEFAULTS);
    expect(first.notice).toContain('was created since memtop read it');
    const second = await saveSettings(first.file, { kernel: true }, DEFAULTS);
    expect(second.notice).toContain('config.toml:1: Invalid TOML');
    expect(textNow()).toBe('tree = tru\n');
    rmSync(path);
    expect((await saveSettings(second.file, { kernel: true }, DEFAULTS)).notice).toContain('was removed');
    expect(existsSync(path)).toBe(false);
  });

  it('two times in a row goes on from what was saved', async () => {
    const first = await save({ kernel: true });
    const second = await saveSettings(first.file, { ...DEFAULTS, kernel: true, tree: true }, DEFAULTS);
    expect(second.notice).toBe(`saved to ${path}: tree`);
  });
});

describe('where nothing can be saved, a sentence says why', () => {
  const notice = async () => (await save({ tree: true })).notice;

  it('no home, and /dev/null', async () => {
    expect((await saveSettings(undefined, {}, DEFAULTS)).notice).toBe('not saved: HOME is not set');
    expect((await saveSettings({ path: '/dev/null', text: undefined }, {}, DEFAULTS)).notice).toBe(
      'not saved: the settings file is /dev/null',
    );
  });

  it('a file in the place of the folder', async () => {
    writeFileSync(join(folder, 'memtop'), '');
    expect(await notice()).toContain('a parent folder is a file');
  });

  it('a file system without space for folders: no attempt goes on forever', async () => {
    path = '/proc/memtop/config.toml';
    expect(await notice()).toMatch(/^not saved: \/proc\/memtop.*: (no such folder|permission denied)$/);
  });

  it.runIf(process.geteuid?.() === 0)('another user’s file or folder, for root', async () => {
    const { chownSync } = await import('node:fs');
    written('kernel = true\n');
    chownSync(path, 65534, 65534);
    expect(await notice()).toContain('belongs to another user');
    rmSync(path);
    chownSync(join(folder, 'memtop'), 65534, 65534);
    expect(await notice()).toMatch(
      /^not saved: It is not safe to write there: .*memtop belongs to another user \(uid 65534\)\. Choose a file/,
    );
    expect(existsSync(path)).toBe(false);
  });
});
