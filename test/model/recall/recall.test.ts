// Rows of a recorded sample: as they were on the screen.
import { expect, it } from 'vitest';
import type { Timeline } from '../../../src/model/history/timeline.ts';
import { Recall } from '../../../src/model/recall/recall.ts';
import type { Row } from '../../../src/model/rows/row.ts';
import { growthOf } from '../../../src/model/rows/row-growth.ts';
import { Tracker } from '../../../src/model/rows/tracker.ts';
import type { Kill } from '../../../src/model/snapshot/oom-kill.ts';
import { existing } from '../../../src/numbers/existing.ts';
import { FlightRecorder } from '../../../src/recording/flight-recorder.ts';
import { NOON } from '../../helpers/snapshots.ts';
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

it('OOM kills until then are known: the last ones with the curve of the process, earlier ones without', () => {
  const killOf = (second: number, pid: number): Kill => ({
    ...{ type: 'oom-kill', time: NOON + second * 1000, pid, by: 'kernel' },
    ...{ certainty: 'certain', source: 'kmsg', verified: true },
  });
  const kills = new Map([20, 1700].map((second) => [second, killOf(second, 20)]));
  const recorder = new FlightRecorder();
  for (const [second, snapshot] of movingSnapshots(1800).entries()) {
    const kill = kills.get(second);
    recorder.add(kill === undefined ? snapshot : { ...snapshot, events: [kill] });
  }
  const recall = new Recall(recorder);
  const killsAt = (second: number) => recall.at(NOON + second * 1000)?.obituaries ?? [];
  expect(killsAt(19)).toEqual([]);
  expect(killsAt(20)).toMatchObject([{ kill: kills.get(20) }]);
  expect(killsAt(1750)).toMatchObject([{ kill: kills.get(1700) }, { kill: kills.get(20) }]);
  expect(killsAt(1750).map(({ curve }) => curve?.some((value) => value > 0))).toEqual([true, undefined]);
});
