import { expect, it } from 'vitest';
import { formatComparison } from '../../../src/formats/run/comparison-text.ts';

const MIB = 2 ** 20;
const COMPARISON = {
  commands: [
    { line: 'python3 a.py', runs: 3, peak: 396 * MIB, resting: 396 * MIB, elapsed: 2130, pause: 34, exitCode: 0 },
    { line: 'python3 b.py\x1b[2J', runs: 3, elapsed: 95_000, verdict: 'garbage', exitCode: 3 },
  ],
  byResting: { number: 2, size: 15 * MIB, heaviest: 1, less: 0.962 },
};

it('is a table with the command last, a dash for what is not known, and a sentence for each size', () => {
  expect(formatComparison(COMPARISON).split('\n')).toEqual([
    '   PEAK  RESTING        TIME  GC PAUSES  LAST GC  EXIT  COMMAND',
    '1  396M     396M       2.1 s      34 ms        -     0  python3 a.py',
    '2     -        -  1 min 35 s          -  garbage     3  python3 b.py[2J',
    '',
    'Medians of 3 runs of each, all processes of a command together.',
    'Lighter at the peak: no difference.',
    'Lighter at rest: command 2 with 15.0M, 96% less than command 1.',
    '',
  ]);
});

it('leaves out columns of which nothing is known, and cuts to the width of the terminal', () => {
  const commands = [
    { line: 'a', runs: 1, elapsed: 10, exitCode: 0 },
    { line: 'b'.repeat(50), runs: 1, elapsed: 20, exitCode: 0 },
  ];
  const lines = formatComparison({ commands }, 30).split('\n');
  expect(lines[0]).toBe('    TIME  EXIT  COMMAND');
  expect(lines[2]).toHaveLength(30);
});
