// Golden frames of what holds a leak: the question, the watch, and what it came to.
import { describe, expect, it } from 'vitest';
import type { State } from '../../src/app/state/state.ts';
import type { Holders } from '../../src/model/lines/holders.ts';
import { collectable } from '../helpers/batches.ts';
import { frameOf } from '../helpers/frame.ts';
import { act, press, watched } from '../helpers/states.ts';

const SIZES = [
  [160, 50],
  [80, 24],
  [40, 10],
] as const;
const MIB = 2 ** 20;

const HOLDERS: Holders = {
  ...{ pid: 1311, runtime: 'node', seconds: 30, pauseMs: 820, bytes: 25 * MIB, notes: [] },
  containers: [
    { name: 'sessions.cjs: seen', type: 'Map', entries: 97_600, grown: 38_400 },
    { name: '', type: 'Array', entries: 420, grown: 210 },
  ],
  lines: [
    {
      ...{ file: '/srv/app/sessions.cjs', line: 3, function: 'remember', bytes: 22 * MIB, count: 300 },
      stack: ['handle (/srv/app/server.cjs:9)'],
    },
    { file: '/srv/app/server.cjs', line: 9, function: 'handle', bytes: 2 * MIB, count: 20, stack: [] },
  ],
};

const requested = (columns: number, rows: number): State =>
  press(watched({}, { columns, rows }, 30, collectable(40)), 'home', 'l').state;

/** The process that was asked about, once the answer is yes. */
function begun(state: State): {
  readonly state: State;
  readonly target: { pid: number; startTime: number; name: string };
} {
  const { state: table, effects } = press(state, 'enter');
  const [effect] = effects;
  if (effect?.do !== 'lines') throw new Error('nothing was asked for');
  const running = { target: effect.target, what: 'lines', since: (state.view?.snapshot.time ?? 0) - 12_000 } as const;
  return { state: act(table, { type: 'began', running }).state, target: effect.target };
}

describe.each(SIZES)('at %i×%i', (columns, rows) => {
  const frame = (name: string) => `frames/${name}.${columns}x${rows}.txt`;

  it('the question before naming what holds the memory shows the cost', async () => {
    await expect(frameOf(requested(columns, rows))).toMatchFileSnapshot(frame('lines-asked'));
  });

  it('a watch shows how far it is', async () => {
    await expect(frameOf(begun(requested(columns, rows)).state)).toMatchFileSnapshot(frame('lines-watching'));
  });

  it('what holds the memory is named', async () => {
    const { state, target } = begun(requested(columns, rows));
    const named = act(state, { type: 'ended', target, outcome: { holders: HOLDERS }, at: 0 }).state;
    await expect(frameOf(named)).toMatchFileSnapshot(frame('lines-named'));
  });
});

it('a watch that fails says why, in the same pane', () => {
  const { state, target } = begun(requested(80, 24));
  const failed = act(state, {
    type: 'ended',
    target,
    outcome: { trouble: 'The agent closed the connection.' },
    at: 0,
  }).state;
  expect(failed.pane?.kind).toBe('lines');
  expect(frameOf(failed)).toContain('The agent closed the connection.');
});
