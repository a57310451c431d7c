// What Node.js opens for itself is told from what it was given.
import { describe, expect, it } from 'vitest';
import { type Descriptor, inheritedOf, passing } from '../../../src/agent/launch/descriptors.ts';

const CLOSING = 0o2000000;
const START = 1_000_000;
const BEFORE = START - 60_000;
const descriptor = (number: number, target: string, flags = CLOSING, unchangedUntil = START + 5): Descriptor => ({
  number,
  target,
  flags: () => flags,
  unchangedUntil: () => unchangedUntil,
});
/** What Node.js 24 opens in this order, at numbers that are free. */
const ownAt = (...numbers: readonly number[]): Descriptor[] => {
  const targets = ['anon_inode:[eventpoll]', 'anon_inode:[io_uring]', 'pipe:[11]', 'pipe:[11]'];
  targets.push('pipe:[12]', 'pipe:[12]', 'anon_inode:[eventfd]', '/dev/null', 'anon_inode:[eventpoll]');
  return numbers.map((number, index) => descriptor(number, targets[index] ?? ''));
};
const inherited = (...open: Descriptor[]) => inheritedOf(open, START);

describe('the descriptors that a process was given', () => {
  it('are none where Node.js opened them all', () => {
    expect(inherited(descriptor(0, 'pipe:[1]'), ...ownAt(3, 4, 5, 6, 7, 8, 9, 10, 11))).toEqual([]);
  });

  it('are all below its first epoll, whatever they are', () => {
    const given = [descriptor(3, 'pipe:[1]'), descriptor(4, 'pipe:[1]'), descriptor(5, '/dev/null')];
    expect(inherited(...ownAt(6, 7, 8, 9, 10, 11, 12, 13, 14), ...given)).toEqual([3, 4, 5]);
  });

  it('are files, sockets, single ends and older pipes above it, as a gap leaves them', () => {
    const given = [
      descriptor(5, 'socket:[3]'),
      descriptor(7, '/srv/lock'),
      descriptor(9, 'pipe:[4]'),
      descriptor(12, 'pipe:[5]', CLOSING, BEFORE),
      descriptor(13, 'pipe:[5]', CLOSING | 1, BEFORE),
      descriptor(15, '/dev/null', CLOSING | 2),
    ];
    expect(inherited(...ownAt(3, 4, 6, 8, 10, 11, 14), ...given)).toEqual([5, 7, 9, 12, 13, 15]);
  });

  it('need not be passed on where they are by themselves', () => {
    expect(inherited(...ownAt(3, 4, 5, 6), descriptor(40, '/srv/log', 1))).toEqual([]);
  });
});

describe('a child', () => {
  it('has the standard streams and each descriptor where it is', () => {
    expect(passing([])).toEqual([0, 1, 2]);
    expect(passing([3, 6])).toEqual([0, 1, 2, 3, 'ignore', 'ignore', 6]);
  });
});
