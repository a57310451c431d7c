import { expect, test } from 'vitest';
import { exportedColumns } from '../../../src/formats/exports/metrics.ts';
import { PerfettoTrace } from '../../../src/formats/exports/perfetto.ts';
import type { Kill } from '../../../src/model/snapshot/oom-kill.ts';
import type { Snapshot } from '../../../src/model/snapshot/snapshot.ts';
import { MEBIBYTE, NOON, processOf, snapshotOf } from '../../helpers/snapshots.ts';
import { movingSnapshots } from '../../recording/moving-snapshots.ts';
import { reportsOf } from './reports.ts';

interface TraceEvent {
  readonly ph: string;
  readonly pid: number;
  readonly name: string;
  readonly s?: string;
  readonly ts?: number;
  readonly args: Readonly<Record<string, unknown>>;
}

function traceOf(snapshots: readonly Snapshot[], columns?: readonly string[]): readonly TraceEvent[] {
  const trace = new PerfettoTrace(exportedColumns(columns));
  const text = reportsOf(snapshots).map((report) => trace.take(report));
  return JSON.parse(`${text.join('')}${trace.end()}`).traceEvents;
}

const secondsOf = ({ ts = Number.NaN }: TraceEvent) => (ts / 1000 - NOON) / 1000;
const counters = (events: readonly TraceEvent[], pid: number, name: string) =>
  events
    .filter((event) => event.ph === 'C' && event.pid === pid && event.name === name)
    .map((event) => [secondsOf(event), Object.values(event.args)[0]]);
const instants = (events: readonly TraceEvent[]) =>
  events.filter(({ ph }) => ph === 'i').map((event) => [event.s, event.pid, event.name, secondsOf(event)]);

test('A process has a counter of its RSS in bytes, written when it changes', () => {
  const events = traceOf(movingSnapshots(4));
  expect(counters(events, 20, 'RSS')).toEqual([100, 101, 102, 103].map((size, at) => [at, size * MEBIBYTE]));
  expect(counters(events, 30, 'RSS')).toEqual([[0, 40 * MEBIBYTE]]);
  expect(counters(events, 20, 'CPU%')).toEqual([[1, 12]]);
  expect(events.filter(({ args }) => 'bytes' in args && '%' in args)).toEqual([]);
});

test('A process is named by its name and pid, the machine by its host, and the largest come first', () => {
  const events = traceOf(movingSnapshots(2));
  const named = events.filter(({ name }) => name === 'process_name').map(({ args }) => args['name']);
  expect(named).toEqual(['web-1', 'growing (20)', 'resting (30)']);
  const order = events.filter(({ name }) => name === 'process_sort_index').map(({ pid, args }) => [pid, args]);
  expect(order.slice(1)).toEqual([
    [20, { sort_index: 0 }],
    [30, { sort_index: 1 }],
  ]);
});

test('Starts and ends are events, the counters of what has ended become 0, and a pid that is used again is another process', () => {
  const events = traceOf(movingSnapshots(15));
  expect(instants(events)).toEqual([
    ['p', 40, 'started', 3],
    ['p', 40, 'ended', 4],
    ['p', 10_000_040, 'started', 13],
    ['p', 10_000_040, 'ended', 14],
  ]);
  expect(counters(events, 40, 'RSS')).toEqual([
    [3, 10 * MEBIBYTE],
    [4, 0],
  ]);
});

test('An OOM kill is an event of the whole trace', () => {
  const kill: Kill = {
    ...{ type: 'oom-kill', time: NOON + 500, pid: 9, name: 'python3', rss: 5 * MEBIBYTE, scope: 'machine' },
    ...{ by: 'kernel', certainty: 'certain', source: 'kmsg', verified: true },
  };
  const [first, second] = movingSnapshots(2) as [Snapshot, Snapshot];
  const events = traceOf([first, { ...second, events: [kill] }]);
  const { s, args } = events.find(({ name }) => name === 'OOM kill: python3 (9)') as TraceEvent;
  expect([s, args['rss'], args['by']]).toEqual(['g', 5 * MEBIBYTE, 'kernel']);
});

test('Where the clock was set back the trace goes on by the monotonic clock, with an event that says so', () => {
  const [first, second, third] = movingSnapshots(3) as [Snapshot, Snapshot, Snapshot];
  const earlier = [second, third].map((snapshot) => ({ ...snapshot, time: snapshot.time - 3_600_000 }));
  const events = traceOf([first, ...earlier]);
  expect(counters(events, 20, 'RSS').map(([at]) => at)).toEqual([0, 1, 2]);
  expect(instants(events)).toEqual([['g', expect.any(Number), 'Clock set back by 60m', 1]]);
});

test('Columns that are chosen are the counters, and what was never more than 0 has none', () => {
  const still = snapshotOf([processOf({ who: { pid: 7 }, threads: 3, swap: 0 })]);
  const events = traceOf([still], ['name', 'threads', 'swap', 'pid']);
  const names = events.filter(({ ph, pid }) => ph === 'C' && pid === 7).map(({ name }) => name);
  expect(names).toEqual(['THR']);
});

test('Names of processes cannot break the JSON or reach a terminal', () => {
  const named = processOf({ who: { pid: 7, name: '"}]\u001b[31m\u202e' } });
  const trace = new PerfettoTrace(exportedColumns(undefined));
  const [report] = reportsOf([snapshotOf([named])]);
  const text = `${report && trace.take(report)}${trace.end()}`;
  expect(text).not.toMatch(/[^\n\x20-\x7e]/);
  expect(text).toContain('\\u001b[31m\\u202e (7)');
  expect(JSON.parse(text).traceEvents).toContainEqual(expect.objectContaining({ name: 'process_name', pid: 7 }));
});

test('A trace without a sample is an empty trace', () => {
  expect(JSON.parse(new PerfettoTrace([]).end()).traceEvents).toEqual([]);
});
