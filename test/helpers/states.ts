// States for tests of app and screen: the machine of the example frames, and keys pressed on it.

import type { Action } from '../../src/app/actions/action.ts';
import { update } from '../../src/app/actions/update.ts';
import type { Effect } from '../../src/app/state/effects.ts';
import { initialState, type State } from '../../src/app/state/state.ts';
import { Tracker } from '../../src/model/rows/tracker.ts';
import { type Signal, signalsOf } from '../../src/model/signals.ts';
import type { Process, SystemMemory } from '../../src/model/snapshot/snapshot.ts';
import type { Settings } from '../../src/settings/settings.ts';
import { DEFAULTS } from '../../src/settings/table.ts';
import { MEBIBYTE, NOON, processOf, snapshotOf } from './snapshots.ts';

export const SETTINGS: Settings = {
  ...DEFAULTS,
  color: false,
  colorDepth: 8,
  background: 'dark',
  pids: undefined,
  sampler: 'auto',
  survive: false,
  procRoot: undefined,
  file: undefined,
  isSortChosen: false,
};

/** Some signals of Linux on x86, where every other system has them too, though not all by these numbers. */
export const SIGNALS: readonly Signal[] = signalsOf(
  {
    SIGHUP: 1,
    SIGINT: 2,
    SIGQUIT: 3,
    SIGABRT: 6,
    SIGKILL: 9,
    SIGUSR1: 10,
    SIGSEGV: 11,
    SIGUSR2: 12,
    SIGPIPE: 13,
    SIGALRM: 14,
    SIGTERM: 15,
    SIGCHLD: 17,
    SIGCONT: 18,
    SIGSTOP: 19,
    SIGWINCH: 28,
  },
  'linux',
);

const DAY = 86_400_000;

/** A small server: a script that grows by 14.2 MiB a minute, and others that do not. `tick` counts from zero. */
export function serverProcesses(tick: number): Process[] {
  const grown = (132 + tick * ((14.2 * 2) / 60)) * MEBIBYTE;
  return [
    processOf({
      who: { pid: 9122, name: 'python3', command: '/usr/bin/python3 my_script.py', user: 'ubuntu' },
      rss: grown,
      peak: 319 * MEBIBYTE,
      cpuTime: tick * 200,
      sinceLastRead: 2000,
    }),
    processOf({
      who: { pid: 1311, name: 'node', command: 'node server.js', user: 'ubuntu', startedAt: NOON - 2 * DAY },
      rss: (tick % 3 === 0 ? 182 : 176) * MEBIBYTE,
      peak: 190 * MEBIBYTE,
      cpuTime: tick * 42,
      sinceLastRead: 2000,
    }),
    processOf({
      who: {
        pid: 842,
        name: 'postgres',
        command: 'postgres: writer process   ',
        user: 'postgres',
        startedAt: NOON - 12 * DAY,
      },
      rss: 96.4 * MEBIBYTE,
      peak: 101 * MEBIBYTE,
    }),
    processOf({
      who: {
        pid: 1502,
        name: 'dockerd',
        command: '/usr/bin/dockerd -H fd:// --containerd=/run/containerd/containerd.sock',
        user: 'root',
        startedAt: NOON - 12 * DAY,
      },
      rss: 88 * MEBIBYTE,
      peak: 90 * MEBIBYTE,
    }),
    processOf({
      who: { pid: 4711, name: 'node', command: 'node memtop', user: 'ubuntu', startedAt: NOON - 60_000 },
      rss: 61 * MEBIBYTE,
      cpuTime: tick * 8,
      sinceLastRead: 2000,
    }),
    processOf({
      who: { pid: 1, ppid: 0, name: 'systemd', command: '/sbin/init', user: 'root', startedAt: NOON - 12 * DAY },
      rss: 12.5 * MEBIBYTE,
      peak: 14 * MEBIBYTE,
    }),
    processOf({
      who: { pid: 2, ppid: 0, name: 'kthreadd', command: '', user: 'root', kernel: true, startedAt: NOON - 12 * DAY },
      rss: 0,
    }),
  ];
}

/** The memory of a server without swap on which a script takes 14.2 MiB a minute. */
export function dwindling(tick: number): SystemMemory {
  const available = (350 - tick * ((14.2 * 2) / 60)) * MEBIBYTE;
  return { total: 2048 * MEBIBYTE, free: available / 2, available, swapTotal: 0, swapFree: 0 };
}

/** A state after some ticks, two seconds apart. */
export function watched(
  settings: Partial<Settings> = {},
  size = { columns: 80, rows: 24 },
  ticks = 30,
  processes = serverProcesses,
  system?: (tick: number) => SystemMemory,
): State {
  const tracker = new Tracker();
  let state = initialState({ ...SETTINGS, signals: SIGNALS, ...settings }, size);
  for (let tick = 0; tick < ticks; tick += 1) {
    const snapshot = snapshotOf(processes(tick), tick * 2, system?.(tick));
    state = update(state, {
      type: 'sampled',
      view: { snapshot, rows: tracker.advance(snapshot, 2000), tracker },
    }).state;
  }
  return state;
}

/** The state and the effects after some keys. */
export function press(state: State, ...keys: string[]): { state: State; effects: Effect[] } {
  return act(state, ...keys.map((key) => ({ type: 'key', key }) as const));
}

export function act(state: State, ...actions: Action[]): { state: State; effects: Effect[] } {
  const effects: Effect[] = [];
  let current = state;
  for (const action of actions) {
    const next = update(current, action);
    effects.push(...next.effects);
    current = next.state;
  }
  return { state: current, effects };
}

export function shownPids(state: State): number[] {
  return state.shown.map((row) => row.process.who.pid);
}
