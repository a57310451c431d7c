// Anything that can happen to the screen, for properties that hold whatever happens.

import fc from 'fast-check';
import type { Action } from '../../src/app/actions/action.ts';
import { CHOOSER_KEYS } from '../../src/app/actions/column-chooser.ts';
import { update } from '../../src/app/actions/update.ts';
import type { CollectOutcome, Running } from '../../src/app/state/collects.ts';
import { KEYS } from '../../src/app/state/keys.ts';
import type { State } from '../../src/app/state/state.ts';
import { Tracker } from '../../src/model/rows/tracker.ts';
import type { Process, Snapshot } from '../../src/model/snapshot/snapshot.ts';
import { MEBIBYTE, processOf, snapshotOf } from './snapshots.ts';

const TABLE_KEYS = [...KEYS, ...CHOOSER_KEYS].flatMap(({ keys }) => keys).filter((key) => key !== 'ctrl-c');
const OTHER_KEYS = [
  'backspace',
  'ctrl-u',
  'ctrl-w',
  'y',
  'n',
  '9',
  'x',
  '"',
  '(',
  '\\',
  '漢',
  'shift-up',
  'f12',
  '\u0000',
];

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constant('e\u0301👩‍👩‍👧\u001b[31m漢字\u202e'.repeat(300)),
);

const processes: fc.Arbitrary<Process> = fc
  .record({
    pid: fc.integer({ min: 1, max: 12 }),
    startTime: fc.integer({ min: 1, max: 2 }),
    name: fc.oneof(fc.constant('node'), fc.string({ unit: 'binary', maxLength: 15 })),
    command: fc.oneof(fc.constant('node server.js'), fc.string({ unit: 'binary', maxLength: 200 })),
    rss: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 2 ** 45 })),
    kernel: fc.boolean(),
    hasHeap: fc.boolean(),
  })
  .map(({ rss, hasHeap, ...who }) => {
    const heap = hasHeap ? { heap: { runtime: 'node' as const, used: rss / 2, limit: rss } } : {};
    return processOf({ who, rss, cpuTime: rss / MEBIBYTE, sinceLastRead: 2000, ...heap });
  });

/** An action, or a sample that is made into one. */
export type Step =
  | Action
  | { readonly type: 'sample'; readonly processes: readonly Process[]; readonly given: Partial<Snapshot> };

const gap = fc.constantFrom(
  { what: 'stat', why: 'denied', count: 3 } as const,
  { what: 'process list', why: 'denied', count: 1 } as const,
);

const target = fc.record({
  pid: fc.integer({ min: 1, max: 12 }),
  startTime: fc.integer({ min: 1, max: 2 }),
  name: fc.constant('node'),
});
const outcome: fc.Arbitrary<CollectOutcome> = fc.oneof(
  text.map((trouble) => ({ trouble })),
  fc.constant({ attached: true } as const),
);

/** One of them. */
export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...TABLE_KEYS, ...OTHER_KEYS).map((key) => ({ type: 'key', key }) as const) },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('sample' as const),
      processes: fc.uniqueArray(processes, { maxLength: 12, selector: ({ who }) => who.pid }),
      given: fc.record({ gaps: fc.array(gap, { maxLength: 1 }) }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('resized' as const),
      columns: fc.integer({ min: 1, max: 220 }),
      rows: fc.integer({ min: 1, max: 70 }),
    }),
  },
  { weight: 1, arbitrary: text.map((pasted) => ({ type: 'paste', text: pasted }) as const) },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('mouse' as const),
      what: fc.constantFrom(
        'press' as const,
        'drag' as const,
        'release' as const,
        'wheel-up' as const,
        'wheel-down' as const,
      ),
      column: fc.integer({ min: 0, max: 230 }),
      row: fc.integer({ min: 0, max: 80 }),
    }),
  },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 1e7 }).map((silence) => ({ type: 'overdue', silence }) as const) },
  { weight: 1, arbitrary: text.map((notice) => ({ type: 'notified', notice }) as const) },
  {
    weight: 1,
    arbitrary: fc
      .record<Running>({ target, what: fc.constantFrom('collect', 'attach', 'lines'), since: fc.nat() })
      .map((running) => ({ type: 'began', running }) as const),
  },
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constant('ended' as const), target, outcome, at: fc.nat() }),
  },
);

/** Samples are followed by one tracker, as on a real screen. */
export function run(state: State, steps: readonly Step[], check: (state: State, step: Step) => void): void {
  const tracker = new Tracker();
  let current = state;
  let seconds = 0;
  for (const each of steps) {
    if (each.type === 'sample') {
      seconds += 2;
      const snapshot = { ...snapshotOf(each.processes, seconds), ...each.given };
      const rows = tracker.advance(snapshot, 2000);
      current = update(current, { type: 'sampled', view: { snapshot, rows, tracker } }).state;
    } else {
      current = update(current, each).state;
    }
    check(current, each);
  }
}
