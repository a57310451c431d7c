// The pane of OOM kills and what the header says of them, as golden frames.
import { describe, expect, it } from 'vitest';
import type { State } from '../../src/app/state/state.ts';
import type { Obituary } from '../../src/model/oom/obituaries.ts';
import type { Snapshot } from '../../src/model/snapshot/snapshot.ts';
import { frameLines } from '../../src/screen/frame.ts';
import { SIZES } from '../helpers/sizes.ts';
import { MEBIBYTE, NOON } from '../helpers/snapshots.ts';
import { act, press, watched } from '../helpers/states.ts';

const KILLS: readonly Obituary[] = [
  {
    kill: {
      type: 'oom-kill',
      time: NOON + 50_000,
      pid: 9310,
      name: 'python3\u001b[2J',
      user: 'ubuntu',
      rss: 98.5 * MEBIBYTE,
      scope: 'cgroup',
      cgroup: '/docker/4f1c2ab9d0',
      limit: 100 * MEBIBYTE,
      by: 'kernel',
      certainty: 'certain',
      source: 'kmsg',
      verified: true,
    },
    curve: [Number.NaN, ...Array.from({ length: 29 }, (_, cell) => (10 + cell * 3) * MEBIBYTE)],
    span: 60_000,
    others: [
      { pid: 1311, name: 'node', rss: 182 * MEBIBYTE },
      { pid: 9122, name: 'python3', rss: 150 * MEBIBYTE },
      { pid: 842, name: 'postgres', rss: 96 * MEBIBYTE },
    ],
  },
  {
    kill: {
      type: 'oom-kill',
      time: NOON - 3_600_000,
      pid: 1377,
      name: 'node',
      rss: 2100 * MEBIBYTE,
      scope: 'heap',
      limit: 2048 * MEBIBYTE,
      by: 'v8',
      certainty: 'probable',
      source: 'signs',
      verified: true,
    },
  },
  {
    kill: {
      type: 'oom-kill',
      time: NOON - 2 * 86_400_000,
      pid: 12,
      name: 'java',
      user: 'root',
      rss: 900 * MEBIBYTE,
      scope: 'machine',
      by: 'kernel',
      certainty: 'certain',
      source: 'syslog',
      verified: false,
    },
  },
];

function withKills(
  size: { columns: number; rows: number },
  obituaries: readonly Obituary[],
  more: Partial<Snapshot> = {},
  oomKills: number | 'uncounted' = 3,
  settings = {},
): State {
  const state = watched(settings, size);
  if (state.view === undefined) return state;
  const { view } = state;
  const { oomKills: _, ...counted } = view.snapshot.system;
  const system = { ...counted, ...(oomKills === 'uncounted' ? {} : { oomKills }) };
  const snapshot = { ...view.snapshot, ...more, system };
  return act(state, { type: 'sampled', view: { ...view, snapshot, obituaries } }).state;
}

const textOf = (state: State) => frameLines(state).join('\n');

describe('the pane of OOM kills', () => {
  it.each(SIZES)('at %i×%i', async (columns, rows) => {
    const { state } = press(withKills({ columns, rows }, KILLS), 'O');
    await expect(textOf(state)).toMatchFileSnapshot(`frames/oom.${columns}x${rows}.txt`);
  });

  it('is scrolled by the arrows to its last line, and closed by O and by Esc', () => {
    const { state } = press(withKills({ columns: 80, rows: 24 }, KILLS), 'O', 'down', 'down', 'down');
    expect(state.pane).toMatchObject({ kind: 'oom', top: 1 });
    expect(press(state, 'O').state.pane).toBeUndefined();
    expect(press(state, 'escape').state.pane).toBeUndefined();
  });

  it.each<[string, Partial<Snapshot>, number | 'uncounted']>([
    ['none', {}, 0],
    ['reading', {}, 4],
    ['forgotten', { pastKills: [] }, 4],
    ['denied', { gaps: [{ what: 'kernel log', why: 'denied', count: 1 }] }, 4],
    ['unknown', {}, 'uncounted'],
  ])('with nothing to list: %s', async (name, more, oomKills) => {
    const { state } = press(withKills({ columns: 80, rows: 24 }, [], more, oomKills), 'O');
    await expect(textOf(state)).toMatchFileSnapshot(`frames/oom-${name}.80x24.txt`);
  });

  it('lists kills in the log from before memtop started', () => {
    const [{ kill }] = KILLS as [Obituary];
    const { state } = press(withKills({ columns: 80, rows: 24 }, [], { pastKills: [kill] }), 'O');
    expect(textOf(state)).toContain('python3[2J (9310)');
  });
});

describe('the header', () => {
  it.each([
    [120, 30],
    [80, 24],
    [40, 10],
    [20, 5],
  ])('names the last one at %i×%i', async (columns, rows) => {
    await expect(textOf(withKills({ columns, rows }, KILLS))).toMatchFileSnapshot(
      `frames/oom-header.${columns}x${rows}.txt`,
    );
  });

  it('in red for a quarter of an hour, and only counted after it', () => {
    const lineOf = (age: number) => {
      const [first] = KILLS as [Obituary];
      const old = { ...first, kill: { ...first.kill, time: NOON + 58_000 - age } };
      const state = withKills({ columns: 80, rows: 24 }, [old], {}, 3, { color: true });
      return frameLines(state)[2] ?? '';
    };
    expect(lineOf(14 * 60_000)).toContain('\u001b[1;38;5;210m3 OOM kills: python3[2J (9310)');
    expect(lineOf(16 * 60_000)).toContain('\u001b[38;5;248m3 OOM kills\u001b');
  });
});
