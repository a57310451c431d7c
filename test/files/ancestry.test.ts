// A path is followed as the kernel follows it, and what another user could change on the way is found.
import fs, { chmodSync, linkSync, mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { walk } from '../../bin/ancestry.js';
import { ownFolder } from './folder.ts';

const folder = ownFolder();
const user = process.geteuid?.() ?? 0;
const at = (...names: string[]) => join(folder.path, ...names);

/** A file system in which some paths have other owners or groups, which only root could give them. */
function withFacts(changed: Readonly<Record<string, Partial<fs.Stats>>>) {
  const lstatSync = (path: string, options?: fs.StatSyncOptions) => {
    const stats = fs.lstatSync(path, options);
    return stats && Object.assign(Object.create(Object.getPrototypeOf(stats)), stats, changed[path]);
  };
  return { ...fs, lstatSync: lstatSync as typeof fs.lstatSync };
}

describe('a path is followed', () => {
  it('to the folder and the name that it leads to, as realpath(3) does', () => {
    mkdirSync(at('a/b'), { recursive: true });
    writeFileSync(at('a/b/file'), '');
    symlinkSync('../a/./b', at('a', 'relative'));
    symlinkSync(at('a'), at('absolute'));
    symlinkSync('../file', at('a/b/dots'));
    symlinkSync('b/file', at('a', 'file'));
    for (const path of [at('a/relative/file'), at('absolute/relative/file'), at('absolute/b/../b/dots')]) {
      const { folder: found, name } = walk(path);
      expect(`${found}/${name}`).toBe(realpathSync(path));
    }
  });

  it('as far as it exists, and the missing names are reported', () => {
    symlinkSync('nowhere/file', at('link'));
    expect(walk(at('c/d/e'))).toMatchObject({ folder: folder.path, missing: ['c', 'd', 'e'], fault: undefined });
    expect(walk(at('link'))).toMatchObject({ folder: folder.path, missing: ['nowhere', 'file'], fault: undefined });
  });

  it('not in circles, and not through a file', () => {
    symlinkSync('circle', at('circle'));
    writeFileSync(at('file'), '');
    expect(() => walk(at('circle'))).toThrow(/too many links/);
    expect(() => walk(at('file/below'))).toThrow(/file is not a folder/);
  });
});

describe('what another user could change is found', () => {
  const other = user + 1;

  it('a folder of another user, however deep', () => {
    mkdirSync(at('a/b/c'), { recursive: true });
    for (const path of [at(), at('a'), at('a/b'), at('a/b/c')]) {
      const { fault } = walk(at('a/b/c/file'), { fs: withFacts({ [path]: { uid: other } }) });
      expect(fault?.message).toBe(`${path} belongs to another user (uid ${other})`);
    }
  });

  it('a folder of root is safe for all users, one of a user only for that user', () => {
    const facts = withFacts({ [at()]: { uid: 0 } });
    expect(walk(at(), { fs: facts, user: 4321 }).fault).toBeUndefined();
    expect(walk(at(), { fs: withFacts({ [at()]: { uid: 4321 } }), user: 4321 }).fault).toBeUndefined();
    expect(walk(at(), { fs: withFacts({ [at()]: { uid: 4321 } }), user: 0 }).fault?.path).toBe(at());
  });

  it.each([
    [0o777, 'can be changed by every user'],
    [0o720, 'can be changed by its group'],
    [0o1777, undefined],
    [0o755, undefined],
  ])('of a folder of mode %o: %s', (mode, words) => {
    mkdirSync(at('a'));
    chmodSync(at('a'), mode);
    const { fault } = walk(at('a/file'));
    if (words === undefined) expect(fault).toBeUndefined();
    else expect(fault?.message).toContain(`${at('a')} ${words}`);
  });

  it('a group that only the user has counts as the user, but root’s group does not', () => {
    mkdirSync(at('a'));
    const facts = (id: number) => withFacts({ [at()]: { uid: id }, [at('a')]: { uid: id, gid: id, mode: 0o40775 } });
    expect(walk(at('a'), { fs: facts(4321), user: 4321, group: 4321 }).fault).toBeUndefined();
    expect(walk(at('a'), { fs: facts(4321), user: 4321, group: 100 }).fault?.message).toMatch(/group \(gid 4321\)/);
    expect(walk(at('a'), { fs: facts(0), user: 0, group: 0 }).fault?.message).toMatch(/group \(gid 0\)/);
  });

  it('a link that another user made is not followed, wherever it lies', () => {
    mkdirSync(at('a'));
    symlinkSync('a', at('link'));
    expect(() => walk(at('link/file'), { fs: withFacts({ [at('link')]: { uid: other } }) })).toThrow(
      `${at('link')} is a link that another user made (uid ${other})`,
    );
  });

  it('a link of the user’s own that another user gave a second name is not followed', () => {
    mkdirSync(at('shared'));
    chmodSync(at('shared'), 0o1777);
    symlinkSync('shared', at('link'));
    linkSync(at('link'), at('shared', 'planted'));
    expect(() => walk(at('shared/planted/file'))).toThrow(/is a link that another user made/);
  });

  it('no link is followed below a folder that another user can change', () => {
    mkdirSync(at('open'));
    chmodSync(at('open'), 0o777);
    symlinkSync('/etc', at('open/link'));
    expect(() => walk(at('open/link/passwd'))).toThrow(/link is a link, and .*open can be changed by every user/);
  });
});
