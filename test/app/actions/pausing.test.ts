// Pausing holds the whole screen still, pasts included, while the sampling goes on behind it.
import { describe, expect, it } from 'vitest';
import type { State, View } from '../../../src/app/state/state.ts';
import { Tracker } from '../../../src/model/rows/tracker.ts';
import { frameLines } from '../../../src/screen/frame.ts';
import { snapshotOf } from '../../helpers/snapshots.ts';
import { act, dwindling, press, serverProcesses, watched } from '../../helpers/states.ts';

const SIZE = { columns: 160, rows: 50 };

/** A machine that is sampled every two seconds. */
class Machine {
  readonly #tracker = new Tracker();
  #tick = 0;

  /** The state some ticks later. */
  after(ticks: number, state: State, processes = serverProcesses): State {
    let next = state;
    for (const end = this.#tick + ticks; this.#tick < end; this.#tick += 1) {
      const snapshot = snapshotOf(processes(this.#tick), this.#tick * 2, dwindling(this.#tick));
      const view: View = { snapshot, rows: this.#tracker.advance(snapshot, 2000), tracker: this.#tracker };
      next = act(next, { type: 'sampled', view }).state;
    }
    return next;
  }
}

const begin = (machine: Machine, ...keys: string[]) => {
  const state = machine.after(30, watched({ sort: { column: 'growth', descending: true } }, SIZE, 0));
  return press(state, ...keys).state;
};

/** The same growth the other way: nothing that a screen drawn from what goes on would show stays the same. */
const shrinking = (tick: number) => serverProcesses(Math.max(0, 60 - tick)).map((each) => ({ ...each, cpuTime: 0 }));

describe('a paused screen', () => {
  it.each([
    ['the table', []],
    ['the detail pane', ['enter']],
    ['the pane of the memory', ['m']],
    ['groups', ['b']],
    ['the tree', ['t']],
  ])('with %s stays as it is, drawn again, after moves and after resizing', (_, keys) => {
    const machine = new Machine();
    const paused = press(begin(machine, ...keys), 'z').state;
    const frame = frameLines(paused);
    const later = machine.after(200, paused, shrinking);
    expect(frameLines(later)).toEqual(frame);
    expect(frameLines(press(later, 'ctrl-l').state)).toEqual(frame);
    expect(frameLines(press(later, 'down', 'up').state)).toEqual(frameLines(press(paused, 'down', 'up').state));
    expect(frameLines(press(later, 'down').state)).toEqual(frameLines(press(paused, 'down').state));
    const resized = act(later, { type: 'resized', columns: 80, rows: 24 }).state;
    expect(frameLines(act(resized, { type: 'resized', ...SIZE }).state)).toEqual(frame);
  });

  it('differs from what goes on, which it shows whole once it is resumed', () => {
    const [machine, other] = [new Machine(), new Machine()];
    const paused = press(begin(machine, 'enter'), 'z').state;
    const resumed = press(machine.after(60, paused, shrinking), 'z').state;
    const never = other.after(60, begin(other, 'enter'), shrinking);
    // How fast it grows is judged every few seconds, and so was judged at another moment.
    const byPid = (state: State) =>
      frameLines(press(state, 'N').state).map((line) => line.replaceAll(/[+-]\d\.\d+M/g, 'growth'));
    expect(byPid(resumed)).toEqual(byPid(never));
    expect(byPid(resumed)).not.toEqual(byPid(paused));
    // What comes after is drawn from the pasts that went on.
    expect(byPid(machine.after(5, resumed))).toEqual(byPid(other.after(5, never)));
  });

  it('sorts by the growth of the moment at which it was paused', () => {
    const machine = new Machine();
    const paused = press(begin(machine), 'z').state;
    const order = (state: State) => state.shown.map(({ process }) => process.who.pid);
    const later = machine.after(60, paused, shrinking);
    expect(order(press(later, 'D', 'D').state)).toEqual(order(press(paused, 'D', 'D').state));
    expect(order(press(later, 'D').state)[0]).not.toBe(9122);
  });

  it('keeps the curve of a process that ended before, while paused and after it', () => {
    const machine = new Machine();
    const without = (tick: number) => serverProcesses(tick).filter(({ who }) => who.pid !== 9122);
    const ended = machine.after(2, begin(machine, 'enter'), without);
    const paused = press(ended, 'z').state;
    const pane = (state: State) => frameLines(state).map((line) => line.split('│')[1]);
    const before = pane(paused);
    expect(before.join('\n')).toMatch(/exited at/);
    // A past is forgotten two minutes after the end of its process.
    const later = machine.after(90, paused, without);
    expect(pane(press(later, 'ctrl-l').state)).toEqual(before);
    const again = press(machine.after(3, press(later, 'z').state, without), 'z').state;
    expect(pane(machine.after(3, again, without)).join('\n')).toMatch(/highest 1[34]\d/);
  });
});
