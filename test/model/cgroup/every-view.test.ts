// Every fact of a limit in every view, from small trees of /proc and cgroups: the right value, named after what is right.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { controlGroup } from '../../../src/commands/doctor/checks/kernel.ts';
import type { Machine } from '../../../src/commands/doctor/checks/machine.ts';
import { formatJson } from '../../../src/formats/json.ts';
import { formatTable } from '../../../src/formats/table.ts';
import { formatStatusLine } from '../../../src/formats/tmux-line.ts';
import { gaugeOf, statusOf } from '../../../src/model/cgroup/gauge.ts';
import type { Column } from '../../../src/model/columns/column.ts';
import { columnOf } from '../../../src/model/columns/columns.ts';
import { Tracker } from '../../../src/model/rows/tracker.ts';
import { Plausible } from '../../../src/model/snapshot/plausible.ts';
import type { Snapshot } from '../../../src/model/snapshot/snapshot.ts';
import { openProcfs } from '../../../src/sampling/linux/procfs.ts';
import { FileReader } from '../../../src/sampling/linux/reading/file-reader.ts';
import { printStat } from '../../sampling/linux/tree.ts';
import { needing, never } from '../../sampling/needs.ts';

const MIB = 2 ** 20;
const GIB = 2 ** 30;
const MEMINFO =
  'MemTotal: 16384000 kB\nMemFree: 8192000 kB\nMemAvailable: 12288000 kB\nSwapTotal: 0 kB\nSwapFree: 0 kB\n';
