import { describe, expect, it } from 'vitest';
import { compareRuns } from '../../../src/model/run/comparison.ts';
import type { RunResult } from '../../../src/model/run/run.ts';

const run = (peak: number, resting: number, more: Partial<RunResult> = {}): RunResult => ({
  command: [],
  exitCode: 0,
  elapsed: peak * 10,
  tree: { peak, resting, processes: 1, remaining: 0, way: 'parents' },
  curve: [],
  ...more,
});

describe('a comparison of commands', () => {
  it('has the median of each size and of the time', () => {
    const [odd, even] = compareRuns([
      { line: 'a', results: [run(300, 10), run(100, 30), run(200, 20)] },
      { line: 'b', results: [run(100, 10), run(200, 30)] },
    ]).commands;
    expect(odd).toEqual({ line: 'a', runs: 3, peak: 200, resting: 20, elapsed: 2000, exitCode: 0 });
    expect(even).toMatchObject({ peak: 150, resting: 20, elapsed: 1500 });
  });

  it('says which is lighter at its peak and at rest, and by how much', () => {
    const { byPeak, byResting } = compareRuns([
      { line: 'a', results: [run(400, 400)] },
      { line: 'b', results: [run(396, 100)] },
      { line: 'c', results: [run(404, 50)] },
    ]);
    expect(byPeak).toBeUndefined();
    expect(byResting).toEqual({ number: 3, size: 50, heaviest: 1, less: 0.875 });
  });

  it('is not decided where the memory of one is not known', () => {
    const unknown: RunResult = { command: [], exitCode: 0, elapsed: 1, curve: [] };
    const { commands, byPeak } = compareRuns([
      { line: 'a', results: [run(400, 400)] },
      { line: 'b', results: [unknown] },
    ]);
    expect(byPeak).toBeUndefined();
    expect(commands[1]).toEqual({ line: 'b', runs: 1, elapsed: 1, exitCode: 0 });
  });

  it('has the exit code of a run that failed, the pauses of all kinds, and the most frequent verdict', () => {
    const collections = { minor: { count: 2, ms: 3 }, major: { count: 1, ms: 4 }, other: { count: 1 } };
    const verdict = (word: string) => ({ lastCollect: { verdict: word } }) as Partial<RunResult>;
    const { commands } = compareRuns([
      {
        line: 'a',
        results: [run(1, 1, verdict('mixed')), run(1, 1, { ...verdict('garbage'), collections, exitCode: 3 })].concat(
          run(1, 1, verdict('garbage')),
        ),
      },
    ]);
    expect(commands[0]).toMatchObject({ exitCode: 3, pause: 7, verdict: 'garbage' });
  });
});
