import { describe, expect, it } from 'vitest';
import { update } from '../../../src/app/actions/update.ts';
import type { State } from '../../../src/app/state/state.ts';
import { conditionOf } from '../../../src/app/view/conditions.ts';
import { Tracker } from '../../../src/model/rows/tracker.ts';
import type { Gap } from '../../../src/model/snapshot/gap.ts';
import type { Snapshot } from '../../../src/model/snapshot/snapshot.ts';
import { frameLines } from '../../../src/screen/frame.ts';
import { snapshotOf } from '../../helpers/snapshots.ts';
import { act, press, serverProcesses, watched } from '../../helpers/states.ts';

/** The state after one more sample, N seconds after the first one. */
function sampledAt(state: State, seconds: number, given: Partial<Snapshot> = {}): State {
  const tracker = state.view?.tracker ?? new Tracker();
  const snapshot = { ...snapshotOf(serverProcesses(seconds / 2), seconds), ...given };
  return update(state, { type: 'sampled', view: { snapshot, rows: tracker.advance(snapshot, 2000), tracker } }).state;
}

const size = { columns: 80, rows: 24 };
const sentenceOf = (state: State) => conditionOf(state)?.sentences[0];
const noticeLine = (state: State) => frameLines(state)[3];

describe('the first seconds', () => {
  it('say what is still to come, for as long as growth is not known', () => {
    expect([1, 2, 3, 4].map((ticks) => sentenceOf(watched({}, size, ticks)))).toEqual([
      'Collecting samples: growth in 8 s, CPU and trends with the next sample',
      'Collecting samples: growth in 6 s',
      'Collecting samples: growth in 4 s',
      'Collecting samples: growth in 2 s',
    ]);
    const known = watched({}, size, 5);
    expect(sentenceOf(known)).toBeUndefined();
    expect(known.view?.rows[0]?.rss.growth(known.view.tracker.timeline)).toBeDefined();
  });

  it('are shorter where there is less space, and nothing moves because of them', () => {
    const narrow = frameLines(watched({}, { columns: 40, rows: 10 }, 1));
    expect(narrow[1]).toBe('Collecting samples: growth in 8 s');
    expect(narrow.findIndex((line) => line.includes('PID'))).toBe(2);
    expect(frameLines(watched({}, { columns: 40, rows: 10 })).findIndex((line) => line.includes('PID'))).toBe(2);
  });
});

describe('a sample that is late', () => {
  it('says by how much, until one comes in time', () => {
    const late = sampledAt(watched(), 58 + 7);
    expect(sentenceOf(late)).toBe('Sample delayed by 5 s (busy machine, or memtop was suspended)');
    expect(noticeLine(late)).toContain('delayed by 5 s');
    expect(sentenceOf(sampledAt(late, 67))).toBeUndefined();
  });

  it('is not one that comes a little late, nor the first one under another interval', () => {
    expect(sentenceOf(sampledAt(watched(), 58 + 3.5))).toBeUndefined();
    expect(sentenceOf(sampledAt(press(watched(), 'd', '5', 'enter').state, 58 + 30))).toBeUndefined();
  });

  it('is shown while it is overdue, on the smallest screen too', () => {
    const waiting = (state: State, silence: number) => act(state, { type: 'overdue', silence }).state;
    expect(sentenceOf(waiting(watched(), 3000))).toBeUndefined();
    expect(sentenceOf(waiting(watched(), 8000))).toBe('Next sample overdue by 6 s: the screen shows the last one');
    expect(sentenceOf(sampledAt(waiting(watched(), 3900), 60))).toBeUndefined();
    const small = waiting(watched({}, { columns: 34, rows: 5 }), 8000);
    expect(frameLines(small).at(-1)?.trim()).toBe('Next sample overdue by 6 s');
  });
});

describe('a clock that was set', () => {
  it.each([
    [3_600_000, 'clock jumped by +1 h'],
    [-600_000, 'clock jumped by -10 min'],
  ])('by %i ms is told, and the sentence goes after some seconds all the same', (jump, sentence) => {
    const before = watched();
    const time = (seconds: number) => ({ time: snapshotOf([], seconds).time + jump });
    const after = sampledAt(before, 60, time(60));
    expect(noticeLine(after)).toContain(sentence);
    expect(sentenceOf(after)).toBeUndefined();
    const later = sampledAt(sampledAt(after, 64, time(64)), 70, time(70));
    expect(noticeLine(later)).not.toContain(sentence);
  });

  it('by a little, as time servers do, is not reported', () => {
    expect(sampledAt(watched(), 60, { time: snapshotOf([], 60).time + 900 }).notice).toBeUndefined();
  });
});

describe('what may not be read', () => {
  it.each<[Gap, string]>([
    [{ what: 'process list', why: 'denied', count: 1 }, 'Processes of other users are hidden'],
    [{ what: 'stat', why: 'denied', count: 12 }, '12 processes of other users are hidden'],
    [{ what: 'stat', why: 'denied', count: 1 }, '1 process of other users is hidden'],
    [{ what: 'cmdline', why: 'denied', count: 3 }, 'No permission to read cmdline of 3 processes'],
  ])('%j is a sentence with what to do', (gap, sentence) => {
    const state = sampledAt(watched(), 60, { gaps: [gap] });
    expect(noticeLine(state)).toBe(`${sentence}: run "memtop doctor" for the remedy`);
    expect(sentenceOf(sampledAt(state, 62))).toBeUndefined();
  });

  it('is not reported when it has only gone', () => {
    expect(sentenceOf(sampledAt(watched(), 60, { gaps: [{ what: 'stat', why: 'gone', count: 2 }] }))).toBeUndefined();
  });
});

it('a screen on which no row fits says so', () => {
  expect(frameLines(watched({}, { columns: 9, rows: 4 })).join(' ')).toBe('needs at least 20x5');
});
