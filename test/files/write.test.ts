// A file is written as a whole, in a safe place, and never over what is not to be replaced.
import {
  chmodSync,
  closeSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createFile, writeFile } from '../../src/files/write.ts';
import { ownFolder } from './folder.ts';

const folder = ownFolder();
const at = (...names: string[]) => join(folder.path, ...names);
const always = { choice: 'own', mayReplace: () => true } as const;

describe('a whole file', () => {
  it('is made with what is missing above it, closed to others, and nothing else is left', () => {
    writeFile(at('a/b/file'), 'text', { choice: 'own' });
    expect(readFileSync(at('a/b/file'), 'utf8')).toBe('text');
    expect([at('a'), at('a/b'), at('a/b/file')].map((path) => statSync(path).mode & 0o777)).toEqual([
      0o700, 0o700, 0o600,
    ]);
    expect(readdirSync(at('a/b'))).toEqual(['file']);
    expect(lstatSync(at('a/b/file')).nlink).toBe(1);
  });

  it('takes the place of one that may be replaced, with its mode; its other names keep the old one', () => {
    writeFileSync(at('file'), 'old');
    chmodSync(at('file'), 0o644);
    linkSync(at('file'), at('second'));
    writeFile(at('file'), new Uint8Array(300_000).fill(120), always);
    expect(readFileSync(at('file'), 'utf8')).toBe('x'.repeat(300_000));
    expect(statSync(at('file')).mode & 0o777).toBe(0o644);
    expect(readFileSync(at('second'), 'utf8')).toBe('old');
  });

  it('does not replace an existing file without permission', () => {
    writeFileSync(at('file'), 'old');
    expect(() => writeFile(at('file'), 'new', { choice: 'named' })).toThrow(/file already exists/);
    expect(() => writeFile(at('file'), 'new', { ...always, mayReplace: () => false })).toThrow(/already exists/);
    expect(readFileSync(at('file'), 'utf8')).toBe('old');
    expect(readdirSync(at())).toEqual(['file']);
  });

  it('stays as it was when it changes at the last moment, and nothing lies next to it', () => {
    writeFileSync(at('file'), 'old');
    let requested = 0;
    const mayReplace = () => {
      requested += 1;
      return requested === 1;
    };
    expect(() => writeFile(at('file'), 'new', { choice: 'own', mayReplace })).toThrow(/already exists/);
    expect(requested).toBe(2);
    expect(readFileSync(at('file'), 'utf8')).toBe('old');
    expect(readdirSync(at())).toEqual(['file']);
  });

  it('does not replace a file that took the place of the checked one', () => {
    writeFileSync(at('file'), 'old');
    writeFileSync(at('other'), 'other');
    const swap = () => {
      if (existsSync(at('other'))) renameSync(at('other'), at('file'));
      return true;
    };
    const write = () => writeFile(at('file'), 'new', { choice: 'own', mayReplace: swap });
    expect(write).toThrow(/changed while it was being written/);
    expect(readFileSync(at('file'), 'utf8')).toBe('other');
  });

  it('never takes the place of a folder, a pipe, a socket or a device', () => {
    mkdirSync(at('folder'));
    expect(() => writeFile(at('folder'), 'new', always)).toThrow(/is a folder/);
    expect(() => writeFile('/dev/null', 'new', always)).toThrow(/null is not a regular file/);
  });

  it('goes through a link of the user’s own, which stays', () => {
    writeFileSync(at('real'), 'old');
    symlinkSync('real', at('link'));
    writeFile(at('link'), 'new', always);
    expect(lstatSync(at('link')).isSymbolicLink()).toBe(true);
    expect(readFileSync(at('real'), 'utf8')).toBe('new');
  });
});

describe('a folder that others can write to', () => {
  it('is refused for files of memtop’s own, with the next step, and nothing is written', () => {
    mkdirSync(at('open'));
    chmodSync(at('open'), 0o777);
    expect(() => writeFile(at('open/memtop/file'), 'text', { choice: 'own', remedy: 'Do this.' })).toThrow(
      expect.objectContaining({
        message: `It is not safe to write there: ${at('open')} can be changed by every user.`,
        next: 'Do this.',
      }),
    );
    expect(readdirSync(at('open'))).toEqual([]);
  });

  it.runIf(process.platform === 'linux')(
    'is accepted when a person named the path, without following its links',
    () => {
      mkdirSync(at('open'));
      chmodSync(at('open'), 0o777);
      mkdirSync(at('secret'));
      symlinkSync('../secret', at('open/link'));
      symlinkSync('../secret/planted', at('open/name'));
      writeFile(at('open/report'), 'text', { choice: 'named' });
      closeSync(createFile(at('open/recording'), { choice: 'named' }));
      expect(readFileSync(at('open/report'), 'utf8')).toBe('text');
      expect(() => writeFile(at('open/link/file'), 'text', { choice: 'named' })).toThrow(/link is a link/);
      expect(() => writeFile(at('open/name'), 'text', { choice: 'named' })).toThrow(/name is a link/);
      expect(() => createFile(at('open/name'), { choice: 'named' })).toThrow(/name is a link/);
      expect(readdirSync(at('secret'))).toEqual([]);
      expect(readdirSync(at('open')).sort()).toEqual(['link', 'name', 'recording', 'report']);
    },
  );

  it.runIf(process.platform === 'linux')('is held: a link that takes its place meanwhile leads nowhere', () => {
    for (const name of ['open', 'secret']) {
      mkdirSync(at(name));
      writeFileSync(at(name, 'file'), name);
    }
    chmodSync(at('open'), 0o777);
    const swap = () => {
      if (existsSync(at('moved'))) return true;
      renameSync(at('open'), at('moved'));
      symlinkSync('secret', at('open'));
      return true;
    };
    writeFile(at('open/file'), 'text', { choice: 'named', mayReplace: swap });
    expect(readFileSync(at('secret/file'), 'utf8')).toBe('secret');
    expect(readFileSync(at('moved/file'), 'utf8')).toBe('text');
  });

  it('makes no folder for a path that the user named', () => {
    expect(() => writeFile(at('a/file'), 'text', { choice: 'named' })).toThrow(/no such folder/);
    expect(existsSync(at('a'))).toBe(false);
  });
});

it('a file written bit by bit is there at once, closed to others, and never one that was there', () => {
  const descriptor = createFile(at('recording'), { choice: 'named' });
  writeSync(descriptor, 'first');
  expect(readFileSync(at('recording'), 'utf8')).toBe('first');
  expect(statSync(at('recording')).mode & 0o777).toBe(0o600);
  closeSync(descriptor);
  expect(() => createFile(at('recording'), { choice: 'named' })).toThrow(/already exists/);
  expect(readFileSync(at('recording'), 'utf8')).toBe('first');
});
