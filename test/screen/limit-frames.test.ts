// Golden frames of limits and pressure: `npx vitest -u` regenerates them; read the diff.
import { describe, expect, it } from 'vitest';
import { update } from '../../src/app/actions/update.ts';
import { initialState, type State } from '../../src/app/state/state.ts';
import { Tracker } from '../../src/model/rows/tracker.ts';
import type { GroupLimit, MemoryGroup } from '../../src/model/snapshot/cgroup-memory.ts';
import type { SystemMemory } from '../../src/model/snapshot/snapshot.ts';
import { frameLines } from '../../src/screen/frame.ts';
import { cellWidth } from '../../src/text/width.ts';
import { SIZES } from '../helpers/sizes.ts';
import { MEBIBYTE, snapshotOf } from '../helpers/snapshots.ts';
import { press, SETTINGS, serverProcesses } from '../helpers/states.ts';

const PATH = `/docker/3f2a1b4c5d6e${'0'.repeat(52)}`;
const limit: GroupLimit = {
  path: PATH,
  limit: 512 * MEBIBYTE,
  charged: 300 * MEBIBYTE,
  workingSet: 231 * MEBIBYTE,
};
const system = (some: Partial<SystemMemory>, tick: number): SystemMemory => ({
  ...(snapshotOf([]).system as SystemMemory),
  ...some,
  ...(some.limit !== undefined && { limit: { ...some.limit, workingSet: (171 + 2 * tick) * MEBIBYTE } }),
});

interface Shown {
  readonly some: Partial<SystemMemory>;
  readonly settings?: Partial<typeof SETTINGS>;
  readonly groups?: readonly MemoryGroup[];
}

function shown({ some, settings = {}, groups }: Shown, columns: number, rows: number): State {
  const tracker = new Tracker();
  let state = initialState({ ...SETTINGS, ...settings }, { columns, rows });
  for (let tick = 0; tick <= 30; tick += 1) {
    const processes = serverProcesses(tick).map((process) =>
      process.who.pid === 842 ? { ...process, cgroup: '/system.slice/postgres.service' } : { ...process, cgroup: PATH },
    );
    const plain = snapshotOf(processes, tick * 2, system(some, tick));
    const snapshot = groups === undefined ? plain : { ...plain, groups };
    const view = { snapshot, rows: tracker.advance(snapshot, 2000), tracker };
    state = update(state, { type: 'sampled', view }).state;
  }
  return state;
}

const frameOf = (state: State) => `${frameLines(state).join('\n')}\n`;
const LIMITED: Shown = { some: { limit, pressure: { some10: 3.2, some60: 1.1, full10: 0.4, full60: 0.1 } } };
const MORE_SIZES = [...SIZES, [60, 16]] as const;

describe('the gauge of a limit', () => {
  it.each(MORE_SIZES)('at %i×%i', async (columns, rows) => {
    await expect(frameOf(shown(LIMITED, columns, rows))).toMatchFileSnapshot(`frames/limit.${columns}x${rows}.txt`);
  });

  it.each([
    [160, 50],
    [80, 24],
    [40, 10],
  ])('gives way to that of the machine with H at %i×%i', async (columns, rows) => {
    const state = press(shown(LIMITED, columns, rows), 'H').state;
    await expect(frameOf(state)).toMatchFileSnapshot(`frames/limit-machine.${columns}x${rows}.txt`);
    const gauge = (frame: State) => frameLines(frame).find((line) => line.startsWith('Mem'));
    expect(gauge(press(state, 'H').state)).toMatch(/512M limit/);
  });

  it('H says so where no limit is in force', () => {
    const { state } = press(shown({ some: {} }, 80, 24), 'H');
    expect([state.notice, state.isHostGauge]).toEqual([expect.stringMatching(/No cgroup limit applies/), false]);
  });

  it.each(MORE_SIZES)('no line is wider than %i×%i', (columns, rows) => {
    for (const state of [shown(LIMITED, columns, rows), press(shown(LIMITED, columns, rows), 'H').state]) {
      for (const line of frameLines(state)) expect(cellWidth(line), line).toBeLessThanOrEqual(columns);
    }
  });
});

describe('pressure', () => {
  const heavy = { pressure: { some10: 24.61, some60: 12, full10: 8.9, full60: 3 } };

  it('has a colour and a word, the escapes written out', async () => {
    const frame = frameOf(shown({ some: heavy, settings: { color: true } }, 80, 24)).replaceAll('\u001b', '␛');
    await expect(frame).toMatchFileSnapshot('frames/pressure-colour.80x24.txt');
  });

  it('stands behind a machine without swap', async () => {
    const some = { ...heavy, swapTotal: 0, swapFree: 0 };
    await expect(frameOf(shown({ some }, 80, 24))).toMatchFileSnapshot('frames/pressure-no-swap.80x24.txt');
  });
});

it('groups by cgroup show usage and limit', async () => {
  const groups = [
    { path: PATH, charged: 300 * MEBIBYTE, workingSet: 231 * MEBIBYTE, limit },
    { path: '/system.slice/postgres.service', charged: 120 * MEBIBYTE, workingSet: 100 * MEBIBYTE },
  ];
  const grouped = shown({ some: {}, settings: { group: 'cgroup' }, groups }, 120, 30);
  await expect(frameOf(grouped)).toMatchFileSnapshot('frames/cgroups-limit.120x30.txt');
});

it.each(MORE_SIZES)('a throttled cgroup and a limit of 0 are shown in full at %i×%i', (columns, rows) => {
  const throttled = { path: '/a', limit: 900 * MEBIBYTE, slows: true as const, charged: 899 * MEBIBYTE };
  for (const each of [throttled, { path: '/a', limit: 0, charged: 4096 }]) {
    const tracker = new Tracker();
    const snapshot = snapshotOf(serverProcesses(0), 0, { ...system({}, 0), limit: each });
    const view = { snapshot, rows: tracker.advance(snapshot, 2000), tracker };
    const state = update(initialState(SETTINGS, { columns, rows }), { type: 'sampled', view }).state;
    const lines = frameLines(state);
    for (const line of lines) expect(cellWidth(line), line).toBeLessThanOrEqual(columns);
    if (columns >= 60) expect(lines.find((line) => line.startsWith('Mem'))).toMatch(/\(throttled\)$|none allowed$/);
  }
});
