// Which limit is in force, read from trees of every version and kind of mount.
import { cpSync, mkdtempSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { titleOfLimit } from '../../../../src/model/cgroup/gauge.ts';
import type { GroupLimit } from '../../../../src/model/snapshot/cgroup-memory.ts';
import type { Snapshot } from '../../../../src/model/snapshot/snapshot.ts';
import { openProcfs } from '../../../../src/sampling/linux/procfs.ts';
import type { Needs } from '../../../../src/sampling/sampler/sampler.ts';
import { needing, never } from '../../needs.ts';
import { printStat } from '../tree.ts';

const MEBIBYTE = 2 ** 20;
const ID = `3f2a1b4c5d6e${'0'.repeat(52)}`;
const copies: string[] = [];
const fixture = (name: string) => fileURLToPath(new URL(`../../../fixtures/cgroups/${name}`, import.meta.url));

afterEach(() => {
  for (const copy of copies.splice(0)) rmSync(copy, { recursive: true, force: true });
});

/** A copy of a fixture, which a test may change. */
function copyOf(name: string): string {
  const copy = mkdtempSync(join(tmpdir(), 'memtop-cgroups-'));
  copies.push(copy);
  cpSync(fixture(name), copy, { recursive: true });
  return copy;
}

async function check(folder: string, needs: Partial<Needs> = {}): Promise<Snapshot> {
  const sampler = openProcfs(join(folder, 'proc'));
  try {
    return await sampler.sample(needing(needs), never);
  } finally {
    sampler.close();
  }
}

const inMebibytes = (limit: GroupLimit | undefined) =>
  limit && [limit.path, limit.limit / MEBIBYTE, limit.charged / MEBIBYTE, (limit.workingSet ?? 0) / MEBIBYTE];

describe('the limit that memtop is under', () => {
  it.each([
    // 850 of 1000 are used above, 160 of 512 in the cgroup itself: the wider limit is reached first.
    ['v1', ['/jobs', 1000, 900, 850]],
    ['v2', ['/system.slice/web.service', 400, 300, 240]],
    ['hybrid', ['/job', 256, 100, 90]],
    ['namespaced', ['/', 512, 281, 231]],
    ['bind-mounted', [`/docker/${ID}`, 512, 281, 231]],
    // Version 1 tells of a limit above that is not mounted here.
    ['hidden', ['/docker/x', 600, 281, 231]],
    ['slowed', ['/a', 300, 100, 90]],
    ['kubernetes', undefined],
  ])('%s', async (name, expected) => {
    const { system, gaps } = await check(fixture(name));
    expect(inMebibytes(system.limit)).toEqual(expected);
    expect(gaps).toEqual([]);
  });

  it('is named after the container, also where the path says nothing', async () => {
    const titles = ['namespaced', 'bind-mounted', 'v2', 'v1'].map(async (name) => {
      const { limit } = (await check(fixture(name))).system;
      return titleOfLimit(limit as GroupLimit);
    });
    expect(await Promise.all(titles)).toEqual([
      'container 3f2a1b4c5d6e',
      'docker 3f2a1b4c5d6e',
      'web.service',
      'cgroup /jobs',
    ]);
  });

  it('knows swap: of version 1 less memory, of version 2 as it stands', async () => {
    const { limit } = (await check(fixture('v2'))).system;
    expect([limit?.swapLimit, limit?.swapUsed]).toEqual([128 * MEBIBYTE, 28 * MEBIBYTE]);
    const copy = copyOf('v1');
    writeFileSync(join(copy, 'sys/fs/cgroup/memory/jobs/memory.limit_in_bytes'), '9223372036854771712\n');
    const inner = (await check(copy)).system.limit;
    expect([inner?.path, inner?.swapLimit, inner?.swapUsed]).toEqual(['/jobs/one', 256 * MEBIBYTE, 64 * MEBIBYTE]);
  });

  it.each(['max', '9223372036854771712', String(2 ** 62), '2094178304', '99999999999999999999'])(
    'a limit of %s counts as unlimited',
    async (text) => {
      const copy = copyOf('v2');
      writeFileSync(join(copy, 'sys/fs/cgroup/system.slice/web.service/memory.max'), `${text}\n`);
      const { system, gaps } = await check(copy);
      expect([system.limit, gaps]).toEqual([undefined, []]);
    },
  );

  it('a limit that is not a number is a gap', async () => {
    const copy = copyOf('v2');
    writeFileSync(join(copy, 'sys/fs/cgroup/system.slice/web.service/memory.max'), '12x\n');
    const { system, gaps } = await check(copy);
    expect(system.limit).toBeUndefined();
    expect(gaps).toEqual([{ what: 'memory cgroup', why: 'malformed', count: 1 }]);
  });

  it('a cgroup that disappears is a gap, and so is one that does while it is read', async () => {
    const whole = copyOf('v1');
    rmSync(join(whole, 'sys/fs/cgroup/memory/jobs/one'), { recursive: true });
    const gone = await check(whole);
    expect(gone.gaps).toEqual([{ what: 'memory cgroup', why: 'gone', count: 1 }]);
    // What is above it goes on counting.
    expect(gone.system.limit?.path).toBe('/jobs');
    const half = copyOf('hybrid');
    unlinkSync(join(half, 'sys/fs/cgroup/memory/job/memory.usage_in_bytes'));
    const { system, gaps } = await check(half);
    expect(system.limit).toBeUndefined();
    expect(gaps).toEqual([{ what: 'memory cgroup', why: 'gone', count: 1 }]);
  });

  it('without memory.stat the raw figure stands alone', async () => {
    const copy = copyOf('v2');
    unlinkSync(join(copy, 'sys/fs/cgroup/system.slice/web.service/memory.stat'));
    const { limit } = (await check(copy)).system;
    expect([limit?.charged, limit?.workingSet]).toEqual([300 * MEBIBYTE, undefined]);
  });

  it.each([
    ['v2', 'sys/fs/cgroup/system.slice/web.service/memory.peak'],
    ['hybrid', 'sys/fs/cgroup/memory/job/memory.max_usage_in_bytes'],
  ])('has the most that was ever charged, where the kernel counts it (%s)', async (name, file) => {
    const copy = copyOf(name);
    expect((await check(copy)).system.limit?.peak).toBeUndefined();
    writeFileSync(join(copy, file), `${350 * MEBIBYTE}\n`);
    expect((await check(copy)).system.limit?.peak).toBe(350 * MEBIBYTE);
    // A malformed one does not take the limit away.
    writeFileSync(join(copy, file), '-1\n');
    expect((await check(copy)).system.limit).toMatchObject({ charged: expect.any(Number) });
    expect((await check(copy)).system.limit?.peak).toBeUndefined();
  });

  it('is absent where another tree has no mounts', async () => {
    const copy = copyOf('v2');
    unlinkSync(join(copy, 'proc/self/mountinfo'));
    const { system, gaps } = await check(copy);
    expect([system.limit, gaps]).toEqual([undefined, []]);
  });
});

describe('the cgroups of others', () => {
  const path = `/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod0a1b2c3d_1111_2222_3333_444455556666.slice/cri-containerd-${ID}.scope`;

  async function samplePod(needs: Partial<Needs>): Promise<Snapshot> {
    const copy = copyOf('kubernetes');
    writeFileSync(join(copy, 'proc/31/stat'), printStat(31));
    return check(copy, { visible: new Set([31]), ...needs });
  }

  it('are read while they are shown, the nearest limit above included', async () => {
    const { groups } = await samplePod({ measures: new Set(['cgroup']) });
    expect(groups).toMatchObject([{ path, charged: 390 * MEBIBYTE, workingSet: 380 * MEBIBYTE }]);
    expect(inMebibytes(groups?.[0]?.limit)?.slice(1)).toEqual([600, 400, 390]);
    expect(groups?.[0]?.pressure).toMatchObject({ some10: 1.5, full10: 0.5 });
  });

  it('are not read otherwise', async () => {
    expect((await samplePod({})).groups).toBeUndefined();
  });
});

describe('pressure', () => {
  it('is read where the kernel tells it', async () => {
    expect((await check(fixture('v2'))).system.pressure).toEqual({
      some10: 3.2,
      some60: 1.1,
      full10: 0.9,
      full60: 0.4,
    });
  });

  it('is absent without a gap where the kernel has none', async () => {
    const { system, gaps } = await check(fixture('v1'));
    expect([system.pressure, gaps]).toEqual([undefined, []]);
  });

  it('that cannot be understood is a gap', async () => {
    const copy = copyOf('v2');
    writeFileSync(join(copy, 'proc/pressure/memory'), 'some avg10=');
    const { system, gaps } = await check(copy);
    expect(system.pressure).toBeUndefined();
    expect(gaps).toEqual([{ what: 'pressure', why: 'malformed', count: 1 }]);
  });
});
