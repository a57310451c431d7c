// Going back and forth in time: keys, the prompt, and what the past may not do.
import { describe, expect, it } from 'vitest';
import type { State } from '../../../src/app/state/state.ts';
import { frameLines } from '../../../src/screen/frame.ts';
import { RecordedMachine } from '../../helpers/recorded-states.ts';
import { MEBIBYTE, NOON, processOf } from '../../helpers/snapshots.ts';
import { serverProcesses, shownPids } from '../../helpers/states.ts';

/** The time on the screen, in seconds since the first sample. */
const shown = ({ view }: State) => ((view?.snapshot.time ?? 0) - NOON) / 1000;

describe('keys', () => {
  it('show one sample before or after, the first and the last one', () => {
    const machine = new RecordedMachine().run(60);
    const path: [string, number][] = [
      ['[', 116],
      ['[', 114],
      [']', 116],
      ['(', 0],
      [']', 2],
      [')', 118],
    ];
    for (const [key, second] of path) expect([key, shown(machine.press(key).state)]).toEqual([key, second]);
  });

  it('say why they go no further', () => {
    const machine = new RecordedMachine().run(3);
    expect(machine.press(']').state.notice).toBe('This is now');
    expect(machine.press('(', '[').state.notice).toBe('This is the first sample recorded');
    expect(machine.press(')', ']').state.notice).toBe('This is the newest sample: z goes back to now');
    expect(machine.press('{').state.notice).toBe('No event before this');
    expect(new RecordedMachine().press('[').state.notice).toBe('Nothing is recorded yet');
  });

  it('go on from what is shown while the sampling goes on', () => {
    const machine = new RecordedMachine().run(30).press('[').run(30);
    expect(shown(machine.state)).toBe(56);
    expect(shown(machine.press('[').state)).toBe(54);
    expect(shown(machine.press('z').state)).toBe(118);
    expect(machine.state).toMatchObject({ isPaused: false, past: undefined });
  });

  it('go to events: a large process that started, exited, or was killed', () => {
    const passing = processOf({ who: { pid: 5000, name: 'burst', command: 'burst' }, rss: 400 * MEBIBYTE });
    const machine = new RecordedMachine().run(50, (tick) =>
      tick >= 10 && tick < 20 ? [...serverProcesses(tick), passing] : serverProcesses(tick),
    );
    machine.press('{');
    expect([shown(machine.state), machine.state.notice]).toEqual([40, 'burst (5000) exited, it had 400M']);
    machine.press('{');
    expect([shown(machine.state), machine.state.notice]).toEqual([20, 'burst (5000) started, 400M soon after']);
    expect(shownPids(machine.state)).toContain(5000);
    expect(shown(machine.press('}').state)).toBe(40);
    expect(machine.press('}').state.notice).toBe('No event after this');
  });
});

describe('a time', () => {
  const typed = (text: string) => new RecordedMachine().run(60).press('J', ...text, 'enter').state;

  it.each([
    ['-1m', 58],
    ['14:01', 60],
    ['14:00:31', 30],
  ])('%s is where J goes', (text, second) => expect(shown(typed(text))).toBe(second));

  it('before the recording is the first sample', () => {
    const state = typed('-2h');
    expect([shown(state), state.notice]).toEqual([0, 'Not recorded that far back: this is the first sample']);
  });

  it('that is not valid is explained', () => {
    const state = typed('soon');
    expect(state).toMatchObject({ past: undefined, notice: 'Invalid time "soon". Examples: 10:30, 10:30:15, -15m' });
  });
});

describe('the past', () => {
  it('has the rows that the screen had then', () => {
    const before = new RecordedMachine({}, { columns: 160, rows: 50 }).run(40);
    const table = (state: State) => frameLines(state).slice(4, -1);
    const then = table(before.state);
    const machine = new RecordedMachine({}, { columns: 160, rows: 50 }).run(90).press('J', ...'14:01:18', 'enter');
    expect(shown(machine.state)).toBe(78);
    expect(table(machine.state).slice(1, then.length)).toEqual(then.slice(0, -1));
  });

  it('is filtered, sorted, arranged and shown in detail like the present', () => {
    const machine = new RecordedMachine({}, { columns: 160, rows: 50 }).run(60).press('(', '/', ...'node', 'enter');
    expect(shownPids(machine.state)).toEqual([1311]);
    expect(shownPids(machine.press('escape', 'N').state)).toEqual([1, 842, 1311, 1502, 4711, 9122]);
    expect(machine.press('t').state.arrangement).toBe('tree');
    expect(machine.press('enter').state.pane?.kind).toBe('detail');
  });

  it.each(['c', 'C', 'l', 'a', 'K'])('%s does not act on it', (key) => {
    const machine = new RecordedMachine().run(60).press('(', key);
    expect(machine.state.notice).toBe(`${key} acts on processes as they are now: press z to go back to now`);
    expect(machine.state.mode).toEqual({ kind: 'table' });
  });

  it('is named in the header, with how long ago it was', () => {
    const machine = new RecordedMachine().run(60).press('(');
    expect(frameLines(machine.state)[0]).toMatch(/14:00:00, 1 min ago$/);
  });
});
