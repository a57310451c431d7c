import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  hasCapability,
  holdsSignal,
  parseEffectiveUid,
  parseNamespacePids,
  parseRss,
  parseSignalSets,
  parseStateLetter,
  parseStatus,
} from '../../../../src/sampling/linux/proc/status.ts';

const parse = (text: string) => parseStatus(Buffer.from(text), Buffer.byteLength(text));

test('the effective user is the second of four, and sizes come in bytes', () => {
  expect(parse('Name:\tx\nUid:\t1000\t33\t1000\t1000\nVmHWM:\t    1728 kB\nVmSwap:\t       8 kB\n')).toEqual({
    uid: 33,
    peak: 1728 * 1024,
    swap: 8 * 1024,
  });
});

test('a kernel thread has no peak rather than one of zero', () => {
  expect(parse('Name:\tkthreadd\nUid:\t0\t0\t0\t0\nThreads:\t1\n')).toEqual({ uid: 0 });
});

test('a number at the end of a truncated file is not used', () => {
  expect(parse('Name:\tx\nUid:\t0\t10')).toEqual({});
});

test('a name cannot pretend to be another line, since the kernel escapes its newlines', () => {
  expect(parse('Name:\t\\nUid:\t0\t0\nUid:\t7\t7\t7\t7\n')).toEqual({ uid: 7 });
});

test('any text is read without an exception or an invalid number', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('\nUid:', '\nVmHWM:', '\t', ' ', '7', 'kB', '-', '\0') }), (text) => {
      for (const value of Object.values(parse(text))) expect(value).toBeGreaterThanOrEqual(0);
      hasCapability(text, 'CAP_KILL');
    }),
  );
});

test('capabilities are bits of CapEff', () => {
  expect(hasCapability('CapEff:\t000001ffffffffff\n', 'CAP_SYSLOG')).toBe(true);
  expect(hasCapability('CapEff:\t0000000000000020\n', 'CAP_SYS_PTRACE')).toBe(false);
  expect(hasCapability('Name:\tx\n', 'CAP_KILL')).toBeUndefined();
});

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
