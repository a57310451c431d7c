import { describe, expect, it } from 'vitest';
import type { Pane } from '../../../src/app/state/pane.ts';
import type { State } from '../../../src/app/state/state.ts';
import { Tracker } from '../../../src/model/rows/tracker.ts';
import type { Process } from '../../../src/model/snapshot/snapshot.ts';
import { outcomeOf, SERVER } from '../../helpers/collects.ts';
import { snapshotOf } from '../../helpers/snapshots.ts';
import { act, press, serverProcesses, watched } from '../../helpers/states.ts';

const WIDE = { columns: 160, rows: 50 };

function pidIn(pane: Pane | undefined): number | undefined {
  return pane?.kind === 'detail' ? pane.row.process.who.pid : undefined;
}

/** The state a while later, with these processes. */
function sampled(state: State, processes: readonly Process[], seconds = 62): State {
  const snapshot = snapshotOf(processes, seconds);
  const tracker = new Tracker();
  return act(state, { type: 'sampled', view: { snapshot, rows: tracker.advance(snapshot, 2000), tracker } }).state;
}

describe('Enter', () => {
  it('opens the detail of the selected process, and closes it again', () => {
    const { state } = press(watched({}, WIDE), 'down', 'enter');
    expect(pidIn(state.pane)).toBe(9122);
    expect(press(state, 'enter').state.pane).toBeUndefined();
  });

  it('has nothing to open without a process', () => {
    const { state } = press(watched(), '/', 'n', 'o', 'b', 'o', 'd', 'y', 'enter', 'enter');
    expect([state.pane, state.notice]).toEqual([undefined, 'No process to show']);
  });
});

describe('the detail pane', () => {
  it('follows the selection', () => {
    expect(pidIn(press(watched({}, WIDE), 'enter', 'down').state.pane)).toBe(9122);
    expect(pidIn(press(watched({}, WIDE), 'enter', '/', 'd', 'o', 'c', 'k').state.pane)).toBe(1502);
  });

  it('keeps the last facts of a process that ends, until the selection is moved', () => {
    const open = press(watched({}, WIDE), 'down', 'enter').state;
    const left = serverProcesses(30).filter(({ who }) => who.pid !== 9122);
    const after = sampled(open, left);
    expect(pidIn(after.pane)).toBe(9122);
    expect(after.pane).toMatchObject({ seen: { monotonic: 58_000 } });
    expect(pidIn(press(after, 'down').state.pane)).toBe(1502);
  });

  it('keeps the last facts of a process that has become a zombie', () => {
    const open = press(watched({}, WIDE), 'down', 'enter').state;
    const zombie = serverProcesses(30).map((one) =>
      one.who.pid === 9122 ? { ...one, rss: 0, state: 'Z', who: { ...one.who, command: '' } } : one,
    );
    expect(sampled(open, zombie).pane).toMatchObject({ seen: { monotonic: 58_000 }, row: { process: { state: 'S' } } });
  });

  it('does not take a reused pid for its process', () => {
    const open = press(watched({}, WIDE), 'down', 'enter').state;
    const reused = serverProcesses(30).map((one) =>
      one.who.pid === 9122 ? { ...one, rss: 1, who: { ...one.who, startTime: 1 } } : one,
    );
    expect(sampled(open, reused).pane).toMatchObject({ row: { process: { who: { startTime: 9122 } } } });
  });

  it('stays on its process when the filter alone loses it', () => {
    const open = press(watched({}, WIDE), 'enter').state;
    const next = sampled(open, serverProcesses(30));
    expect(next.pane).toMatchObject({ kind: 'detail', seen: { monotonic: 62_000 } });
  });
});

describe('several panes', () => {
  const over = (state: State) =>
    act(state, { type: 'ended', target: SERVER, outcome: outcomeOf([148, 11], [182, 57]), at: 40_000 }).state;

  it('what was open comes back when the one in front closes', () => {
    const both = over(press(watched({}, WIDE), 'enter').state);
    expect(both.pane).toMatchObject({ kind: 'result', behind: { kind: 'detail' } });
    const detail = press(both, 'escape').state;
    expect(detail.pane).toMatchObject({ kind: 'detail', behind: undefined });
    expect(press(detail, 'escape').state.pane).toBeUndefined();
  });

  it('there is one of a kind', () => {
    const twice = over(over(press(watched({}, WIDE), 'enter').state));
    expect(twice.pane).toMatchObject({ kind: 'result', behind: { kind: 'detail', behind: undefined } });
  });

  it('the one behind goes on following', () => {
    const both = press(over(press(watched({}, WIDE), 'enter').state), 'down').state;
    expect(pidIn(both.pane?.behind)).toBe(9122);
  });
});

describe('Tab', () => {
  it('gives the arrows to the pane and back', () => {
    const open = press(watched({}, { columns: 80, rows: 24 }), 'enter', 'tab').state;
    expect(press(open, 'down').state.cursor).toBe(0);
    expect(press(open, 'tab', 'down').state.cursor).toBe(1);
  });

  it('says what is missing where there is nothing to move to', () => {
    expect(press(watched(), 'tab').state.notice).toMatch(/No pane is open/);
    expect(press(watched({}, { columns: 40, rows: 10 }), 'enter', 'tab').state.notice).toMatch(/No space/);
  });

  it('a pane that has the place of the table has the arrows too', () => {
    const open = press(watched({}, { columns: 40, rows: 10 }), 'enter').state;
    expect(open.layout.body).toBe(0);
    expect(press(open, 'down').state.cursor).toBe(0);
  });

  it('the arrows are those of the table again when the pane is closed', () => {
    const closed = press(watched(), 'enter', 'tab', 'escape').state;
    expect(press(closed, 'down').state.cursor).toBe(1);
  });
});

describe('any size', () => {
  it('a pane survives every resize, and its table keeps the selection on the screen', () => {
    let state = press(watched({}, WIDE), 'down', 'down', 'enter', 'tab', 'end').state;
    for (const [columns, rows] of [
      [80, 24],
      [40, 10],
      [20, 5],
      [1, 1],
      [400, 120],
      [140, 12],
    ] as const) {
      state = press(act(state, { type: 'resized', columns, rows }).state, 'pagedown', 'home').state;
      expect(state.pane?.kind).toBe('detail');
      const { body } = state.layout;
      if (body > 0) expect(state.cursor - state.top).toBeLessThan(body);
    }
  });
});
