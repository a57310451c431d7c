import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { Process, Snapshot } from '../../../../src/model/snapshot/snapshot.ts';
import { openProcfs } from '../../../../src/sampling/linux/procfs.ts';
import { FileReader } from '../../../../src/sampling/linux/reading/file-reader.ts';
import { SmapsFile } from '../../../../src/sampling/linux/smaps/smaps-file.ts';
import type { Needs, Sampler } from '../../../../src/sampling/sampler/sampler.ts';
import { needing, never } from '../../needs.ts';
import { Tree } from '../tree.ts';

let tree: Tree;
let sampler: Sampler;

beforeEach(() => {
  tree = new Tree();
  sampler = openProcfs(tree.proc);
  onTestFinished(() => {
    sampler.close();
    tree.remove();
  });
});

/** In KiB. */
function rollup(pss: number, uss = pss, shared = 0): string {
  const sizes = {
    Rss: uss + shared,
    Pss: pss,
    Shared_Clean: shared,
    Shared_Dirty: 0,
    Private_Clean: 0,
    Private_Dirty: uss,
  };
  const lines = Object.entries(sizes).map(([label, kilobytes]) => `${label}: ${String(kilobytes).padStart(10)} kB\n`);
  return `55b41f1f0000-7ffe2b762000 ---p 00000000 00:00 0    [rollup]\n${lines.join('')}`;
}

function add(pid: number, pss: number, pages = 1000): void {
  tree.add(pid, { pages });
  tree.write(`${pid}/smaps_rollup`, rollup(pss));
}

const sample = (some: Partial<Needs>): Promise<Snapshot> =>
  sampler.sample(needing({ measures: new Set(['pss']), ...some }), never);
const processIn = ({ processes }: Snapshot, pid: number): Process | undefined =>
  processes.find(({ who }) => who.pid === pid);
const pssOf = (snapshot: Snapshot) =>
  Object.fromEntries(snapshot.processes.map(({ who, smaps }) => [who.pid, smaps && smaps.pss / 1024]));

describe('PSS and USS', () => {
  it('are read of the rows on screen only', async () => {
    for (const pid of [7, 8, 9]) add(pid, pid);
    expect(pssOf(await sample({ visible: new Set([8]) }))).toEqual({ 7: undefined, 8: 8, 9: undefined });
  });

  it('are not read when no column needs them', async () => {
    add(7, 7);
    const snapshot = await sample({ measures: new Set(['peak']), visible: new Set([7]), everyMeasure: true });
    expect(pssOf(snapshot)).toEqual({ 7: undefined });
  });

  it('are read of the process of the detail pane whatever the columns are', async () => {
    for (const pid of [7, 8]) add(pid, pid);
    expect(pssOf(await sample({ measures: new Set(), details: 7 }))).toEqual({ 7: 7, 8: undefined });
  });

  it('are read of all where the order or the output needs them, of those that are kept', async () => {
    for (const pid of [7, 8, 9]) add(pid, pid);
    const keeps = ({ who }: Process) => who.pid !== 9;
    expect(pssOf(await sample({ everyMeasure: true, keeps }))).toEqual({ 7: 7, 8: 8, 9: undefined });
  });

  it('carry when they were read, what that cost and the RSS of that moment', async () => {
    add(7, 70, 25);
    const before = Date.now();
    const smaps = processIn(await sample({ visible: new Set([7]) }), 7)?.smaps;
    const after = Date.now();
    expect(smaps?.readAt).toBeGreaterThanOrEqual(before);
    expect(smaps?.readAt).toBeLessThanOrEqual(after);
    expect(smaps?.cost).toBeGreaterThanOrEqual(0);
    expect(smaps?.cost).toBeLessThanOrEqual(after - before + 1);
    expect(smaps).toEqual({
      pss: 70 * 1024,
      uss: 70 * 1024,
      shared: 0,
      rss: 25 * 4096,
      readAt: expect.any(Number),
      cost: expect.any(Number),
    });
  });

  it('of a process that has not moved are not read again, and it stays the same object', async () => {
    add(7, 70);
    const first = await sample({ visible: new Set([7]) });
    tree.write('7/smaps_rollup', rollup(80));
    const second = await sample({ visible: new Set([7]) });
    expect(processIn(second, 7)).toBe(processIn(first, 7));
  });

  it('of a process that has moved are read again', async () => {
    add(7, 70);
    await sample({ visible: new Set([7]) });
    tree.write('7/smaps_rollup', rollup(80));
    tree.move(7, { pages: 1001 });
    expect(pssOf(await sample({ visible: new Set([7]) }))).toEqual({ 7: 80 });
    tree.write('7/smaps_rollup', rollup(90));
    tree.move(7, { pages: 1001, faults: 101 });
    expect(pssOf(await sample({ visible: new Set([7]) }))).toEqual({ 7: 90 });
  });

  it('stay on a process that is no longer shown, with their age', async () => {
    add(7, 70);
    const first = await sample({ visible: new Set([7]) });
    tree.move(7, { pages: 2000 });
    const second = await sample({ everyRow: true });
    expect(processIn(second, 7)).toMatchObject({ rss: 2000 * 4096, smaps: processIn(first, 7)?.smaps });
  });

  it('go with the process when its pid is another’s', async () => {
    add(7, 70);
    await sample({ visible: new Set([7]) });
    tree.add(7, { startTime: 6000 });
    expect(pssOf(await sample({ everyRow: true }))).toEqual({ 7: undefined });
  });

  it('within a budget come bit by bit, the largest first, then the oldest', async () => {
    for (const pid of [7, 8, 9]) add(pid, pid, pid * 100);
    const some = { everyMeasure: true, everyRow: true, smapsBudget: Number.MIN_VALUE };
    expect(pssOf(await sample(some))).toEqual({ 7: undefined, 8: undefined, 9: 9 });
    expect(pssOf(await sample(some))).toEqual({ 7: undefined, 8: 8, 9: 9 });
    expect(pssOf(await sample(some))).toEqual({ 7: 7, 8: 8, 9: 9 });
    for (const pid of [7, 8, 9]) {
      tree.move(pid, { pages: pid * 100 + 1 });
      tree.write(`${pid}/smaps_rollup`, rollup(1000));
    }
    expect(pssOf(await sample(some))).toEqual({ 7: 7, 8: 8, 9: 1000 });
    expect(pssOf(await sample(some))).toEqual({ 7: 7, 8: 1000, 9: 1000 });
  });
});

