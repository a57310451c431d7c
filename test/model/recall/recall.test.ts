// Rows of a recorded sample: as they were on the screen.
import { expect, it } from 'vitest';
import type { Timeline } from '../../../src/model/history/timeline.ts';
import { Recall } from '../../../src/model/recall/recall.ts';
import type { Row } from '../../../src/model/rows/row.ts';
import { growthOf } from '../../../src/model/rows/row-growth.ts';
import { Tracker } from '../../../src/model/rows/tracker.ts';
import { existing } from '../../../src/numbers/existing.ts';
import { FlightRecorder } from '../../../src/recording/flight-recorder.ts';
import { movingSnapshots } from '../../recording/moving-snapshots.ts';

const SNAPSHOTS = movingSnapshots(170);

/** What a table shows of rows. */
function shown(rows: readonly Row[], timeline: Timeline) {
  return rows.map((row) => ({
    pid: row.process.who.pid,
    rss: row.process.rss,
    cpu: row.cpuPercent,
    growth: growthOf(row, timeline),
    trend: row.rss.cells(timeline, 10),
  }));
}

function recordedAndLive() {
  const recorder = new FlightRecorder();
  const tracker = new Tracker();
  const live = SNAPSHOTS.map((snapshot) => {
    recorder.add(snapshot);
    return shown(tracker.advance(snapshot, 1000), tracker.timeline);
  });
  return { recorder, live };
}

it('Rows of any sample are those of the screen at that time, with CPU, growth and trend', () => {
  const { recorder, live } = recordedAndLive();
  const recall = new Recall(recorder);
  for (const second of [150, 149, 20, 21, 60, 169, 0, 1]) {
    const { snapshot, rows, tracker } = existing(recall.at(existing(SNAPSHOTS[second]).time));
    expect(snapshot).toEqual(SNAPSHOTS[second]);
    expect(shown(rows, tracker.timeline)).toEqual(live[second]);
  }
});

it('The sample before any time is recalled, and nothing where nothing is recorded', () => {
  const { recorder } = recordedAndLive();
  const recall = new Recall(recorder);
  expect(recall.at(existing(SNAPSHOTS[40]).time + 700)?.snapshot).toEqual(SNAPSHOTS[40]);
  expect(new Recall(new FlightRecorder()).at(0)).toBeUndefined();
});
