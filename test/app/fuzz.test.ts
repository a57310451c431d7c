// Anything that can happen to the screen, in any order: it never throws, and a frame always fits its terminal.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CHOOSER_KEYS } from '../../src/app/actions/column-chooser.ts';
import { type Action, update } from '../../src/app/actions/update.ts';
import { KEYS } from '../../src/app/state/keys.ts';
import { initialState, type State } from '../../src/app/state/state.ts';
import { Tracker } from '../../src/model/rows/tracker.ts';
import type { Process, Snapshot } from '../../src/model/snapshot/snapshot.ts';
import { frameLines } from '../../src/screen/app.tsx';
import { cellWidth } from '../../src/text/width.ts';
import { MEBIBYTE, processOf, snapshotOf } from '../helpers/snapshots.ts';
import { SETTINGS, SIGNALS } from '../helpers/states.ts';

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

type Step =
  | Action
  | { readonly type: 'sample'; readonly processes: readonly Process[]; readonly given: Partial<Snapshot> };

const gap = fc.constantFrom(
  { what: 'stat', why: 'denied', count: 3 } as const,
  { what: 'process list', why: 'denied', count: 1 } as const,
);

const step: fc.Arbitrary<Step> = fc.oneof(
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
  { weight: 1, arbitrary: text.map((notice) => ({ type: 'told', notice }) as const) },
);

/** Samples are followed by one tracker, as on a real screen. */
function run(state: State, steps: readonly Step[], look: (state: State, step: Step) => void): void {
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
    look(current, each);
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: styles are escape sequences.
const STYLE = /\u001b\[[\d;]*m/g;

it.each([
  { color: false, ascii: false, readonly: false },
  { color: true, ascii: true, readonly: true },
])('a frame fits, and nothing throws, whatever happens: %j', (given) => {
  const beginning = { ...SETTINGS, signals: SIGNALS, ...given };
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 40 }), (steps) => {
      run(initialState(beginning, { columns: 80, rows: 24 }), steps, (state) => {
        const lines = frameLines(state);
        expect(lines.length).toBeLessThanOrEqual(state.lines);
        for (const line of lines) {
          const shown = line.replace(STYLE, '');
          expect(cellWidth(shown), JSON.stringify(line)).toBeLessThanOrEqual(state.columns);
          expect(shown).not.toMatch(/\p{Cc}/u);
        }
      });
    }),
    { numRuns: 150 },
  );
});
