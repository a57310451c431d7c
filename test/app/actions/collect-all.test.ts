import { describe, expect, it } from 'vitest';
import type { CollectOutcome, Target } from '../../../src/app/state/collects.ts';
import type { State } from '../../../src/app/state/state.ts';
import { collectable, outcomeFor, targetFor } from '../../helpers/batches.ts';
import { act, press, watched } from '../../helpers/states.ts';

const tagged = (heap = 100) => press(watched({}, undefined, 30, collectable(heap)), 'home', 'space', 'space', 'space');
const collectsOf = (effects: readonly { do: string; target?: Target }[]) =>
  effects.filter((effect) => effect.do === 'collect').map(({ target }) => target?.pid);
const ended = (state: State, pid: number, outcome: CollectOutcome = outcomeFor(pid)) =>
  act(state, { type: 'ended', target: targetFor(pid), outcome, at: 60_000 });

describe('C', () => {
  it('begins with the first tagged process that has an agent, and with no other', () => {
    const { state, effects } = press(tagged().state, 'C', 'y');
    expect(collectsOf(effects)).toEqual([1311]);
    expect(state.pane?.kind).toBe('verdicts');
    expect(state.collects.batch?.waiting.map(({ pid }) => pid)).toEqual([1311, 9122]);
  });

  it('begins the next when one has ended, never two at once', () => {
    const first = ended(press(tagged().state, 'C', 'y').state, 1311);
    expect(collectsOf(first.effects)).toEqual([9122]);
    const second = ended(first.state, 9122);
    expect(collectsOf(second.effects)).toEqual([]);
    expect(second.state.collects.batch).toMatchObject({ waiting: [], isStopping: false });
    expect(second.state.collects.batch?.done).toHaveLength(2);
    expect(second.state.pane?.kind).toBe('verdicts');
  });

  it('goes on when one could not be collected in', () => {
    const { effects } = ended(press(tagged().state, 'C', 'y').state, 1311, { trouble: 'Its agent is gone.' });
    expect(collectsOf(effects)).toEqual([9122]);
  });

  it('leaves out those without an agent, and names them', () => {
    const { batch } = press(tagged().state, 'C', 'y').state.collects;
    expect(batch?.unable.map(({ target }) => target.pid)).toEqual([842]);
  });

  it('Esc stops after the one under way', () => {
    const stopping = press(press(tagged().state, 'C', 'y').state, 'escape');
    expect(stopping.effects).toEqual([]);
    expect(stopping.state.pane?.kind).toBe('verdicts');
    const { state, effects } = ended(stopping.state, 1311);
    expect(effects).toEqual([]);
    expect(state.collects.batch).toMatchObject({ isStopping: true, waiting: [], left: [{ pid: 9122 }] });
    expect(press(state, 'escape').state.pane).toBeUndefined();
  });

  it('the pane closed while it runs comes back with the end of it', () => {
    const closed = press(press(tagged().state, 'C', 'y').state, 'escape', 'escape').state;
    expect(closed.pane).toBeUndefined();
    expect(ended(closed, 1311).state.pane?.kind).toBe('verdicts');
  });

  it('nothing else collects meanwhile', () => {
    const { state } = press(tagged().state, 'C', 'y');
    for (const key of ['c', 'C', 'a']) {
      const again = press(act(state, begun(1311)).state, 'home', key);
      expect(again.effects).toEqual([]);
      expect(again.state.notice).toMatch(/collect/);
    }
    const other = press(state, 'home', 'down', 'c');
    expect(other.effects).toEqual([]);
    expect(other.state.notice).toMatch(/Collecting in all tagged processes/);
  });

  it('waits for a collect that is under way', () => {
    const { effects, state } = press(act(tagged().state, begun(1311)).state, 'C');
    expect(effects).toEqual([]);
    expect(state.notice).toMatch(/press C again when it has finished/);
  });

  it('asks first, and names the pause of all together', () => {
    const requested = press(tagged(300).state, 'C');
    expect(requested.effects).toEqual([]);
    expect(requested.state.mode).toMatchObject({
      kind: 'confirm',
      question: expect.stringMatching(
        /^Collect in 2 processes, one by one\? They pause 1\.0–2\.5 s \(600M live\) in all$/,
      ),
    });
    expect(collectsOf(press(requested.state, 'enter').effects)).toEqual([1311]);
    expect(press(requested.state, 'escape')).toMatchObject({ effects: [], state: { pane: undefined } });
  });

  it('says what is missing', () => {
    expect(press(watched(), 'C').state.notice).toMatch(/Nothing is tagged/);
    expect(press(watched(), 'space', 'C').state.notice).toMatch(/None of the 1 tagged processes has an agent/);
  });

  it('--readonly has none', () => {
    const { effects } = press(watched({ readonly: true }, undefined, 30, collectable(100)), 'home', 'space', 'C');
    expect(effects).toEqual([]);
  });

  it('the trend of each has a mark', () => {
    const { state } = ended(ended(press(tagged().state, 'C', 'y').state, 1311).state, 9122);
    expect(state.collects.marks.map(({ target }) => target.pid)).toEqual([1311, 9122]);
  });

  it('a collect of one process afterwards has a pane of its own again', () => {
    const over = ended(ended(press(tagged().state, 'C', 'y').state, 1311).state, 9122).state;
    expect(ended(over, 1311).state.pane?.kind).toBe('result');
  });
});

function begun(pid: number) {
  return { type: 'began', running: { target: targetFor(pid), what: 'collect', since: 0 } } as const;
}
