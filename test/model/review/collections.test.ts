import { expect, it } from 'vitest';
import { Collections } from '../../../src/model/review/collections.ts';
import { Tracker } from '../../../src/model/rows/tracker.ts';
import { MEBIBYTE, NOON, processOf, snapshotOf } from '../../helpers/snapshots.ts';

/** The MiB of a heap, and the collections until then. */
type Reading = readonly [used: number, count: number];

function collectionsOf(readings: readonly Reading[]): Collections {
  const tracker = new Tracker();
  const collections = new Collections();
  for (const [second, [used, count]] of readings.entries()) {
    const heap = { runtime: 'node', used: used * MEBIBYTE, gc: { count, time: count * 2 } } as const;
    const snapshot = snapshotOf([processOf({ who: { pid: 7 }, heap })], second);
    collections.take(snapshot.time, tracker.advance(snapshot, 1000));
  }
  return collections;
}

const { who } = processOf({ who: { pid: 7 } });

it('Counts the collections of the span, not those before it', () => {
  const collections = collectionsOf([
    [10, 100],
    [11, 104],
    [11, 109],
  ]);
  expect(collections.sumOf(who)).toEqual({ count: 9, time: 18 });
});

it('A program that counts from zero again adds nothing at that moment', () => {
  const collections = collectionsOf([
    [10, 100],
    [10, 103],
    [10, 1],
    [10, 3],
  ]);
  expect(collections.sumOf(who)).toEqual({ count: 5, time: 10 });
});

it('Names a collection that freed much, with its time', () => {
  const { freeing } = collectionsOf([
    [100, 5],
    [120, 6],
    [40, 7],
    [39, 8],
  ]);
  expect(freeing.map(({ time, freed, who: { pid } }) => [time - NOON, freed / MEBIBYTE, pid])).toEqual([[2000, 80, 7]]);
});

it('A heap that shrank without a collection, or by little, is not one', () => {
  const { freeing } = collectionsOf([
    [100, 5],
    [40, 5],
    [36, 6],
  ]);
  expect(freeing).toEqual([]);
});

it('A heap that shrank where collections are not counted was collected', () => {
  const collections = new Collections();
  const tracker = new Tracker();
  for (const [second, used] of [100, 40].entries()) {
    const heap = { runtime: 'node', used: used * MEBIBYTE } as const;
    const snapshot = snapshotOf([processOf({ who: { pid: 7 }, heap })], second);
    collections.take(snapshot.time, tracker.advance(snapshot, 1000));
  }
  expect([collections.freeing.length, collections.sumOf(who)]).toEqual([1, undefined]);
});
