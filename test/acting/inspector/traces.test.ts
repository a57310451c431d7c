import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { Traces } from '../../../src/acting/inspector/traces.ts';
import { Processes } from '../../../src/agent/client/finding/processes.ts';
import { Programs } from '../../helpers/programs.ts';

const programs = new Programs();
const processes = new Processes();

afterEach(() => programs.end());

/** Traces in a folder of this test's own, and that folder. */
function traces(): { traces: Traces; folder: string } {
  const runtimeDirectory = programs.folder();
  const uid = process.geteuid?.() ?? 0;
  const place = { platform: 'linux', uid, runtimeDirectory, cacheDirectory: undefined, home: undefined };
  return { traces: new Traces(place, processes), folder: join(runtimeDirectory, 'memtop') };
}

const self = () => ({ pid: process.pid, startTime: processes.startTime(process.pid) as number });

describe('the lock', () => {
  it('is a file in a folder of the user’s own, closed to others', async () => {
    const { traces: one, folder } = traces();
    const release = await one.lock(100);
    expect(readdirSync(folder)).toEqual(['attach.lock']);
    release?.();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is held by one at a time, and waited for', async () => {
    const { traces: one } = traces();
    const release = await one.lock(100);
    expect(await one.lock(100)).toBeUndefined();
    const waiting = one.lock(5000);
    release?.();
    expect(await waiting).toBeTypeOf('function');
  });

  it.each(['4194000 77\n', '', 'nonsense'])('of a process that has exited (%j) has no holder', async (content) => {
    const { traces: one, folder } = traces();
    mkdirSync(folder, { mode: 0o700 });
    writeFileSync(join(folder, 'attach.lock'), content);
    expect(await one.lock(1000)).toBeTypeOf('function');
  });
});

describe('a record', () => {
  it('says that memtop opened an inspector, until it is closed', () => {
    const { traces: one } = traces();
    one.begin(self());
    expect(one.isOurs(self())).toBe(true);
    expect(one.makerOf(self())).toBe(process.pid);
    one.end(self());
    expect(one.isOurs(self())).toBe(false);
  });

  it('stays when its maker was killed, and goes when another one closes the inspector', () => {
    const { traces: one, folder } = traces();
    one.begin(self());
    const [name = ''] = readdirSync(folder);
    writeFileSync(join(folder, name), '4194000 77\n');
    expect(one.isOurs(self())).toBe(true);
    expect(one.makerOf(self())).toBeUndefined();
    one.end(self());
    expect(existsSync(join(folder, name))).toBe(false);
  });

  it('of a process that has ended is removed', () => {
    const { traces: one, folder } = traces();
    one.begin({ pid: process.pid, startTime: 1 });
    // Records of the user's other memtops are in the folder for every user, which is looked at too.
    expect(one.all().filter(({ pid }) => pid === process.pid)).toEqual([]);
    expect(readdirSync(folder)).toEqual([]);
  });
});
