// The code cache is used only from a folder that other users cannot write to.

import nodeFs from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeFile } from '../../src/files/write.ts';

const { openCodeCache } = createRequire(import.meta.url)(
  '../../bin/code-cache.js',
) as typeof import('../../bin/code-cache.js');

const user = process.geteuid?.() ?? 0;
const key = 'main.cjs-0123456789abcdef';
const content = Buffer.from('compiled code '.repeat(10_000));

let top: string;
let folder: string;

const open = (fs: typeof nodeFs = nodeFs, flags = '') =>
  openCodeCache({ env: { XDG_CACHE_HOME: join(top, 'cache') }, user, fs, writer, flags });
const writer = () => writeFile;
const ending = `${process.version}-${process.arch}-811c9dc5.bin`;
const file = () => join(folder, `${key}-${ending}`);

/** A file system in which some paths have other owners, which only root could give them. */
function withOwners(owners: Readonly<Record<string, number>>): typeof nodeFs {
  const changed = <S extends nodeFs.Stats>(stats: S, path: string): S => {
    const uid = owners[path];
    return uid === undefined ? stats : Object.assign(Object.create(Object.getPrototypeOf(stats)), stats, { uid });
  };
  const paths = new Map<number, string>();
  return {
    ...nodeFs,
    lstatSync: (path: string) => changed(nodeFs.lstatSync(path), path),
    openSync: (path: string, flags: number) => {
      const descriptor = nodeFs.openSync(path, flags);
      paths.set(descriptor, path);
      return descriptor;
    },
    fstatSync: (descriptor: number) => changed(nodeFs.fstatSync(descriptor), paths.get(descriptor) ?? ''),
  } as unknown as typeof nodeFs;
}

beforeEach(() => {
  top = nodeFs.realpathSync(nodeFs.mkdtempSync(join(tmpdir(), 'memtop-code-cache-')));
  folder = join(top, 'cache', 'memtop');
});

afterEach(() => nodeFs.rmSync(top, { recursive: true, force: true }));

describe('what was kept is given back', () => {
  it('by a later start', () => {
    open().write(key, () => content);
    expect(open().read(key)?.equals(content)).toBe(true);
  });

  it('not under another key', () => {
    open().write(key, () => content);
    expect(open().read('main.cjs-fedcba9876543210')).toBeUndefined();
  });

  it('to a start with the same flags for V8, and what starts with other flags kept stays', () => {
    const others = Buffer.from('compiled under other flags');
    open().write(key, () => content);
    open(nodeFs, '--max-semi-space-size=1').write(key, () => others);
    expect(open().read(key)?.equals(content)).toBe(true);
    expect(open(nodeFs, '--max-semi-space-size=1').read(key)?.equals(others)).toBe(true);
  });

  it('from folders and files that only the user can open', () => {
    open().write(key, () => content);
    const modes = [join(top, 'cache'), folder, file()].map((path) => nodeFs.lstatSync(path).mode & 0o777);
    expect(modes).toEqual([0o700, 0o700, 0o600]);
  });

  it('and nothing else is left next to it', () => {
    open().write(key, () => content);
    expect(nodeFs.readdirSync(folder)).toHaveLength(1);
  });

  it('through a cache home that is a symbolic link to a safe place', () => {
    nodeFs.mkdirSync(join(top, 'elsewhere'), { mode: 0o700 });
    nodeFs.symlinkSync(join(top, 'elsewhere'), join(top, 'cache'));
    open().write(key, () => content);
    expect(open().read(key)?.equals(content)).toBe(true);
  });
});

describe('what others left is removed', () => {
  it('older builds of the same bundle, and nothing else', () => {
    nodeFs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    const older = `main.cjs-fedcba9876543210-v20.0.0-x64.bin`;
    const kept = [
      'watch.cjs-fedcba9876543210-v20.0.0-x64.bin',
      `${key}-v22.0.0-x64.bin`,
      'main.cjs-notes.txt',
      'history',
    ];
    for (const name of [older, `${older}.99.tmp`, ...kept]) nodeFs.writeFileSync(join(folder, name), '');
    open().write(key, () => content);
    expect(nodeFs.readdirSync(folder).sort()).toEqual([...kept, `${key}-${ending}`].sort());
  });

  it('the oldest files of this build where it was started in more than four ways', () => {
    for (const flags of ['1', '2', '3', '4', '5']) {
      open(nodeFs, flags).write(key, () => content);
      for (const name of nodeFs.readdirSync(folder)) {
        const path = join(folder, name);
        if (nodeFs.lstatSync(path).mtimeMs > 1e6) nodeFs.utimesSync(path, Number(flags), Number(flags));
      }
    }
    const kept = ['1', '2', '3', '4', '5'].filter((flags) => open(nodeFs, flags).read(key) !== undefined);
    expect(kept).toEqual(['2', '3', '4', '5']);
  });
});