describe('PSS and USS that cannot be read', () => {
  it('of kernel threads and zombies are not read', async () => {
    tree.add(7, { flags: 0x20_0000 });
    tree.add(8, { state: 'Z' });
    const snapshot = await sample({ everyMeasure: true });
    expect(pssOf(snapshot)).toEqual({ 7: undefined, 8: undefined });
    expect(snapshot.gaps).toEqual([]);
  });

  it('of a file that is half written are a gap, until it can be read', async () => {
    add(7, 70);
    tree.write('7/smaps_rollup', rollup(70).slice(0, 120));
    const snapshot = await sample({ visible: new Set([7]) });
    expect(snapshot.gaps).toEqual([{ what: 'pss', why: 'malformed', count: 1 }]);
    expect(processIn(snapshot, 7)).toMatchObject({ smapsGap: 'malformed' });
    expect((await sample({})).gaps).toEqual([]);
  });

  it('of a process that is about to end, whose file is empty, are absent and no gap', async () => {
    add(7, 70);
    tree.write('7/smaps_rollup', '');
    const snapshot = await sample({ visible: new Set([7]) });
    expect(pssOf(snapshot)).toEqual({ 7: undefined });
    expect(snapshot.gaps).toEqual([]);
  });

  it('where the kernel has no file for them are unsupported', async () => {
    for (const pid of [7, 8]) tree.add(pid);
    const { gaps } = await sample({ everyMeasure: true });
    expect(gaps).toEqual([{ what: 'pss', why: 'unsupported', count: 2 }]);
  });

  it('where only smaps is there are its sums', async () => {
    tree.add(7);
    tree.write('7/smaps', rollup(30).repeat(2000));
    expect(pssOf(await sample({ visible: new Set([7]) }))).toEqual({ 7: 60_000 });
  });

  it('of a smaps without an end, or too large to be worth it, are a gap', async () => {
    for (const pid of [7, 8]) tree.add(pid);
    tree.write('7/smaps', rollup(30).repeat(2000).slice(0, -3));
    tree.write('8/smaps', rollup(30).repeat(100_000));
    const { gaps } = await sample({ everyMeasure: true });
    expect(gaps).toEqual([
      { what: 'pss', why: 'malformed', count: 1 },
      { what: 'pss', why: 'unsupported', count: 1 },
    ]);
  });

  it('of a process that ends between two files are gone', () => {
    add(7, 70);
    const file = new SmapsFile(new FileReader(), tree.proc, true);
    tree.write('self/smaps_rollup', rollup(1));
    expect(file.read(join(tree.proc, '7'))).toEqual({ pss: 70 * 1024, uss: 70 * 1024, shared: 0 });
    rmSync(join(tree.proc, '7'), { recursive: true });
    expect(file.read(join(tree.proc, '7'))).toBe('gone');
  });

  it.runIf(process.platform === 'linux' && process.getuid?.() === 0)('are denied to others', () => {
    // Root reads everything; any other user may not read those of pid 1.
    const seteuid = process.seteuid as (id: number) => void;
    seteuid(65534);
    try {
      expect(new SmapsFile(new FileReader(), '/proc', true).read('/proc/1')).toBe('denied');
    } finally {
      seteuid(0);
    }
  });
});

describe.runIf(process.platform === 'linux')('PSS and USS of this process', () => {
  it('are those of smaps added up', () => {
    const file = new SmapsFile(new FileReader(), '/proc', true);
    const reported = file.read('/proc/self');
    const smaps = readFileSync('/proc/self/smaps', 'latin1');
    const sum = (...labels: string[]) =>
      [...smaps.matchAll(/^(\w+): +(\d+) kB$/gm)].reduce(
        (total, [, label = '', size]) => total + (labels.includes(label) ? Number(size) : 0),
        0,
      ) * 1024;
    const { pss, uss, shared } = typeof reported === 'string' ? { pss: 0, uss: 0, shared: 0 } : reported;
    // The heap moves while it is read; smaps rounds each of a thousand mappings down to whole kilobytes.
    expect(Math.abs(pss / sum('Pss') - 1)).toBeLessThan(0.1);
    expect(Math.abs(uss / sum('Private_Clean', 'Private_Dirty', 'Private_Hugetlb') - 1)).toBeLessThan(0.1);
    expect(Math.abs(shared / sum('Shared_Clean', 'Shared_Dirty') - 1)).toBeLessThan(0.1);
  });
});
