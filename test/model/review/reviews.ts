// Reviews of snapshots, for tests.
import { type Review, Reviewer } from '../../../src/model/review/review.ts';
import { Tracker } from '../../../src/model/rows/tracker.ts';
import type { Snapshot } from '../../../src/model/snapshot/snapshot.ts';

/** The review of snapshots, in `parts` parts. */
export function reviewOf(snapshots: readonly Snapshot[], parts = 10): Review {
  const [first, last] = [snapshots[0]?.time ?? 0, snapshots.at(-1)?.time ?? 0];
  const reviewer = new Reviewer(first, last, parts);
  const tracker = new Tracker();
  for (const snapshot of snapshots) {
    reviewer.take(snapshot, tracker.advance(snapshot, 1000), snapshot.events ?? [], tracker.timeline);
  }
  return reviewer.finish() as Review;
}
