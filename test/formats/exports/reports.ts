// Reports of moving snapshots, as exports take them.
import type { Report } from '../../../src/formats/printout.ts';
import { Tracker } from '../../../src/model/rows/tracker.ts';
import type { Snapshot } from '../../../src/model/snapshot/snapshot.ts';

/** A report of each snapshot with all of its rows. */
export function reportsOf(snapshots: readonly Snapshot[]): readonly Report[] {
  const tracker = new Tracker();
  return snapshots.map((snapshot) => {
    const rows = [...tracker.advance(snapshot, 1000)];
    return { snapshot, rows, moment: { time: snapshot.time, timeline: tracker.timeline } };
  });
}
