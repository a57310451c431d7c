// What a pane counts is what it draws, and an update only counts.
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { drawn, paneTitleOf } from '../../../src/app/panes/drawn.ts';
import { PANES, paneHeight, wantsOf } from '../../../src/app/panes/panes.ts';
import type { PaneKind } from '../../../src/app/state/pane.ts';
import { initialState, type State } from '../../../src/app/state/state.ts';
import type { Kill } from '../../../src/model/snapshot/oom-kill.ts';
import type { SystemMemory } from '../../../src/model/snapshot/snapshot.ts';
import { collectable, outcomeFor } from '../../helpers/batches.ts';
import { UNPAINTED } from '../../helpers/paint.ts';
import { MEBIBYTE, NOON } from '../../helpers/snapshots.ts';
import { act, press, SETTINGS, SIGNALS, watched } from '../../helpers/states.ts';
import { anyStep, run } from '../../helpers/steps.ts';

const MEMORY_USE: SystemMemory = {
  ...{ total: 16384 * MEBIBYTE, free: 700 * MEBIBYTE, available: 1400 * MEBIBYTE, buffers: 60 * MEBIBYTE },
  ...{ cached: 11_000 * MEBIBYTE, shared: 9800 * MEBIBYTE, swapTotal: 0, swapFree: 0, oomKills: 2 },
  use: { anonymous: 520 * MEBIBYTE, mapped: 210 * MEBIBYTE, hugePages: 2048 * MEBIBYTE, hugePagesFree: 99 * MEBIBYTE },
};
const KILL: Kill = {
  ...{ type: 'oom-kill', time: NOON, pid: 9310, name: 'python3', rss: 98 * MEBIBYTE, scope: 'cgroup', verified: false },
  ...{ cgroup: '/docker/4f1c2ab9d0', limit: 100 * MEBIBYTE, by: 'kernel', certainty: 'certain', source: 'syslog' },
};
const OTHERS = [{ pid: 1311, name: 'node', rss: 182 * MEBIBYTE }];

/** A table with agents, a machine whose memory is known, and processes that were killed. */
function machine(): State {
  const state = watched({}, { columns: 80, rows: 24 }, 30, collectable(40), () => MEMORY_USE);
  if (state.view === undefined) throw new Error('nothing was sampled');
  const obituaries = [{ kill: KILL, curve: [1, 2, 3], span: 60_000, others: OTHERS }, { kill: KILL }];
  return act(state, { type: 'sampled', view: { ...state.view, obituaries } }).state;
}

const target = { pid: 1311, startTime: 1, name: 'node' };
const ended = (outcome: Parameters<typeof act>[1] & { type: 'ended' }) => act(machine(), outcome).state;

const STATES: readonly (readonly [name: string, state: State])[] = [
  ['the details of a process', press(machine(), 'enter').state],
  ['the memory of the machine', press(machine(), 'm').state],
  ['the OOM kills', press(machine(), 'O').state],
  ['no OOM kill', press(watched(), 'O').state],
  ['what a collect proved', ended({ type: 'ended', target, outcome: outcomeFor(1311), at: 0 })],
  ['why a collect failed', ended({ type: 'ended', target, outcome: { trouble: 'no answer '.repeat(30) }, at: 0 })],
  ['a watch', act(machine(), { type: 'began', running: { target, what: 'lines', since: NOON } }).state],
];

afterEach(() => {
  vi.restoreAllMocks();
});

describe('the height of a pane', () => {
  it.each(STATES)('is the number of lines that it draws, in any space: %s', (_name, { pane, ...state }) => {
    if (pane === undefined) throw new Error('no pane is open');
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 230 }), fc.integer({ min: 0, max: 70 }), (width, height) => {
        const lines = drawn(pane, state, { width, height }, UNPAINTED);
        expect(paneHeight(pane, state, { width, height })).toBe(lines.length);
      }),
    );
  });

  it('is that also of panes that anything has happened to', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { minLength: 1, maxLength: 40 }), (steps) => {
        run(initialState({ ...SETTINGS, signals: SIGNALS }, { columns: 80, rows: 24 }), steps, (state) => {
          if (state.pane === undefined) return;
          const space = { width: state.columns, height: state.lines };
          expect(paneHeight(state.pane, state, space)).toBe(drawn(state.pane, state, space, UNPAINTED).length);
        });
      }),
      { numRuns: 60 },
    );
  });
});

describe('an update', () => {
  it('draws no pane, whatever happens', () => {
    const drawings = Object.values<PaneKind<never>>(PANES).map((kind) => vi.spyOn(kind, 'draw'));
    fc.assert(
      fc.property(fc.array(anyStep, { minLength: 1, maxLength: 40 }), (steps) => {
        run(machine(), steps, () => {});
      }),
      { numRuns: 60 },
    );
    for (const drawing of drawings) expect(drawing).not.toHaveBeenCalled();
  });

  it.each(STATES)('draws no pane to scroll it to its end: %s', (_name, state) => {
    const drawings = Object.values<PaneKind<never>>(PANES).map((kind) => vi.spyOn(kind, 'draw'));
    press({ ...state, focus: 'pane' }, 'end', 'up', 'page-up', 'page-down', 'home');
    for (const drawing of drawings) expect(drawing).not.toHaveBeenCalled();
  });
});

it('no pane wants nothing', () => {
  const state = watched();
  expect(wantsOf(undefined, state, 80)).toBeUndefined();
});

it.each([
  ['the detail pane', 'enter'],
  ['the pane of OOM kills', 'O'],
  ['the pane of memory', 'm'],
])('%s has a title, and draws as many lines as it asks for', (_name, key) => {
  const { state } = press(watched({}, { columns: 120, rows: 40 }), key);
  const { pane } = state;
  if (pane === undefined) throw new Error(`${key} opened no pane`);
  expect(paneTitleOf(pane, state)).not.toBe('');
  const lines = drawn(pane, state, { width: 120, height: 200 }, UNPAINTED);
  expect(lines.length).toBeGreaterThan(0);
  expect(wantsOf(pane, state, 120)?.lines).toBeGreaterThan(0);
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(120);
});