const V2 = '31 23 0:28 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n';
const V1 = '31 23 0:28 /docker/abc /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n';
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A tree with one process; files of it by their paths, null for one that is missing. */
function tree(files: Readonly<Record<string, string | null>>): string {
  const root = mkdtempSync(join(tmpdir(), 'memtop-facts-'));
  folders.push(root);
  const whole: Record<string, string | Buffer | null> = {
    'proc/stat': `cpu 1 2 3 4\nbtime ${Math.floor(Date.now() / 1000) - 864_000}\n`,
    'proc/meminfo': MEMINFO,
    'proc/uptime': '864000.00 1000.00\n',
    'proc/loadavg': '0.00 0.00 0.00 1/100 5000\n',
    'proc/10/stat': printStat(10, { name: 'app', startTime: 500 }),
    'proc/10/status': 'Name:\tapp\nUid:\t0\t0\t0\t0\n',
    'proc/10/cmdline': 'app\0',
    ...files,
  };
  for (const [path, content] of Object.entries(whole)) {
    if (content === null) continue;
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

/** A cgroup of version 2 that memtop and the process are in. */
function cgroup(path: string, files: Readonly<Record<string, string | number>>): string {
  const within = Object.entries(files).map(([name, value]) => [`sys/fs/cgroup${path}/${name}`, `${value}`]);
  return tree({
    'proc/self/mountinfo': V2,
    'proc/self/cgroup': `0::${path}\n`,
    'proc/10/cgroup': `0::${path}\n`,
    'sys/fs/cgroup/cgroup.controllers': 'cpu memory\n',
    ...Object.fromEntries(within),
  });
}

interface Views {
  readonly snapshot: Snapshot;
  readonly table: string;
  readonly line: string;
  readonly json: { readonly system: Record<string, unknown>; readonly processes: readonly Record<string, unknown>[] };
  readonly doctor: string;
}

async function viewsOf(root: string): Promise<Views> {
  const proc = join(root, 'proc');
  const sampler = openProcfs(proc);
  try {
    const snapshot = new Plausible().check(await sampler.sample(needing(), never));
    const tracker = new Tracker();
    const rows = tracker.advance(snapshot, 1000);
    const moment = { time: snapshot.time, uptime: snapshot.uptime, timeline: tracker.timeline };
    const reader = new FileReader();
    const machine = { platform: 'linux', proc, isLive: false, read: (path: string) => reader.text(path) };
    return {
      snapshot,
      table: formatTable({ snapshot, rows, moment }, [columnOf('pid'), columnOf('age')] as Column[], { ascii: false }),
      line: formatStatusLine({ system: snapshot.system }, { ascii: false, tmux: false }),
      json: JSON.parse(formatJson({ snapshot, rows, moment })),
      doctor: controlGroup.run(machine as unknown as Machine).found,
    };
  } finally {
    sampler.close();
  }
}

describe('a memory.high below memory.max', () => {
  const throttled = () =>
    cgroup('/kubepods.slice/pod1', {
      'memory.max': 8 * GIB,
      'memory.high': 900 * MIB,
      'memory.current': 899 * MIB,
      'memory.stat': `anon ${GIB / 2}\ninactive_file ${MIB}\nactive_file 0\n`,
      'memory.swap.max': 0,
      'memory.swap.current': 0,
      'memory.pressure':
        'some avg10=85.00 avg60=60.00 avg300=10.00 total=1\nfull avg10=80.00 avg60=50.00 avg300=10.00 total=1\n',
    });

  it('is the headroom in every view, named as throttling and never OK', async () => {
    const { table, line, json, doctor, snapshot } = await viewsOf(throttled());
    expect(table).toContain('2.00M available of 900M high, 100% used (throttled)');
    expect(table).toContain('throttled above 900M (memory.high), killed above 8.00G (memory.max)');
    expect(line).toContain('898M/900M high used (throttled)');
    expect(json.system).toMatchObject({
      limit: 900 * MIB,
      limitUsed: 898 * MIB,
      limitThrottles: true,
      limitKills: 8 * GIB,
    });
    expect(doctor).toContain('900M before throttling (killed above 8.00G), 2.00M left');
    expect(statusOf(gaugeOf(snapshot.system) as never).word).toBe('throttled');
    for (const view of [table, line, doctor]) expect(view).not.toMatch(/\bOK\b/);
  });

  it('has its pressure and its swap in every view', async () => {
    const { table, line, json, doctor } = await viewsOf(throttled());
    expect(table).toContain('memory pressure 85.0% (stalling)');
    expect(line).toContain('pressure 85%');
    expect(json.system).toMatchObject({ pressure: { some10: 85, full10: 80 }, limitSwap: 0, limitSwapUsed: 0 });
    expect(doctor).toContain('swap 0 of 0; memory pressure 85.0% (stalling)');
  });

  it('of 0 throttles at once', async () => {
    const { table, line } = await viewsOf(
      cgroup('/a', { 'memory.max': 'max', 'memory.high': 0, 'memory.current': 4096 }),
    );
    expect(`${table}${line}`).not.toMatch(/Infinity|NaN/);
    expect(line).toContain('(throttled)');
  });
});

describe('a cgroup full of active file cache', () => {
  it('is OK in every view: only what cannot be reclaimed is used', async () => {
    const root = cgroup('/a', {
      'memory.max': 512 * MIB,
      'memory.high': 'max',
      'memory.current': 505 * MIB,
      'memory.stat': `anon ${50 * MIB}\nfile ${450 * MIB}\ninactive_file ${5 * MIB}\nactive_file ${440 * MIB}\nslab_reclaimable ${5 * MIB}\n`,
    });
    const { table, line, json, doctor } = await viewsOf(root);
    expect(table).toContain('457M available of 512M limit, 11% used (OK)');
    expect(line).toContain('55.0M/512M limit used');
    expect(json.system).toMatchObject({ limitUsed: 55 * MIB, limitWorkingSet: 500 * MIB, limitCharged: 505 * MIB });
    expect(doctor).toContain('512M limit, 457M left');
  });
});

describe('a memory.max of 0', () => {
  it('is shown as it is in every view, without a division', async () => {
    const root = cgroup('/a', { 'memory.max': 0, 'memory.current': 4096, 'memory.stat': 'inactive_file 0\n' });
    const { table, line, json, doctor } = await viewsOf(root);
    expect(table).toContain('0 available of 0 limit, none allowed');
    expect(line).toContain('4.00K/0 limit used');
    expect(json.system).toMatchObject({ limit: 0, limitUsed: 4096 });
    expect(json.system).not.toHaveProperty('exhaustedAt');
    expect(doctor).toContain('0 limit, 0 left');
    expect(`${table}${line}${doctor}`).not.toMatch(/Infinity|NaN/);
  });
});

it('a memory.max below what is used leaves nothing, and says how much is used', async () => {
  const { table } = await viewsOf(cgroup('/a', { 'memory.max': 100 * MIB, 'memory.current': 150 * MIB }));
  expect(table).toContain('0 available of 100M limit, 150% used (short)');
});

it.each([
  ['a limit larger than the machine', { 'memory.max': 64 * GIB, 'memory.current': MIB }],
  ['a cgroup without the memory controller', { 'cgroup.procs': '10' }],
] as const)('%s does not count as a limit in any view', async (_, files) => {
  const { table, line, json, doctor } = await viewsOf(cgroup('/user.slice/app.scope', files));
  for (const view of [table, line]) expect(view).not.toContain('limit');
  expect(json.system).not.toHaveProperty('limit');
  expect(doctor).toContain('no limit applies');
});

it('of nested limits the one with the least headroom counts in every view', async () => {
  const root = cgroup('/job/step', { 'memory.max': 400 * MIB, 'memory.current': 100 * MIB });
  writeFileSync(join(root, 'sys/fs/cgroup/job/memory.max'), `${500 * MIB}`);
  writeFileSync(join(root, 'sys/fs/cgroup/job/memory.current'), `${450 * MIB}`);
  const { table, line, json, doctor } = await viewsOf(root);
  expect(table).toContain('50.0M available of 500M limit, 90% used (short)');
  expect(line).toContain('450M/500M limit used');
  expect(json.system).toMatchObject({ limit: 500 * MIB, limitCgroup: '/job' });
  expect(doctor).toContain('(of cgroup /job)');
});

it('a hierarchical limit of version 1 above an unlimited cgroup counts', async () => {
  const folder = 'sys/fs/cgroup/memory';
  const root = tree({
    'proc/self/mountinfo': V1,
    'proc/self/cgroup': '9:memory:/docker/abc\n0::/\n',
    [`${folder}/memory.limit_in_bytes`]: '9223372036854771712\n',
    [`${folder}/memory.usage_in_bytes`]: `${300 * MIB}\n`,
    [`${folder}/memory.stat`]: `hierarchical_memory_limit ${400 * MIB}\ntotal_inactive_file 0\n`,
  });
  const { line, json } = await viewsOf(root);
  expect(line).toContain('300M/400M limit used');
  expect(json.system).toMatchObject({ limit: 400 * MIB });
});

describe('when the machine was booted', () => {
  it.each([
    ['in 1970, by a board without a clock', 12],
    ['in the future, by a clock that was set back', Math.floor(Date.now() / 1000) + 3600],
  ])('%s: AGE goes by the uptime, and no start is made up', async (_, btime) => {
    const { table, json, snapshot } = await viewsOf(tree({ 'proc/stat': `btime ${btime}\n` }));
    expect(table).toMatch(/^ *10 +9d$/m);
    expect(json.processes[0]).not.toHaveProperty('startedAt');
    expect(snapshot.gaps).toContainEqual({ what: 'boot time', why: 'malformed', count: 1 });
  });

  it('is not known without stat: memtop starts, AGE goes by the uptime, and the gap is reported', async () => {
    const { table, json } = await viewsOf(tree({ 'proc/stat': null }));
    expect(table).toMatch(/^ *10 +9d$/m);
    expect(table).toContain('boot time: not there');
    expect(json.processes[0]).toMatchObject({ pid: 10, name: 'app' });
  });
});

describe('without meminfo', () => {
  it('the list works, and every view says that the memory of the machine is not known', async () => {
    const { table, line, json } = await viewsOf(tree({ 'proc/meminfo': null }));
    expect(table).toMatch(/^Mem {2}machine memory unknown\n/);
    expect(table).toContain('meminfo: not there');
    expect(line).toBe('mem not known');
    expect(json.system).not.toHaveProperty('total');
    expect(json.processes).toHaveLength(1);
  });

  it.each(['garbage', 'MemTotal: -5 kB\nMemAvailable: 1e9 kB\n', `MemTotal: ${'9'.repeat(30)} kB\n`])(
    'and with %s in it too',
    async (text) => {
      const { line, json } = await viewsOf(tree({ 'proc/meminfo': text }));
      expect(line).toBe('mem not known');
      expect(json.processes).toHaveLength(1);
    },
  );
});

it('more free swap than there is swap is never a negative use', async () => {
  const meminfo = MEMINFO.replace('SwapTotal: 0', 'SwapTotal: 1000').replace('SwapFree: 0', 'SwapFree: 3000');
  const { table, json } = await viewsOf(tree({ 'proc/meminfo': meminfo }));
  expect(table).toContain('Swp  0.98M, usage unknown');
  expect(json.system).not.toHaveProperty('swapUsed');
});