describe('nothing is read from, nor written to', () => {
  const foreigner = user + 1;

  /** Keeps something, spoils the place, and tells what is still read, and whether anything new is written. */
  function afterSpoiling(spoil: () => void, fs?: () => typeof nodeFs) {
    open().write(key, () => content);
    spoil();
    const cache = open(fs?.());
    const read = cache.read(key);
    cache.write('main.cjs-1111111111111111', () => content);
    const names = nodeFs.readdirSync(folder);
    return { read, isWritten: names.some((name) => name.startsWith('main.cjs-1111')) };
  }
  const refused = { read: undefined, isWritten: false };

  it('a folder that is a symbolic link', () => {
    const spoil = () => {
      nodeFs.renameSync(folder, join(top, 'planted'));
      nodeFs.symlinkSync(join(top, 'planted'), folder);
    };
    expect(afterSpoiling(spoil)).toEqual(refused);
  });

  it.each([0o755, 0o710, 0o701, 0o770])('a folder of mode %o', (mode) => {
    expect(afterSpoiling(() => nodeFs.chmodSync(folder, mode))).toEqual(refused);
  });

  it('a folder of another user', () => {
    expect(
      afterSpoiling(
        () => {},
        () => withOwners({ [folder]: foreigner }),
      ),
    ).toEqual(refused);
  });

  it('a folder of root, when the user is not root', () => {
    open().write(key, () => content);
    const cache = openCodeCache({
      env: { XDG_CACHE_HOME: join(top, 'cache') },
      user: 4321,
      writer,
      flags: '',
      fs: withOwners({ [top]: 0, [dirname(folder)]: 4321, [folder]: 0, [file()]: 0 }),
    });
    expect(cache.read(key)).toBeUndefined();
  });

  it.each([0o777, 0o720])('a folder in one that others can write to, mode %o', (mode) => {
    expect(afterSpoiling(() => nodeFs.chmodSync(dirname(folder), mode))).toEqual(refused);
  });

  it('a folder inside one of another user', () => {
    expect(
      afterSpoiling(
        () => {},
        () => withOwners({ [dirname(folder)]: foreigner }),
      ),
    ).toEqual(refused);
    expect(
      afterSpoiling(
        () => {},
        () => withOwners({ [top]: foreigner }),
      ),
    ).toEqual(refused);
  });

  it('a folder that would have to be made where others can write', () => {
    nodeFs.chmodSync(top, 0o777);
    open().write(key, () => content);
    expect(nodeFs.readdirSync(top)).toEqual([]);
  });

  it('any place on a system without user ids', () => {
    open().write(key, () => content);
    const cache = openCodeCache({ env: { XDG_CACHE_HOME: join(top, 'cache') }, user: undefined, writer, flags: '' });
    expect(cache.read(key)).toBeUndefined();
  });
});

describe('a file is not used', () => {
  function readAfter(spoil: () => void, fs?: () => typeof nodeFs) {
    open().write(key, () => content);
    spoil();
    return open(fs?.()).read(key);
  }

  it('when it is a symbolic link', () => {
    const spoil = () => {
      nodeFs.renameSync(file(), join(top, 'planted'));
      nodeFs.symlinkSync(join(top, 'planted'), file());
    };
    expect(readAfter(spoil)).toBeUndefined();
  });

  it('when it has a second name', () => {
    expect(readAfter(() => nodeFs.linkSync(file(), join(top, 'second')))).toBeUndefined();
  });

  it.each([0o644, 0o620, 0o602])('when others may open it, mode %o', (mode) => {
    expect(readAfter(() => nodeFs.chmodSync(file(), mode))).toBeUndefined();
  });

  it('when it belongs to another user', () => {
    expect(
      readAfter(
        () => {},
        () => withOwners({ [file()]: user + 1 }),
      ),
    ).toBeUndefined();
  });

  it('when it is a folder', () => {
    const spoil = () => {
      nodeFs.rmSync(file());
      nodeFs.mkdirSync(file());
    };
    expect(readAfter(spoil)).toBeUndefined();
  });

  it('when it is empty', () => {
    expect(readAfter(() => nodeFs.truncateSync(file()))).toBeUndefined();
  });

  it('when it is cut off', () => {
    expect(readAfter(() => nodeFs.truncateSync(file(), content.length + 100))).toBeUndefined();
  });

  it.each([0, content.length - 1, content.length, content.length * 2 - 1])('when byte %i is damaged', (position) => {
    const spoil = () => {
      const bytes = nodeFs.readFileSync(file());
      bytes[position] = (bytes[position] ?? 0) ^ 1;
      nodeFs.writeFileSync(file(), bytes);
    };
    expect(readAfter(spoil)).toBeUndefined();
  });

  it('and a good one takes its place at the next writing', () => {
    expect(readAfter(() => nodeFs.truncateSync(file(), 10))).toBeUndefined();
    open().write(key, () => content);
    expect(open().read(key)?.equals(content)).toBe(true);
  });
});
