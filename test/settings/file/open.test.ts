import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSettings } from '../../../src/settings/file/open.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'memtop-settings-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The settings of a file with this content. */
function opened(content: string | Uint8Array, name = 'a.toml') {
  const path = join(folder, name);
  writeFileSync(path, content);
  return openSettings({}, { configFlag: path, isWanted: true });
}

/** What memtop says of it, without the folder. */
async function refusal(open: Promise<unknown>): Promise<string> {
  const error = await open.then(
    () => new Error('it was taken'),
    (thrown) => thrown,
  );
  expect(error).toMatchObject({ name: 'UserError' });
  return `${error.message} ${error.next}`.replaceAll(`${folder}/`, '');
}

describe('a settings file', () => {
  it('says what it says, and nothing else', async () => {
    const { stated, file } = await opened(`# mine
interval = "500ms"
sort = "rss:asc"
columns = ["pid", "RSS"]
group = "none"
thresholds.fine = 40
`);
    expect(stated).toEqual({
      interval: 500,
      sort: { column: 'rss', descending: false },
      columns: ['pid', 'rss'],
      group: undefined,
      thresholds: { fine: 40, tight: 70, short: 90 },
    });
    expect(file?.text).toContain('# mine');
  });

  it('may be empty, begin with a byte order mark, and have the line ends of Windows', async () => {
    expect((await opened('')).stated).toEqual({});
    expect((await opened('\uFEFFtree = true\r\n# so\r\nscale = "shared"\r\n')).stated).toEqual({
      tree: true,
      scale: 'shared',
    });
  });

  it('takes seconds as a number and columns as behind -c', async () => {
    expect((await opened('interval = 0.5\ncolumns = "pid,rss"')).stated).toEqual({
      interval: 500,
      columns: ['pid', 'rss'],
    });
    expect((await opened('columns = "default"')).stated).toEqual({ columns: undefined });
  });

  it.each([
    ['\nintervall = 2', "a.toml:2: Unknown setting 'intervall'. Did you mean 'interval'?"],
    ['tree = true\n[colour]\nx = 1', "a.toml:2: Unknown setting 'colour'. Did you mean 'color'?"],
    ['interval = 2\nsort = "rs"', "a.toml:2: Unknown column 'rs'. Did you mean 'rss'?"],
    ['sort = "rss:up"', "a.toml:1: Invalid sort order 'rss:up'. Use rss:asc or rss:desc."],
    ['columns = [\n "pid",\n "comand",\n]', "a.toml:3: Unknown column 'comand'. Did you mean 'command'?"],
    ['columns = ["pid", 3]', 'a.toml:1: A column must be a string. Write it in quotes: columns = ["pid", "rss"].'],
    ['theme = "monochrom"', "a.toml:1: Unknown theme 'monochrom'. Did you mean 'monochrome'?"],
    ['tree = "yes"', "a.toml:1: 'tree' must be true or false. Write it without quotes: tree = true."],
    ['# c\n[thresholds]\nfine = 5\ntigth = 60', "a.toml:4: Unknown threshold 'tigth'. Did you mean 'tight'?"],
    ['thresholds = { fine = 5,\n tight = "60" }', "a.toml:2: The threshold 'tight' must be a percentage."],
    ['thresholds.short = 60', 'a.toml:1: The thresholds fine, tight and short must rise, but are 50, 70 and 60.'],
    ['thresholds = 1979-05-27', "a.toml:1: 'thresholds' must be a table."],
    ['interval = "0s"', "a.toml:1: Interval '0s' is too short."],
    ['interval = "soon"', "a.toml:1: Invalid interval 'soon'."],
    ['interval = nan', "a.toml:1: Invalid interval 'NaN'."],
    ['filter = 3', "a.toml:1: 'filter' must be a string."],
    ['[sort]\nx = 1', "a.toml:1: 'sort' must be a string."],
    ['"in\\u001b[31mterval" = 1', "a.toml:1: Unknown setting 'in[31mterval'."],
    ['__proto__ = 1', "a.toml:1: Unknown setting '__proto__'."],
    ['\n\ninterval = 2s', 'a.toml:3: Invalid TOML: illegal character in numeric literal. Strings need quotes'],
    ['a = 1\na = 2', 'a.toml:2: Invalid TOML: trying to redefine'],
    ['columns = ["pid",\n', 'a.toml:2: Invalid TOML: '],
    ['\u0000\u0001\u0002', 'a.toml:1: Invalid TOML: '],
    [`filter = "${'['.repeat(100)}`, 'a.toml:1: Invalid TOML: '],
    [`x = ${'['.repeat(60_000)}`, 'a.toml:1: Invalid TOML: '],
  ])('%j is refused with file, line and what is meant', async (text, sentence) => {
    expect(await refusal(opened(text))).toContain(sentence);
  });

  it('that is not UTF-8 is refused with its line', async () => {
    const bytes = Buffer.concat([Buffer.from('a = 1\nb = "'), Buffer.from([0xff]), Buffer.from('"')]);
    expect(await refusal(opened(bytes))).toContain('a.toml:2: Invalid UTF-8');
  });

  it('may have 64 KiB and no more', async () => {
    expect((await opened(`#${'x'.repeat(64 * 1024 - 1)}`)).stated).toEqual({});
    expect(await refusal(opened(`#${'x'.repeat(64 * 1024)}`))).toContain('The most is 64 KiB');
    expect(await refusal(opened(new Uint8Array(10_000_000)))).toContain('is too large');
  });
});

describe('in the place of a settings file', () => {
  const at = (path: string, isWanted = true) =>
    openSettings({ MEMTOP_CONFIG: path }, { configFlag: undefined, isWanted });

  it('a folder, a pipe and a device are refused, and none of them hangs', async () => {
    mkdirSync(join(folder, 'folder'));
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    expect(await refusal(at(join(folder, 'folder')))).toContain("'folder' is a folder, not a settings file");
    expect(await refusal(at(join(folder, 'pipe')))).toContain("'pipe' is a pipe, not a settings file");
    expect(await refusal(at('/dev/zero'))).toContain('is a device');
  });

  it.runIf(process.geteuid?.() !== 0)('a file that may not be read is refused', async () => {
    const path = join(folder, 'secret.toml');
    writeFileSync(path, '');
    chmodSync(path, 0);
    expect(await refusal(at(path))).toContain('cannot be read: permission denied');
  });

  it('links are followed, and one in a circle is refused', async () => {
    writeFileSync(join(folder, 'real.toml'), 'tree = true');
    symlinkSync('real.toml', join(folder, 'link.toml'));
    symlinkSync('circle.toml', join(folder, 'circle.toml'));
    expect((await at(join(folder, 'link.toml'))).stated).toEqual({ tree: true });
    expect(await refusal(at(join(folder, 'circle.toml')))).toContain('cannot be read');
  });

  it('nothing is well, unless --config names it; /dev/null is nothing', async () => {
    const path = join(folder, 'none', 'config.toml');
    expect(await at(path)).toEqual({ file: { path, text: undefined }, stated: {} });
    expect(await at('/dev/null')).toMatchObject({ stated: {} });
    expect(await openSettings({}, { configFlag: '/dev/null', isWanted: false })).toMatchObject({ stated: {} });
    expect(await refusal(openSettings({}, { configFlag: path, isWanted: true }))).toContain('No such file');
  });

  it('nothing is read where no settings are wanted', async () => {
    expect(await at(join(folder, 'folder'), false)).toEqual({ file: undefined, stated: {} });
  });
});
