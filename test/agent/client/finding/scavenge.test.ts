import { chmodSync, existsSync, mkdirSync, renameSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { scavenge, scavengeFolders } from '../../../../src/agent/client/finding/scavenge.ts';
import { Programs } from '../../../helpers/programs.ts';

const UID = process.geteuid?.() ?? 0;
const LONG_AGO = Date.now() / 1000 - 3600;

let programs: Programs;
let folder: string;

beforeEach(() => {
  programs = new Programs();
  folder = join(programs.folder(), 'memtop');
  mkdirSync(folder, { mode: 0o700 });
});

afterEach(() => programs.end());

/** A socket file without a listener. */
async function deadSocket(name: string, when = LONG_AGO): Promise<string> {
  const path = join(folder, name);
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(`${path}.live`, resolve));
  renameSync(`${path}.live`, path);
  await new Promise((resolve) => server.close(resolve));
  utimesSync(path, when, when);
  return path;
}

const sweep = (listening: string[] = []) => scavenge(folder, UID, new Set(listening));

describe('removing dead sockets', () => {
  it('removes sockets without a listener', async () => {
    const path = await deadSocket('123.sock');
    expect(await sweep()).toBe(1);
    expect(existsSync(path)).toBe(false);
  });

  it('leaves one that is listened at, in our list or not', async () => {
    const { pid } = await programs.start('scripted-agent.cjs', folder);
    const path = join(folder, `${pid}.sock`);
    utimesSync(path, LONG_AGO, LONG_AGO);
    expect(await sweep()).toBe(0);
    expect(await sweep([path])).toBe(0);
    expect(existsSync(path)).toBe(true);
  });

  it('leaves one that was born a moment ago and may be about to listen', async () => {
    const path = await deadSocket('123.sock', Date.now() / 1000);
    expect(await sweep()).toBe(0);
    expect(existsSync(path)).toBe(true);
  });

  it('leaves files that are not sockets, or not named like an agent socket', async () => {
    const other = await deadSocket('other.sock');
    writeFileSync(join(folder, '124.sock'), '');
    utimesSync(join(folder, '124.sock'), LONG_AGO, LONG_AGO);
    symlinkSync(other, join(folder, '125.sock'));
    expect(await sweep()).toBe(0);
    expect(existsSync(other)).toBe(true);
    expect(existsSync(join(folder, '124.sock'))).toBe(true);
  });

  it("touches nothing in a folder that is accessible to other users, another user's, or a symlink", async () => {
    const path = await deadSocket('123.sock');
    chmodSync(folder, 0o777);
    expect(await sweep()).toBe(0);
    chmodSync(folder, 0o700);
    expect(await scavenge(folder, UID + 1, new Set())).toBe(0);
    symlinkSync(folder, `${folder}-link`);
    expect(await scavenge(`${folder}-link`, UID, new Set())).toBe(0);
    expect(existsSync(path)).toBe(true);
  });

  it("searches the user's own folders", () => {
    const place = {
      platform: 'linux',
      uid: 7,
      runtimeDirectory: '/run/user/7',
      cacheDirectory: undefined,
      home: '/home/x',
    };
    expect(scavengeFolders(place).map((entry) => entry.folder)).toEqual([
      '/run/user/7/memtop',
      '/tmp/memtop-7',
      '/home/x/.cache/memtop',
    ]);
  });
});
