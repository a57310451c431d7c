// What all agents together may send is bounded, and the one that sends most is cut off.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Intake } from '../../../src/agent/client/intake.ts';

const MIB = 2 ** 20;
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function senders(count: number) {
  const cut: number[] = [];
  const all = Array.from({ length: count }, (_, index) => ({ cutOff: () => void cut.push(index) }));
  return { cut, all };
}

it('unfinished lines of all together are held up to a bound, and the longest of them goes first', () => {
  const intake = new Intake();
  const { cut, all } = senders(40);
  for (const sender of all) intake.hold(sender, MIB / 4);
  expect(cut).toHaveLength(8);
  const fresh = senders(1);
  intake.hold(fresh.all[0] as (typeof fresh.all)[0], 1000);
  expect([cut.length, fresh.cut]).toEqual([9, []]);
});

it('finished lines and closed connections hold nothing any more', () => {
  const intake = new Intake();
  const { cut, all } = senders(100);
  for (const sender of all) {
    intake.hold(sender, MIB);
    intake.hold(sender, 0);
    intake.hold(sender, MIB);
    intake.forget(sender);
  }
  expect(cut).toEqual([]);
});

it('all together may send a limited amount per second: the largest sender is cut off, small senders never', () => {
  const intake = new Intake();
  const { cut, all } = senders(1000);
  const [flooding, ...others] = all as [(typeof all)[0], ...typeof all];
  for (const sender of others) intake.receive(sender, 2000);
  for (let sent = 0; sent < 10; sent += 1) intake.receive(flooding, MIB);
  expect(cut).toEqual([0]);
  for (let second = 0; second < 20; second += 1) {
    vi.advanceTimersByTime(1100);
    for (const sender of others) intake.receive(sender, 2000);
  }
  expect(cut).toEqual([0]);
});
