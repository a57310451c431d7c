import fc from 'fast-check';
import { expect, it } from 'vitest';
import { update } from '../../../src/app/actions/update.ts';
import { initialState } from '../../../src/app/state/state.ts';
import { arranged } from '../../../src/app/view/selectors.ts';
import { Tracker } from '../../../src/model/rows/tracker.ts';
import type { Process } from '../../../src/model/snapshot/snapshot.ts';
import { SETTINGS } from '../../helpers/states.ts';

const PROCESSES = 80;

function born(pid: number): Process {
  const who = { pid, ppid: 1, startTime: pid, name: `p${pid % 5}`, command: `p${pid % 5} -x`, user: `u${pid % 3}` };
  return { who: { ...who, kernel: pid % 11 === 0 }, state: 'S', rss: (pid % 40) * 4096, cpuTime: 0, threads: 1 };
}

/** What happens between two samples: a key is pressed, and some processes change, exit and start. */
const steps = fc.array(
  fc.record({
    key: fc.constantFrom('', '', '', 'P', 'M', 'N', 'T', 'D', 'I', 'e', 'down', 'G', 't', 'b', 'z'),
    changed: fc.array(fc.nat(PROCESSES - 1), { maxLength: 4 }),
    exits: fc.option(fc.nat(PROCESSES - 1)),
    starts: fc.boolean(),
  }),
  { minLength: 1, maxLength: 25 },
);

it('rows and sums after a sample are those of all rows arranged again, though only what changed is put in its place', () => {
  fc.assert(
    fc.property(steps, (all) => {
      const tracker = new Tracker();
      let processes = Array.from({ length: PROCESSES }, (_, index) => born(index + 1));
      let state = initialState(SETTINGS, { columns: 160, rows: 20 });
      for (const [tick, { key, changed, exits, starts }] of all.entries()) {
        for (const index of changed) {
          const before = processes[index];
          if (before !== undefined)
            processes = processes.map((each) =>
              each === before ? { ...before, rss: ((before.rss * 31) % 99) * 4096, cpuTime: tick * 10 } : each,
            );
        }
        if (exits !== null) processes = processes.filter((_, index) => index !== exits);
        if (starts) processes = [...processes, born(1000 + tick)];
        const snapshot = {
          ...{ time: 1_800_000_000_000 + tick * 1000, monotonic: tick * 1000, processes, gaps: [] },
          ...{ host: { name: 'web', platform: 'linux', kernel: '6.18.0' }, system: { total: 2 ** 33 } },
        };
        const rows = tracker.advance(snapshot, 1000);
        state = update(state, { type: 'sampled', view: { snapshot, rows, tracker } }).state;
        const { shown, sums } = arranged(state);
        expect(state.shown).toEqual(shown);
        expect(state.sums).toEqual(sums);
        if (key !== '') state = update(state, { type: 'key', key }).state;
      }
    }),
    { numRuns: 60 },
  );
});
