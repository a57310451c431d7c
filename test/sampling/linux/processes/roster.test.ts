import { expect, test } from 'vitest';
import type { Process } from '../../../../src/model/snapshot/snapshot.ts';
import { Roster } from '../../../../src/sampling/linux/processes/roster.ts';
import { ProcRow } from '../../../../src/sampling/linux/processes/row.ts';

function fill(count: number): Roster {
  const roster = new Roster();
  for (let pid = 1; pid <= count; pid++) {
    const row = new ProcRow('/proc', pid);
    roster.add(row);
    row.process = { who: { pid } } as Process;
    row.unchanged = pid;
    row.readAt = pid * 10;
    roster.note(row);
  }
  return roster;
}

const pids = (roster: Roster) => roster.processes().map(({ who }) => who.pid);

function remove(roster: Roster, ...gone: number[]): void {
  for (const pid of gone) {
    const row = roster.get(pid);
    if (row !== undefined) roster.remove(row);
  }
}

test('rows stay in the order in which they came, however many', () => {
  expect(pids(fill(3000))).toEqual(Array.from({ length: 3000 }, (_, at) => at + 1));
});

test('a row is quiet after three equal readings, until it is woken', () => {
  const roster = fill(4);
  expect([0, 1, 2, 3].map((place) => roster.isQuiet(place))).toEqual([false, false, true, true]);
  const row = roster.at(3);
  if (row !== undefined) roster.wake(row);
  expect(roster.isQuiet(3)).toBe(false);
});

test('a removed row leaves an empty place, and nothing else moves', () => {
  const roster = fill(8);
  remove(roster, 3);
  roster.tidy();
  expect([roster.at(2), roster.at(3)?.pid, roster.length, pids(roster)]).toEqual([
    undefined,
    4,
    8,
    [1, 2, 4, 5, 6, 7, 8],
  ]);
});

test('empty places are closed up when they have become many, and all that was noted goes along', () => {
  const roster = fill(8);
  remove(roster, 1, 3, 5);
  roster.tidy();
  expect(pids(roster)).toEqual([2, 4, 6, 7, 8]);
  expect([roster.length, roster.at(1)?.pid, roster.at(1)?.place, roster.readAt(1), roster.isQuiet(1)]).toEqual([
    5,
    4,
    1,
    40,
    true,
  ]);
});

test('a pid that comes back has a row of its own', () => {
  const roster = fill(2);
  remove(roster, 1);
  roster.add(new ProcRow('/proc', 1));
  expect([roster.get(1)?.place, [...roster].length]).toEqual([2, 2]);
});
