import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, symlinkSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Discovery } from '../../../../src/agent/client/finding/discovery.ts';
import type { Scan } from '../../../../src/agent/client/finding/found.ts';
import { openFound } from '../../../../src/agent/client/finding/open-found.ts';
import { Processes } from '../../../../src/agent/client/finding/processes.ts';
import { openFolder } from '../../../../src/agent/client/finding/socket-file.ts';
import { Programs } from '../../../helpers/programs.ts';

const UID = process.geteuid?.() ?? 0;

let programs: Programs;
let root: string;
let folder: string;
const servers: Server[] = [];

beforeEach(() => {
  programs = new Programs();
  root = programs.folder();
  folder = join(root, 'memtop');
});

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
  await programs.end();
});

/** What a scan says of our own folder: other tests and programs have agents as well. */
function ours({ found, refusals }: Scan): Pick<Scan, 'found' | 'refusals'> {
  return {
    found: found.filter(({ folder: where }) => where.startsWith(root)),
    refusals: refusals.filter(({ path }) => path.startsWith(root)),
  };
}

const discover = (uid = UID) => new Discovery(new Processes(), uid);

async function listenAt(path: string): Promise<void> {
  const server = createServer();
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(path, resolve));
}

describe('discovery', () => {
  it('finds an agent in whatever folder it is, and proves its process', async () => {
    const { pid } = await programs.start('scripted-agent.cjs', folder);
    const { found, refusals } = ours(discover().scan());
    expect(refusals).toEqual([]);
    expect(found).toEqual([
      {
        pid,
        startTime: new Processes().startTime(pid),
        innerPid: pid,
        uid: UID,
        prefix: '',
        folder,
        inode: expect.stringMatching(/^\d+$/),
      },
    ]);
  });

  it('forgets an agent whose process has ended', async () => {
    const child = await programs.start('scripted-agent.cjs', folder);
    const discovery = discover();
    expect(ours(discovery.scan()).found).toHaveLength(1);
    await programs.end();
    expect(child.killed).toBe(true);
    expect(ours(discovery.scan()).found).toEqual([]);
  });

  it('passes over folders and files of other names', async () => {
    mkdirSync(join(root, 'other'));
    mkdirSync(folder, { mode: 0o700 });
    await listenAt(join(root, 'other', `${process.pid}.sock`));
    await listenAt(join(folder, 'agent.sock'));
    await listenAt(join(folder, '07.sock'));
    expect(ours(discover().scan())).toEqual({ found: [], refusals: [] });
  });

  it('refuses the socket of another pid', async () => {
    const { pid } = await programs.start('scripted-agent.cjs', join(root, 'memtop-own'));
    mkdirSync(folder, { mode: 0o700 });
    await listenAt(join(folder, `${pid}.sock`));
    expect(ours(discover().scan()).refusals).toEqual([
      {
        path: join(folder, `${pid}.sock`),
        pid,
        why: `process ${pid}, after which it is named, does not listen there`,
      },
    ]);
  });

  it('refuses the socket of a pid that is dead', async () => {
    const pid = 4_194_303;
    mkdirSync(folder, { mode: 0o700 });
    await listenAt(join(folder, `${pid}.sock`));
    expect(ours(discover().scan()).refusals).toEqual([
      { path: join(folder, `${pid}.sock`), pid, why: `process ${pid}, after which it is named, does not exist` },
    ]);
  });

  it('refuses a folder that others may look into', async () => {
    await programs.start('scripted-agent.cjs', folder);
    chmodSync(folder, 0o755);
    expect(ours(discover().scan()).refusals).toMatchObject([{ why: 'the folder is accessible to other users' }]);
  });

  it('refuses a folder that is a planted symlink', async () => {
    await programs.start('scripted-agent.cjs', folder);
    renameSync(folder, join(root, 'memtop-real'));
    symlinkSync(join(root, 'memtop-real'), folder);
    expect(ours(discover().scan()).refusals).toMatchObject([{ why: 'the folder is not a directory' }]);
  });

  it('refuses a socket that is a planted symlink', async () => {
    const { pid } = await programs.start('scripted-agent.cjs', folder);
    const path = join(folder, `${pid}.sock`);
    renameSync(path, join(folder, 'real'));
    symlinkSync('real', path);
    expect(ours(discover().scan()).refusals).toMatchObject([{ why: 'the socket is not a socket' }]);
  });

  it('refuses a folder of another owner', () => {
    mkdirSync(folder, { mode: 0o700 });
    expect(openFolder('', folder, UID + 1)).toEqual({ fault: 'the folder belongs to another user' });
  });

  it('refuses a socket whose file has gone', async () => {
    const { pid } = await programs.start('scripted-agent.cjs', folder);
    renameSync(join(folder, `${pid}.sock`), join(folder, 'elsewhere'));
    expect(ours(discover().scan()).refusals).toMatchObject([{ why: 'the socket no longer exists' }]);
  });

  it('counts agents of other users and does not touch them', async () => {
    await programs.start('scripted-agent.cjs', folder);
    const scan = discover(UID + 4242).scan();
    expect(ours(scan)).toEqual({ found: [], refusals: [] });
    expect(scan.foreign).toBeGreaterThan(0);
  });
});

describe('a socket that was checked', () => {
  it('is the one that is connected to, whatever its name comes to mean', async () => {
    await programs.start('scripted-agent.cjs', folder);
    const [found] = ours(discover().scan()).found;
    if (found === undefined) throw new Error('not found');
    const held = openFound(found);
    if ('fault' in held) throw new Error(held.fault);
    renameSync(folder, join(root, 'moved'));
    expect(existsSync(held.path)).toBe(true);
    expect(held.path.length).toBeLessThan(40);
    held.close();
    expect(openFound(found)).toEqual({ fault: 'the folder no longer exists' });
  });

  it('is looked for below the root of its mount namespace without following a symlink', async () => {
    await programs.start('scripted-agent.cjs', folder);
    const [found] = ours(discover().scan()).found;
    if (found === undefined) throw new Error('not found');
    expect(openFound({ ...found, prefix: `/proc/${process.pid}/root` })).toHaveProperty('path');
    symlinkSync(root, `${root}/link`);
    const astray = { ...found, prefix: `/proc/${process.pid}/root`, folder: `${root}/link/memtop` };
    expect(openFound(astray)).toEqual({ fault: 'the folder is not a directory' });
    expect(readFileSync(`/proc/${process.pid}/comm`, 'utf8')).not.toBe('');
  });
});
