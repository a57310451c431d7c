import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  holdsSignal,
  parseEffectiveUid,
  parseNamespacePids,
  parseRss,
  parseSignalSets,
  parseStateLetter,
} from '../../../src/sampling/linux/status-details.ts';

const STATUS = `Name:\tUid:\\n0
State:\tT (stopped)
Uid:\t1000\t1001\t1002\t1003
NSpid:\t5000\t12\t1
VmRSS:\t   51200 kB
SigBlk:\t0000000000000200
SigIgn:\t0000000001001000
SigCgt:\t0000000108014402
`;

describe('details of /proc/PID/status', () => {
  it('are the effective uid, the pids by namespace, RSS in bytes and the state', () => {
    expect(parseEffectiveUid(STATUS)).toBe(1001);
    expect(parseNamespacePids(STATUS)).toEqual([5000, 12, 1]);
    expect(parseRss(STATUS)).toBe(51_200 * 1024);
    expect(parseStateLetter(STATUS)).toBe('T');
  });

  it('are the signals that are blocked, ignored and caught', () => {
    const sets = parseSignalSets(STATUS);
    expect(sets && holdsSignal(sets.blocked, 10)).toBe(true);
    expect(sets && holdsSignal(sets.caught, 10)).toBe(false);
    expect(sets && holdsSignal(sets.caught, 11)).toBe(true);
    expect(sets && holdsSignal(sets.ignored, 13)).toBe(true);
  });

  it('are unknown where a line is missing', () => {
    expect(parseSignalSets('SigBlk:\t0\nSigIgn:\t0\n')).toBeUndefined();
    expect(parseNamespacePids('')).toEqual([]);
    expect(parseRss('VmRSS:\t12')).toBeUndefined();
    expect(parseEffectiveUid('')).toBeUndefined();
  });

  it('are found in our own', () => {
    const own = readFileSync('/proc/self/status', 'latin1');
    expect(parseEffectiveUid(own)).toBe(process.geteuid?.());
    expect(parseNamespacePids(own).at(-1)).toBe(process.pid);
    const sets = parseSignalSets(own);
    expect(sets && holdsSignal(sets.caught, 10)).toBe(true);
  });
});
