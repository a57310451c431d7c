import { describe, expect, it } from 'vitest';
import type { State } from '../../../src/app/state/state.ts';
import type { Heap } from '../../../src/model/snapshot/heap.ts';
import type { Process, Snapshot } from '../../../src/model/snapshot/snapshot.ts';
import { MEBIBYTE } from '../../helpers/snapshots.ts';
import { press, serverProcesses, watched } from '../../helpers/states.ts';

/** A state in which pid 1311 has an agent and is in /job, and what the newest snapshot says otherwise. */
function stateWith(heap: Heap, snapshot: (now: Snapshot) => Partial<Snapshot> = () => ({})): State {
  const processes = (tick: number): Process[] =>
    serverProcesses(tick).map((process) => (process.who.pid === 1311 ? { ...process, heap, cgroup: '/job' } : process));
  const state = watched({}, { columns: 80, rows: 24 }, 30, processes);
  if (state.view === undefined) throw new Error('nothing was sampled');
  const { view } = state;
  return { ...state, view: { ...view, snapshot: { ...view.snapshot, ...snapshot(view.snapshot) } } };
}

const questionAfter = (state: State, key: string) => {
  const { mode } = press(state, 'home', key).state;
  return mode.kind === 'confirm' ? mode.question : undefined;
};

describe('l', () => {
  const heap: Heap = { runtime: 'node', used: 240 * MEBIBYTE };

  it('asks with the pause that finding the containers takes', () => {
    expect(questionAfter(stateWith(heap), 'l')).toBe('Watch node (1311) for 30 s? It pauses 1.2–5.3 s (240M live)');
  });

  it('says how much memory it may take where the machine does not have it', () => {
    const low = ({ system }: Snapshot) => ({ system: { ...system, available: 90 * MEBIBYTE } });
    expect(questionAfter(stateWith(heap, low), 'l')).toBe('Watch node (1311) for 30 s? May take 240M, only 90.0M left');
  });

  it('says how much memory it may take where the limit of its cgroup leaves less', () => {
    const limit = { path: '/job', limit: 500 * MEBIBYTE, charged: 400 * MEBIBYTE, workingSet: 400 * MEBIBYTE };
    const limited = () => ({ groups: [{ path: '/job', charged: 0, workingSet: 0, limit }] });
    expect(questionAfter(stateWith(heap, limited), 'l')).toBe(
      'Watch node (1311) for 30 s? May take 240M, only 100M left',
    );
  });

  it('asks of Python with the pause where it is a second or more, by the objects there are', () => {
    const few: Heap = { runtime: 'python', blocks: 400_000 };
    const many: Heap = { runtime: 'python', blocks: 4_000_000 };
    expect(questionAfter(stateWith(few), 'l')).toBe('Watch node (1311) for 30 s? Allocating gets up to 10x slower');
    expect(questionAfter(stateWith(many), 'l')).toBe(
      'Watch node (1311) for 30 s? It pauses 0.3–2.8 s and allocates up to 10x slower',
    );
  });
});

describe('c', () => {
  it('forecasts the pause of Python by its objects, and by its RSS only where it does not count them', () => {
    const counted: Heap = { runtime: 'python', blocks: 8_000_000 };
    expect(questionAfter(stateWith(counted), 'c')).toMatch(
      /^Collect in node \(1311\)\? It pauses 0\.06–1\.[23] s \(about 8\.0 million objects live\)$/,
    );
    expect(questionAfter(stateWith({ runtime: 'python' }), 'c')).toMatch(/It pauses 0\.\d+–0\.\d+ s \([\d.]+M live\)$/);
  });
});
