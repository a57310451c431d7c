import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editedToml, lineOfPath } from '../../../src/settings/file/edit.ts';
import { readSettings } from '../../../src/settings/file/read.ts';
import type { Toml } from '../../../src/settings/setting.ts';
import type { FileSettings } from '../../../src/settings/table.ts';
import { SETTINGS } from '../../../src/settings/table.ts';
import { anySettings } from './any-settings.ts';

const tomlsOf = (settings: FileSettings): Record<string, Toml> =>
  Object.fromEntries(SETTINGS.map((setting) => [setting.name, setting.tomlOf(settings)]));
const readBack = (text: string) => readSettings({ path: 'a.toml', text });

const HAND_WRITTEN = `# My settings.
#   Ask Ada before changing them.

interval = "1s"   # fast machine

sort = "growth"  # who leaks?
# only these
columns = [
  "pid", # who
  "rss", # how much
]

# --- colours ---
# not too early
[thresholds]
fine = 40 # so
# the end
`;

describe('any settings', () => {
  it('written to a file and read back are the same', async () => {
    await fc.assert(
      fc.asyncProperty(anySettings, async (settings) => {
        expect(await readBack(editedToml('', tomlsOf(settings)))).toEqual(settings);
      }),
    );
  });

  it('written over others and read back are the same', async () => {
    await fc.assert(
      fc.asyncProperty(anySettings, anySettings, async (before, after) => {
        expect(await readBack(editedToml(editedToml('', tomlsOf(before)), tomlsOf(after)))).toEqual(after);
      }),
    );
  });

  it('leave every comment and the order of what a hand wrote', async () => {
    const comments = HAND_WRITTEN.match(/#.*$/gm) ?? [];
    const some = fc.subarray(SETTINGS.map(({ name }) => name));
    await fc.assert(
      fc.asyncProperty(anySettings, some, async (settings, names) => {
        const all = tomlsOf(settings);
        const changes = Object.fromEntries(names.map((name) => [name, all[name] as Toml]));
        const after = editedToml(HAND_WRITTEN, changes);
        for (const comment of comments) expect(after).toContain(comment);
        const places = ['interval =', 'sort =', 'columns =', '[thresholds]'].map((key) => after.indexOf(key));
        expect(places).toEqual([...places].sort((one, other) => one - other));
        expect(places.every((place) => place >= 0)).toBe(true);
      }),
    );
  });
});

describe('a hand-written file', () => {
  it('stays as it is but for what changes', () => {
    const after = editedToml(HAND_WRITTEN, { interval: '5s', thresholds: { fine: 40, tight: 60, short: 80 } });
    expect(after).toBe(
      HAND_WRITTEN.replace('"1s"', '"5s"').replace('# the end\n', '# the end\ntight = 60\nshort = 80\n'),
    );
  });

  it('gets new keys before its first table and the comment above that', () => {
    const after = editedToml(HAND_WRITTEN, { theme: 'monochrome', tree: true });
    expect(after).toBe(HAND_WRITTEN.replace(']\n\n# --- c', ']\ntheme = "monochrome"\ntree = true\n\n# --- c'));
  });

  it('of nothing but comments keeps them', () => {
    expect(editedToml('# a\n\n# b', { tree: true })).toBe('# a\n\n# b\ntree = true\n');
  });

  it('of one table alone gets its keys above it', () => {
    expect(editedToml('# t\n[thresholds]\nfine = 4', { tree: true })).toBe(
      'tree = true\n\n# t\n[thresholds]\nfine = 4',
    );
  });

  it.each([
    ['thresholds.fine = 4 # a\ntree = true\n', 'thresholds.fine = 5 # a'],
    ['thresholds = { fine = 4 } # a\n', 'thresholds = { fine = 5, tight = 60, short = 80 } # a'],
    ['[thresholds] # a\nfine = 4\n', '[thresholds] # a\nfine = 5\ntight = 60\nshort = 80'],
  ])('may write its table as it likes: %j', async (text, line) => {
    const after = editedToml(text, { thresholds: { fine: 5, tight: 60, short: 80 } });
    expect(after).toContain(line);
    expect((await readBack(after)).thresholds).toEqual({ fine: 5, tight: 60, short: 80 });
  });

  it('keeps the line ends of Windows', () => {
    const after = editedToml('# a\r\ntree = true # b\r\n[thresholds]\r\nfine = 4\r\n', {
      tree: false,
      scale: 'shared',
    });
    expect(after).toBe('# a\r\ntree = false # b\r\nscale = "shared"\r\n[thresholds]\r\nfine = 4\r\n');
  });

  it('keeps its byte order mark', () => {
    expect(editedToml('\uFEFFtree = true\n', { tree: false })).toBe('\uFEFFtree = false\n');
  });
});

it('comments of columns that are gone stand above the list', () => {
  expect(editedToml(HAND_WRITTEN, { columns: ['rss'] })).toContain(
    '# only these\n# who\ncolumns = [\n  "rss", # how much\n]',
  );
});

describe('the line', () => {
  it('of a key is where it stands, however it is written', () => {
    const text = 'a = 1\n"b" = 2\nc.d = 3\n[e]\nf = 1\ng = { h = [1,\n 2] }\n[[i]]\nj = 1\n';
    const lines = [['a'], ['b'], ['c', 'd'], ['e'], ['e', 'f'], ['e', 'g', 'h', 1], ['i'], ['x']].map((path) =>
      lineOfPath(text, path),
    );
    expect(lines).toEqual([1, 2, 3, 4, 5, 7, 8, undefined]);
  });
});
