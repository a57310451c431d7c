import { describe, expect, it } from 'vitest';
import { taggedRows } from '../../../src/app/actions/tagging.ts';
import { keysOf } from '../../../src/app/state/key-command.ts';
import type { State } from '../../../src/app/state/state.ts';
import { isTagged } from '../../../src/app/state/tags.ts';
import { Tracker } from '../../../src/model/rows/tracker.ts';
import type { Process } from '../../../src/model/snapshot/snapshot.ts';
import { snapshotOf } from '../../helpers/snapshots.ts';
import { act, press, serverProcesses, watched as watchedFor } from '../../helpers/states.ts';

/** The first line is selected: node (1311). */
const watched = (...given: Parameters<typeof watchedFor>) => press(watchedFor(...given), 'home').state;

const tagsOf = (state: State) => [...state.tags.keys()];

/** The state after one more sample, of these processes. */
function sampled(state: State, processes: readonly Process[]): State {
  const tracker = new Tracker();
  const snapshot = snapshotOf(processes, 100);
  return act(state, { type: 'sampled', view: { snapshot, rows: tracker.advance(snapshot, 2000), tracker } }).state;
}

describe('Space', () => {
  it('tags the selected process and goes on to the next line', () => {
    const { state } = press(watched(), 'space', 'space');
    expect(tagsOf(state)).toEqual([1311, 9122]);
    expect(state.cursor).toBe(2);
  });

  it('untags what is tagged', () => {
    expect(tagsOf(press(watched(), 'space', 'up', 'space').state)).toEqual([]);
  });

  it('does nothing where no row is shown', () => {
    expect(tagsOf(press(watched({ filter: 'nobody' }), 'space').state)).toEqual([]);
  });

  it('stays on the process when the table is sorted, filtered and sampled again', () => {
    const { state } = press(watched(), 'space', 'N', '/', ...'docker', 'enter');
    expect(tagsOf(sampled(state, serverProcesses(31)))).toEqual([1311]);
    expect(taggedRows(state).map(({ process }) => process.who.pid)).toEqual([1311]);
  });
});

describe('U', () => {
  it('untags all, and says how many those were', () => {
    const { state } = press(watched(), 'space', 'space', 'U');
    expect(tagsOf(state)).toEqual([]);
    expect(state.notice).toBe('2 processes untagged');
  });

  it('says so when nothing is tagged', () => {
    expect(press(watched(), 'U').state.notice).toMatch(/Nothing is tagged/);
  });
});

describe('\\', () => {
  it('tags what the filter shows, and keeps the tags there are', () => {
    const { state } = press(watched(), 'space', '/', ...'postgres', 'enter', '\\');
    expect(tagsOf(state)).toEqual([1311, 842]);
    expect(state.notice).toBe('1 process tagged, 2 in all');
  });

  it('tags nothing without a filter: one key must not tag every process', () => {
    const { state } = press(watched(), '\\');
    expect(tagsOf(state)).toEqual([]);
    expect(state.notice).toMatch(/No filter set/);
  });
});

describe('a tagged process that ends', () => {
  const tagged = () => press(watched(), 'space', 'space').state;

  it('loses its tag, with a notice', () => {
    const state = sampled(
      tagged(),
      serverProcesses(31).filter(({ who }) => who.pid !== 1311),
    );
    expect(tagsOf(state)).toEqual([9122]);
    expect(state.notice).toBe('node (1311) has exited: tag removed');
  });

  it('does not pass its tag on to a process that reuses its PID', () => {
    const reborn = serverProcesses(31).map((process) =>
      process.who.pid === 1311 ? { ...process, who: { ...process.who, startTime: 99, name: 'other' } } : process,
    );
    const state = sampled(tagged(), reborn);
    expect(tagsOf(state)).toEqual([9122]);
    expect(isTagged(tagged().tags, { pid: 1311, startTime: 99 })).toBe(false);
  });

  it('several are reported in one sentence', () => {
    expect(sampled(tagged(), serverProcesses(31).slice(2)).notice).toBe('2 tagged processes have exited: tags removed');
  });

  it('loses it while the screen is paused too', () => {
    expect(tagsOf(sampled(press(tagged(), 'z').state, []))).toEqual([]);
  });
});

it('--readonly keeps the tags, which act on nothing, and takes away what acts on them', () => {
  expect(tagsOf(press(watched({ readonly: true }), 'space').state)).toEqual([1311]);
  const keys = keysOf(true).flatMap((binding) => binding.keys);
  expect(keys).toEqual(expect.arrayContaining(['space', 'U', '\\']));
  for (const key of ['c', 'C', 'a', 'f9', 'K']) expect(keys).not.toContain(key);
});
