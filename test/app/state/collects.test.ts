import { describe, expect, it } from 'vitest';
import { marksOf } from '../../../src/app/state/collects.ts';
import { keysOf } from '../../../src/app/state/key-command.ts';
import { keyTitle } from '../../../src/app/state/key-title.ts';
import type { State } from '../../../src/app/state/state.ts';
import type { Process } from '../../../src/model/snapshot/snapshot.ts';
import { instrumented, outcomeOf, SERVER } from '../../helpers/collects.ts';
import { MEBIBYTE } from '../../helpers/snapshots.ts';
import { act, press, watched } from '../../helpers/states.ts';

const server = (): State => watched({}, { columns: 80, rows: 24 }, 30, instrumented);
const began = { type: 'began', running: { target: SERVER, what: 'collect', since: 0 } } as const;
const over = (state: State) =>
  act(state, { type: 'ended', target: SERVER, outcome: outcomeOf([148, 11], [182, 57]), at: 40_000 }).state;

describe('c', () => {
  it('asks the first time for a process, and collects at once after that when its heap is small', () => {
    const requested = press(server(), 'c');
    expect(requested.effects).toEqual([]);
    expect(requested.state.mode).toMatchObject({
      question: expect.stringMatching(/^Collect in node \(1311\)\? It pauses 0\.\d+–0\.\d+ s \([\d.]+M live\)$/),
    });
    const first = press(requested.state, 'enter');
    expect(first.effects).toEqual([{ do: 'collect', target: SERVER }]);
    expect(press(over(act(first.state, began).state), 'escape', 'c').effects).toEqual([
      { do: 'collect', target: SERVER },
    ]);
  });

  it('a question that was answered with no is asked again', () => {
    expect(press(server(), 'c', 'n', 'c').effects).toEqual([]);
  });

  it('says what is missing when the process has no agent', () => {
    const { state, effects } = press(server(), 'down', 'c');
    expect(effects).toEqual([]);
    expect(state.notice).toMatch(/python3 \(9122\) has no agent/);
  });

  it('asks every time when the pause is forecast to last a second or more', () => {
    const large = (tick: number): Process[] =>
      instrumented(tick).map((process) =>
        process.heap === undefined ? process : { ...process, heap: { ...process.heap, used: 812 * MEBIBYTE } },
      );
    const requested = press(watched({}, { columns: 80, rows: 24 }, 3, large), 'c');
    expect(requested.effects).toEqual([]);
    expect(requested.state.mode).toMatchObject({
      kind: 'confirm',
      question: expect.stringMatching(/It pauses 1\.4–3\.4 s \(812M live\)/),
    });
    expect(press(requested.state, 'escape').effects).toEqual([]);
    const first = press(requested.state, 'enter');
    expect(first.effects).toEqual([{ do: 'collect', target: SERVER }]);
    expect(press(over(act(first.state, began).state), 'escape', 'c').effects).toEqual([]);
  });

  it('does not begin twice in one process', () => {
    const { state, effects } = press(act(server(), began).state, 'c');
    expect(effects).toEqual([]);
    expect(state.notice).toMatch(/Already/);
  });

  it('keys go on working while a collect runs', () => {
    expect(press(act(server(), began).state, 'down', 'N', 'q').effects).toEqual([{ do: 'quit' }]);
  });
});

describe('a', () => {
  it('warns, and attaches only when told to', () => {
    const requested = press(server(), 'down', 'a');
    expect(requested.state.mode).toMatchObject({ kind: 'confirm', question: expect.stringContaining('debugger') });
    expect(press(requested.state, 'n').effects).toEqual([]);
    expect(press(requested.state, 'y').effects).toMatchObject([{ do: 'attach', target: { pid: 9122 } }]);
  });

  it('is not needed where there is an agent', () => {
    expect(press(server(), 'a').state.notice).toMatch(/has an agent already/);
  });
});

describe('the result', () => {
  it('opens a pane that takes lines from the table, and Esc gives them back', () => {
    const before = server();
    const opened = over(before);
    expect(opened.layout.body).toBeLessThan(before.layout.body);
    expect(press(opened, 'escape').state.layout.body).toBe(before.layout.body);
  });

  it('Esc closes the pane before it drops a filter', () => {
    const filtered = over(press(server(), '/', 'n', 'o', 'd', 'e', 'enter').state);
    const closed = press(filtered, 'escape').state;
    expect(closed.filter).toBe('node');
    expect(press(closed, 'escape').state.filter).toBe('');
  });

  it('leaves a mark on the trend of its process and of no other', () => {
    const state = over(act(server(), began).state);
    const marks = state.shown.map(({ process }) => marksOf(state.collects, process));
    expect(marks.flat()).toEqual([40_000]);
    expect(state.collects.running).toEqual([]);
  });

  it('a failure is a sentence and leaves no mark', () => {
    const { state } = act(server(), began, {
      type: 'ended',
      target: SERVER,
      outcome: { trouble: 'It closed the connection.' },
      at: 1,
    });
    expect(state.collects.marks).toEqual([]);
    expect(state.pane).toMatchObject({ kind: 'result', outcome: { trouble: 'It closed the connection.' } });
  });
});

describe('--readonly', () => {
  it('takes away every key that acts on a process', () => {
    const state = watched({ readonly: true }, { columns: 80, rows: 24 }, 30, instrumented);
    expect(press(state, 'c', 'a').effects).toEqual([]);
    expect(press(state, 'a').state.mode.kind).toBe('table');
    for (const key of ['c', 'C', 'a', 'f9', 'K'])
      expect(press(state, key).state.notice).toBe(`${keyTitle(key)}: disabled by --readonly`);
    expect(keysOf(true).some((binding) => binding.acts)).toBe(false);
  });
});
