// The flight recorder behind the screen: what it saves, and where.
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { Action } from '../../../src/app/actions/action.ts';
import { Failures } from '../../../src/commands/watch/failures.ts';
import { Flight } from '../../../src/commands/watch/flight.ts';
import { Playback } from '../../../src/recording/playback.ts';
import { NOON } from '../../helpers/snapshots.ts';
import { until } from '../../helpers/until.ts';
import { movingSnapshots } from '../../recording/moving-snapshots.ts';

const KILL = {
  type: 'oom-kill',
  time: NOON,
  pid: 40,
  name: 'worker',
  by: 'kernel',
  certainty: 'certain',
  source: 'kmsg',
  verified: true,
} as const;

let home = '';
const recordings = () => join(home, '.local', 'state', 'memtop', 'recordings');
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'memtop-saved-'));
});
afterEach(() => rmSync(join(home, '.local'), { recursive: true, force: true }));
afterAll(() => rmSync(home, { recursive: true }));

async function flightAt(place: Record<string, string>, count = 40) {
  const actions: Action[] = [];
  const notices = () => actions.flatMap((action) => (action.type === 'notified' ? [action.notice] : []));
  const failures = new Failures({
    notify: (notice) => actions.push({ type: 'notified', notice }),
    log: () => undefined,
  });
  const flight = new Flight(failures, (action) => actions.push(action), place);
  const snapshots = movingSnapshots(count);
  for (const snapshot of snapshots.slice(0, 2)) flight.add(snapshot, []);
  await flight.load();
  for (const snapshot of snapshots.slice(2)) flight.add(snapshot, []);
  return { flight, actions, notices, snapshots };
}

it('w saves a recording that only its owner can read, and shows where', async () => {
  const { flight, notices, snapshots } = await flightAt({ HOME: home });
  await flight.save();
  const name = 'watch-2026-11-22T14-00-39.rec';
  expect(notices()).toEqual([`Saved 39 s: ~/.local/state/memtop/recordings/${name}`]);
  expect(statSync(join(recordings(), name)).mode & 0o777).toBe(0o600);
  expect([...new Playback(join(recordings(), name)).snapshots()]).toEqual(snapshots);
});

it('Samples from before the recorder was loaded are recorded too, and it is handed to the screen', async () => {
  const { actions, snapshots } = await flightAt({ HOME: home });
  const action = actions.find(({ type }) => type === 'recorded');
  const recorded = action?.type === 'recorded' ? action.recorded : undefined;
  expect(recorded?.range).toEqual({ begin: NOON, end: snapshots.at(-1)?.time });
});

it('An OOM kill saves the recording at once, and again with what followed, in one file', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const { flight, notices, snapshots } = await flightAt({ HOME: home }, 60);
    const [kill, ...after] = movingSnapshots(66).slice(60);
    if (kill !== undefined) flight.add({ ...kill, events: [KILL] }, [KILL]);
    await vi.waitFor(() => expect(notices()).toHaveLength(1));
    const name = 'oom-2026-11-22T14-01-00.rec';
    expect(notices()).toEqual([`OOM kill: saved ~/.local/state/memtop/recordings/${name}`]);
    for (const snapshot of after) flight.add(snapshot, [KILL]);
    await vi.advanceTimersByTimeAsync(30_000);
    await vi.waitFor(() => {
      const saved = [...new Playback(join(recordings(), name)).snapshots()];
      expect(saved).toHaveLength(snapshots.length + 1 + after.length);
    });
    expect(readdirSync(recordings())).toEqual([name]);
    flight.close();
  } finally {
    vi.useRealTimers();
  }
});

it('The exit of a program at its own heap limit saves nothing', async () => {
  const { flight, notices, snapshots } = await flightAt({ HOME: home });
  const last = snapshots.at(-1);
  if (last !== undefined) flight.add({ ...last, time: last.time + 1000 }, [{ ...KILL, by: 'v8' }]);
  await flight.save();
  expect(notices()).toHaveLength(1);
  expect(readdirSync(recordings()).every((name) => name.startsWith('watch-'))).toBe(true);
});

it('Where there is no place for it, that is said', async () => {
  const { flight } = await flightAt({});
  await expect(flight.save()).rejects.toThrow('neither XDG_STATE_HOME nor HOME is set');
});

it('XDG_STATE_HOME is where it is saved, where that is set', async () => {
  const { flight } = await flightAt({ HOME: home, XDG_STATE_HOME: join(home, '.local', 'elsewhere') });
  await flight.save();
  await until(() => readdirSync(join(home, '.local', 'elsewhere', 'memtop', 'recordings')).length === 1);
});
