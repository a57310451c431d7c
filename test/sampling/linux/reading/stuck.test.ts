import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { FileReader } from '../../../../src/sampling/linux/reading/file-reader.ts';
import { Stuck } from '../../../../src/sampling/linux/reading/stuck.ts';
import { until } from '../../../helpers/until.ts';
import { printStat, Tree } from '../tree.ts';

/** A process whose threads are in these states, the main thread first. */
function isLikely(states: readonly string[]): boolean {
  const tree = new Tree();
  onTestFinished(() => tree.remove());
  for (const [index, state] of states.entries())
    tree.write(`7/task/${7 + index}/stat`, printStat(7 + index, { state, name: 'a) D (b', threads: states.length }));
  const state = (states[0] as string).charCodeAt(0);
  return new Stuck(new FileReader()).isLikely(join(tree.proc, '7'), state, states.length);
}

test.each([
  [['S'], false],
  [['R'], false],
  [['D'], true],
  [['S', 'R', 'S'], false],
  [['S', 'S', 'D'], true],
  [['T', 'T'], false],
])('with threads in the states %j a read of its memory may wait: %s', (states, expected) => {
  expect(isLikely(states)).toBe(expected);
});

test('a process with hundreds of threads is left to a child rather than asked', () => {
  expect(new Stuck(new FileReader()).isLikely('/nonexistent', 'S'.charCodeAt(0), 500)).toBe(true);
});

test('a process that has ended meanwhile is not stuck', () => {
  expect(new Stuck(new FileReader()).isLikely('/nonexistent', 'S'.charCodeAt(0), 3)).toBe(false);
});

test('this process, which has several threads, is not stuck', async () => {
  const threads = Number(/^Threads:\s+(\d+)$/m.exec(readFileSync('/proc/self/status', 'latin1'))?.[1]);
  expect(threads).toBeGreaterThan(1);
  // A thread that waits for the disk just now is in state D for that moment.
  const stuck = new Stuck(new FileReader());
  await until(() => !stuck.isLikely('/proc/self', 'S'.charCodeAt(0), Math.min(threads, 100)));
});
