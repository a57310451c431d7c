// The pane of the machine's memory, and what the header says of memory that processes do not have, as golden frames.
import { describe, expect, it } from 'vitest';
import type { State } from '../../src/app/state/state.ts';
import { wantedBy } from '../../src/app/view/needs.ts';
import type { Snapshot, SystemMemory } from '../../src/model/snapshot/snapshot.ts';
import { frameLines } from '../../src/screen/frame.ts';
import { SIZES } from '../helpers/sizes.ts';
import { MEBIBYTE } from '../helpers/snapshots.ts';
import { act, press, serverProcesses, watched } from '../helpers/states.ts';

const GIBIBYTE = 1024 * MEBIBYTE;

/** A machine of 16 GiB that a forgotten file in /dev/shm fills. */
const FULL: SystemMemory = {
  total: 16 * GIBIBYTE,
  free: 700 * MEBIBYTE,
  available: 1400 * MEBIBYTE,
  buffers: 60 * MEBIBYTE,
  cached: 10.9 * GIBIBYTE,
  shared: 9.8 * GIBIBYTE,
  swapTotal: 0,
  swapFree: 0,
  use: {
    anonymous: 520 * MEBIBYTE,
    mapped: 210 * MEBIBYTE,
    slabReclaimable: 180 * MEBIBYTE,
    slabUnreclaimable: 95 * MEBIBYTE,
    pageTables: 14 * MEBIBYTE,
    kernelStacks: 7 * MEBIBYTE,
    perCpu: 3 * MEBIBYTE,
    vmalloc: 31 * MEBIBYTE,
    hugePages: 2 * GIBIBYTE,
    hugePagesFree: 1.5 * GIBIBYTE,
    zswap: 0,
    zswapped: 0,
    freeInCpuLists: 40 * MEBIBYTE,
    arc: { size: 900 * MEBIBYTE, inSlab: 60 * MEBIBYTE },
    zram: [
      {
        name: 'zram0',
        stored: 1200 * MEBIBYTE,
        used: 400 * MEBIBYTE,
        swap: { size: 4 * GIBIBYTE, used: 1200 * MEBIBYTE },
      },
    ],
  },
};
const WITH_SWAP: SystemMemory = { ...FULL, swapTotal: 4 * GIBIBYTE, swapFree: 2896 * MEBIBYTE };

function machine(size: { columns: number; rows: number }, system: SystemMemory, more: Partial<Snapshot> = {}): State {
  const state = watched({}, size, 30, serverProcesses, (tick) => ({
    ...system,
    swappedIn: 0,
    swappedOut: tick * 7 * MEBIBYTE,
  }));
  if (state.view === undefined) throw new Error('nothing was sampled');
  const { view } = state;
  const tmpfs = [
    { folder: '/dev/shm', used: 9.7 * GIBIBYTE },
    { folder: '/run\u001b[2J', used: 60 * MEBIBYTE },
    { folder: '/run/lock', used: 4096 },
  ];
  const snapshot = { ...view.snapshot, tmpfs, ...more };
  return act(state, { type: 'sampled', view: { ...view, snapshot } }).state;
}

const textOf = (state: State) => frameLines(state).join('\n');

describe('the pane of memory', () => {
  it.each(SIZES)('at %i×%i', async (columns, rows) => {
    const { state } = press(machine({ columns, rows }, WITH_SWAP), 'm');
    await expect(textOf(state)).toMatchFileSnapshot(`frames/memory.${columns}x${rows}.txt`);
  });

  it('in ASCII', async () => {
    const state = machine({ columns: 120, rows: 40 }, WITH_SWAP);
    const { state: opened } = press(
      { ...state, appearance: { ...state.appearance, ascii: true, graph: 'ascii' } },
      'm',
    );
    expect(textOf(opened)).toMatch(/^[\x20-\x7e\n]+$/);
  });

  it('is scrolled to its last line, which is the smallest part', () => {
    const { state } = press(machine({ columns: 80, rows: 24 }, WITH_SWAP), 'm', 'G');
    expect(textOf(state)).toContain('Per-CPU');
  });

  it('is closed by m and by Esc', () => {
    const { state } = press(machine({ columns: 80, rows: 24 }, WITH_SWAP), 'm');
    expect(press(state, 'm').state.pane).toBeUndefined();
    expect(press(state, 'escape').state.pane).toBeUndefined();
  });

  it('requests the size of each tmpfs while it is open, and takes a sample at once', () => {
    const closed = machine({ columns: 80, rows: 24 }, WITH_SWAP);
    const { state, effects } = press(closed, 'm');
    expect(effects).toEqual([{ do: 'sample' }]);
    expect(wantedBy(state).tmpfs).toBe(true);
    expect(wantedBy(closed).tmpfs).toBe(false);
  });

  it('says so where the system does not report it', () => {
    const { use: _, ...plain } = WITH_SWAP;
    const { state } = press(machine({ columns: 80, rows: 24 }, plain), 'm');
    expect(textOf(state)).toContain('This system has no memory breakdown.');
  });
});

describe('the header of a machine that processes do not fill', () => {
  it.each([
    [80, '9.80G is in tmpfs and shared memory, not in processes (m: details)'],
    [50, '9.80G in tmpfs and shared memory (m: details)'],
    [40, '9.80G Shared and tmpfs (m: details)'],
  ])('names what does at %i columns', (columns, words) => {
    expect(textOf(machine({ columns, rows: 24 }, FULL)).split('\n')).toContain(words);
  });

  it('names nothing while the gauge is that of a limit', () => {
    const limit = { path: '/job', limit: GIBIBYTE, charged: 0, idleCache: 0 };
    const state = machine({ columns: 80, rows: 24 }, { ...FULL, limit } as SystemMemory);
    expect(textOf(state)).not.toContain('m: details');
    expect(textOf(press(state, 'H').state)).not.toContain('not in processes (m: details) limit');
  });

  it('shows what is swapped a second, and what free swap on zram is worth, as there is space', () => {
    const swapLine = (columns: number, system = WITH_SWAP) =>
      textOf(machine({ columns, rows: 30 }, system))
        .split('\n')
        .find((line) => line.startsWith('Swp'));
    expect(swapLine(160)).toContain('2.83G free of 4.00G (zram: counts as 1.89G)  in 0/s out 3.50M/s');
    expect(swapLine(80)).toContain('2.83G free of 4.00G  in 0/s out 3.50M/s');
    const { zram: _, ...use } = FULL.use ?? {};
    expect(swapLine(160, { ...WITH_SWAP, use })).toMatch(/2.83G free of 4.00G {2}in 0\/s out 3.50M\/s$/);
  });
});
