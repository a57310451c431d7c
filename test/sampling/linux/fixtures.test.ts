import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { Snapshot } from '../../../src/model/snapshot/snapshot.ts';
import { openProcfs } from '../../../src/sampling/linux/procfs.ts';
import { needing, never } from '../needs.ts';

const PAGE = 4096;

async function check(fixture: string): Promise<Snapshot> {
  const sampler = openProcfs(fileURLToPath(new URL(`../../fixtures/proc/${fixture}/proc`, import.meta.url)));
  try {
    return await sampler.sample(needing(), never);
  } finally {
    sampler.close();
  }
}

const namesByPid = ({ processes }: Snapshot) => Object.fromEntries(processes.map(({ who }) => [who.pid, who.name]));
const find = (snapshot: Snapshot, pid: number) => snapshot.processes.find(({ who }) => who.pid === pid);

test('an ordinary tree is read in full, in bytes and milliseconds', async () => {
  const snapshot = await check('ordinary');
  expect(snapshot.host).toEqual({
    name: 'web-1',
    platform: 'linux',
    kernel: '6.1.0-18-amd64',
    distribution: 'Debian GNU/Linux 12',
    bootedAt: 1_700_000_000_000,
  });
  expect(snapshot.system).toEqual({
    total: 2045096 * 1024,
    free: 240120 * 1024,
    available: 1204884 * 1024,
    buffers: 52352 * 1024,
    cached: 912216 * 1024,
    shared: 22144 * 1024,
    reclaimable: 84120 * 1024,
    swapTotal: 1048572 * 1024,
    swapFree: 998400 * 1024,
    use: {
      anonymous: 488000 * 1024,
      swapCached: 1200 * 1024,
      listed: 1452000 * 1024,
      mapped: 151296 * 1024,
      slabReclaimable: 84120 * 1024,
      slabUnreclaimable: 36320 * 1024,
      hugePages: 0,
    },
  });
  expect(find(snapshot, 4242)).toEqual({
    who: {
      pid: 4242,
      ppid: 812,
      startTime: 90000,
      startedAt: 1_700_000_900_000,
      startedAfter: 900_000,
      name: 'node',
      command: 'node /srv/app.js --port 8080',
      user: 'ada',
      kernel: false,
    },
    state: 'S',
    rss: 60000 * PAGE,
    virtual: 1125899906842624,
    threads: 11,
    cpuTime: 130_230,
    nice: 0,
    majorFaults: 3,
    peak: 300_000 * 1024,
    swap: 0,
  });
  expect(snapshot.processes.map(({ who }) => who.pid)).toEqual([1, 2, 812, 4242]);
  expect(snapshot.gaps).toEqual([]);
});

test('a tree of files is not this machine, so nothing is said of what looking costs it', async () => {
  expect(await check('ordinary')).not.toHaveProperty('observer');
});

test('a snapshot survives JSON unchanged', async () => {
  const snapshot = await check('odd');
  expect(JSON.parse(JSON.stringify(snapshot))).toEqual(snapshot);
});

test('odd names are read whole: spaces, parentheses, a newline, none at all, invalid and other UTF-8', async () => {
  expect(namesByPid(await check('odd'))).toEqual({
    1: 'systemd',
    2: 'kthreadd',
    17: 'kworker/u8:1-events_unbound',
    101: 'Web Content',
    102: 'a) R 1 (b',
    103: 'line\nbreak',
    104: 'zombie',
    105: '\uFFFD\uFFFD\uFFFD(',
    106: '',
    107: 'nobody-listed',
    108: '記憶',
    109: ')(',
    110: '1 (2) S 3',
  });
});

test('kernel threads are told apart and have neither command nor peak', async () => {
  const snapshot = await check('odd');
  expect(snapshot.processes.filter(({ who }) => who.kernel).map(({ who }) => who.pid)).toEqual([2, 17]);
  expect(find(snapshot, 17)).toMatchObject({ who: { command: '', user: 'root' }, rss: 0 });
  expect(find(snapshot, 17)).not.toHaveProperty('peak');
});

test('a zombie has no memory and no command', async () => {
  expect(find(await check('odd'), 104)).toMatchObject({ state: 'Z', rss: 0, who: { command: '', kernel: false } });
});

test('a user without a name is shown by number', async () => {
  expect(find(await check('odd'), 107)?.who.user).toBe('4294967294');
});

test('files cut off in the middle become gaps, and the rest is read', async () => {
  const snapshot = await check('cut-off');
  expect(namesByPid(snapshot)).toEqual({ 1: 'systemd', 27: 'no-others', 28: 'half-status' });
  expect(snapshot.gaps).toEqual([
    { what: 'meminfo', why: 'malformed', count: 1 },
    { what: 'stat', why: 'malformed', count: 7 },
    { what: 'status', why: 'gone', count: 1 },
    { what: 'cmdline', why: 'gone', count: 1 },
    { what: 'status', why: 'malformed', count: 1 },
  ]);
  expect(find(snapshot, 28)?.who).not.toHaveProperty('user');
});

test('a kernel without MemAvailable has it computed with the watermarks of zoneinfo', async () => {
  const low = (103 + 13975) * 4;
  const available = 240120 - low + (452000 + 520000 - low) + (84120 - Math.min(84120 / 2, low));
  const snapshot = await check('old-kernel');
  expect(snapshot.system.available).toBe(Math.round(available * 1024));
  expect(snapshot.host).toMatchObject({ kernel: '2.6.32-754.el6.x86_64', distribution: 'CentOS 6' });
});

test('in a container the processes, users and distribution are its own', async () => {
  const snapshot = await check('container');
  expect(snapshot.processes.map(({ who }) => [who.pid, who.user, who.command])).toEqual([
    [1, '1000', 'node server.js'],
    [18, 'nobody', 'npm run start'],
    [31, 'root', '/bin/sh'],
  ]);
  expect(snapshot.host.distribution).toBe('Alpine Linux 3.19.1');
});
