import { describe, expect, it } from 'vitest';
import {
  folderCandidates,
  folderFault,
  type ListeningPlace,
  socketFault,
  socketPath,
  socketPid,
} from '../../../src/agent/protocol/protocol.ts';

const place: ListeningPlace = {
  platform: 'linux',
  uid: 1000,
  runtimeDirectory: '/run/user/1000',
  cacheDirectory: undefined,
  home: '/home/ada',
};
const folders = (changes: Partial<ListeningPlace>): string[] =>
  folderCandidates({ ...place, ...changes }).map(({ folder }) => folder);

describe('the folders of sockets', () => {
  it('are the runtime directory, the user’s folder in /tmp and the cache, in this order', () => {
    expect(folders({})).toEqual(['/run/user/1000/memtop', '/tmp/memtop-1000', '/home/ada/.cache/memtop']);
  });

  it('do without missing environment variables', () => {
    expect(folders({ runtimeDirectory: undefined, home: undefined })).toEqual(['/tmp/memtop-1000']);
  });

  it('take no relative path from the environment', () => {
    expect(folders({ runtimeDirectory: 'run', home: 'home', cacheDirectory: '' })).toEqual(['/tmp/memtop-1000']);
  });

  it('prefer a cache that is named, and know where macOS has it', () => {
    expect(folders({ cacheDirectory: '/var/cache/ada/' })).toContain('/var/cache/ada/memtop');
    expect(folders({ platform: 'darwin' })).toContain('/home/ada/Library/Caches/memtop');
  });

  it('must lie in a folder of the user’s own when a variable named them', () => {
    expect(folderCandidates(place).map(({ ownParent }) => ownParent)).toEqual([true, false, true]);
  });
});

describe('a folder is refused', () => {
  it.each([
    ['nothing, when it is the user’s own and closed', { uid: 1000, mode: 0o040700 }, undefined],
    ['a symbolic link', { uid: 1000, mode: 0o120777 }, 'is not a directory'],
    ['a file', { uid: 1000, mode: 0o100700 }, 'is not a directory'],
    ['another user’s', { uid: 1001, mode: 0o040700 }, 'belongs to another user'],
    ['one others may read', { uid: 1000, mode: 0o040755 }, 'is accessible to other users'],
    ['one the group may enter', { uid: 1000, mode: 0o040710 }, 'is accessible to other users'],
  ])('for being %s', (_, facts, fault) => {
    expect(folderFault(facts, 1000)).toBe(fault);
  });
});

describe('a socket', () => {
  it('is accepted only when it is one and the user’s own', () => {
    expect(socketFault({ uid: 1000, mode: 0o140600 }, 1000)).toBeUndefined();
    expect(socketFault({ uid: 1000, mode: 0o100600 }, 1000)).toBe('is not a socket');
    expect(socketFault({ uid: 0, mode: 0o140600 }, 1000)).toBe('belongs to another user');
  });

  it('has a path of at most 100 bytes, counted in bytes', () => {
    expect(socketPath('/run/user/1000/memtop', 9)).toBe('/run/user/1000/memtop/9.sock');
    expect(socketPath(`/${'a'.repeat(92)}`, 9)).toHaveLength(100);
    expect(socketPath(`/${'a'.repeat(93)}`, 9)).toBeUndefined();
    expect(socketPath(`/${'ä'.repeat(47)}`, 9)).toBeUndefined();
  });

  it('has its PID in its name', () => {
    expect(socketPid('/tmp/memtop-0/4711.sock')).toBe(4711);
    expect(socketPid('/tmp/memtop-0/04711.sock')).toBeUndefined();
    expect(socketPid('/tmp/memtop-0/4711.sock.old')).toBeUndefined();
    expect(socketPid('/tmp/memtop-0/x4711.sock')).toBeUndefined();
  });
});
