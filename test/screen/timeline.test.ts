// The timeline under the header, and the past on the screen.
import { describe, expect, it } from 'vitest';
import { frameOf } from '../helpers/frame.ts';
import { RecordedMachine } from '../helpers/recorded-states.ts';
import { MEBIBYTE, NOON, processOf } from '../helpers/snapshots.ts';
import { serverProcesses } from '../helpers/states.ts';

/** Twelve minutes, in which a large process starts and exits and another one is killed. */
function recordedAt(columns: number, rows: number, settings = {}): RecordedMachine {
  const burst = processOf({ who: { pid: 5000, name: 'burst', command: 'burst' }, rss: 400 * MEBIBYTE });
  const kill = {
    type: 'oom-kill',
    time: NOON + 600_000,
    pid: 77,
    name: 'worker',
    by: 'kernel',
    certainty: 'certain',
    source: 'kmsg',
    verified: true,
  } as const;
  return new RecordedMachine(settings, { columns, rows }).run(
    360,
    (tick) => (tick >= 100 && tick < 150 ? [...serverProcesses(tick), burst] : serverProcesses(tick)),
    (snapshot) => (snapshot.time === NOON + 600_000 ? { ...snapshot, events: [kill] } : snapshot),
  );
}

const timelineOf = (machine: RecordedMachine) => frameOf(machine.state).split('\n')[4] ?? '';

describe('the past', () => {
  it.each([
    [160, 50],
    [120, 30],
    [80, 24],
    [40, 10],
  ])('at %i×%i', async (columns, rows) => {
    const machine = recordedAt(columns, rows).press('J', ...'14:04', 'enter');
    await expect(frameOf(machine.state)).toMatchFileSnapshot(`frames/past.${columns}x${rows}.txt`);
  });

  it('in ASCII', async () => {
    const frame = frameOf(recordedAt(80, 24, { ascii: true }).press('J', ...'14:04', 'enter').state);
    expect(frame).toMatch(/^[\x20-\x7e\n]*$/);
    await expect(frame).toMatchFileSnapshot('frames/past-ascii.80x24.txt');
  });

  it('at an event', async () => {
    await expect(frameOf(recordedAt(80, 24).press('{').state)).toMatchFileSnapshot('frames/past-event.80x24.txt');
  });

  it('while a time is typed', () => {
    const status = frameOf(recordedAt(80, 24).press('J', ...'-5').state)
      .split('\n')
      .at(-1);
    expect(status).toMatch(/^Time: -5▏ +10:30, 10:30:15 or -15m {2}Enter go {2}Esc cancel/);
  });
});

describe('the timeline', () => {
  it('marks where a large process started and exited, and where one was killed', () => {
    const line = timelineOf(recordedAt(80, 24).press('('));
    const cells = line.slice(6, 74);
    const cellAt = (second: number) => Math.floor((second / 718) * 68);
    expect([...'+-K'].map((mark) => cells.indexOf(mark))).toEqual([200, 300, 600].map(cellAt));
    expect(cells[0]).toBe('│');
  });

  it('is shown in the past, and where it is pinned', () => {
    const machine = recordedAt(80, 24);
    const lines = (keys: string[]) => machine.press(...keys).state.layout;
    expect(lines([])).toMatchObject({ hasTimeline: false, headerLines: 4 });
    expect(lines(['y'])).toMatchObject({ hasTimeline: true, headerLines: 5 });
    expect(lines(['y', '['])).toMatchObject({ hasTimeline: true, headerLines: 5 });
    expect(lines(['z'])).toMatchObject({ hasTimeline: false, headerLines: 4 });
  });

  it('goes where it is clicked', () => {
    const machine = recordedAt(80, 24).press('y');
    machine.act({ type: 'mouse', what: 'press', row: 4, column: 6 + 34 });
    const { view, past } = machine.state;
    expect(past).toEqual({ time: view?.snapshot.time });
    expect(((view?.snapshot.time ?? 0) - NOON) / 718_000).toBeCloseTo(34.5 / 68, 2);
    machine.act({ type: 'mouse', what: 'press', row: 4, column: 2 });
    expect(machine.state.past).toEqual(past);
  });
});
