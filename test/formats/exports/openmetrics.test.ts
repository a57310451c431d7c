import { expect, test } from 'vitest';
import { exportedColumns } from '../../../src/formats/exports/metrics.ts';
import { OpenMetrics } from '../../../src/formats/exports/openmetrics.ts';
import type { Kill } from '../../../src/model/snapshot/oom-kill.ts';
import type { Snapshot } from '../../../src/model/snapshot/snapshot.ts';
import { existing } from '../../../src/numbers/existing.ts';
import { MEBIBYTE, NOON, processOf, snapshotOf } from '../../helpers/snapshots.ts';
import { movingSnapshots } from '../../recording/moving-snapshots.ts';
import { reportsOf } from './reports.ts';

function metricsOf(snapshots: readonly Snapshot[], columns?: readonly string[]) {
  const metrics = new OpenMetrics(exportedColumns(columns));
  for (const report of reportsOf(snapshots)) metrics.take(report);
  return { lines: [...metrics.texts()].join('').split('\n'), skipped: metrics.skipped };
}

/** A line of a sample: name, labels, value and seconds since noon. */
function parsed(line: string) {
  const [, name = '', labels = '', value = '', time = ''] =
    /^([a-z][a-z0-9_]*)\{((?:[a-z]+="(?:[^"\\]|\\.)*",?)+)\} (\S+) (\d+\.\d{3})$/.exec(line) ?? [];
  return { name, labels, value: Number(value), at: Number(time) - NOON / 1000 };
}

const samplesOf = (lines: readonly string[], name: string) =>
  lines.filter((line) => line.startsWith(`${name}{`)).map(parsed);

test('Every sample of a process is a line with value and time, its series one after the other', () => {
  const { lines } = metricsOf(movingSnapshots(3));
  const samples = samplesOf(lines, 'memtop_process_rss_bytes');
  expect(samples.map(({ value, at }) => [Math.round(at), value / MEBIBYTE])).toEqual([
    ...[0, 1, 2].map((at) => [at, 100 + at]),
    ...[0, 1, 2].map((at) => [at, 40]),
  ]);
  const started = `started="${new Date(NOON - 180_000).toISOString()}"`;
  expect(samples[0]?.labels).toBe(`host="web-1",pid="20",${started},name="growing",user="ubuntu"`);
});

test('Numbers are in base units: CPU use is a ratio', () => {
  const { lines } = metricsOf(movingSnapshots(2));
  expect(samplesOf(lines, 'memtop_process_cpu_ratio').map(({ value }) => value)).toEqual([0.12, 0]);
  expect(samplesOf(lines, 'memtop_system_available_bytes').map(({ value }) => value)).toEqual([
    281 * MEBIBYTE,
    281 * MEBIBYTE,
  ]);
});

test('The lines of a metric stand together below its type and unit, times rise in each series, and # EOF ends the text', () => {
  const { lines } = metricsOf(movingSnapshots(40));
  expect(lines.slice(-2)).toEqual(['# EOF', '']);
  const seen = new Set<string>();
  const last = new Map<string, number>();
  let current = '';
  for (const line of lines.slice(0, -2)) {
    const [, type] = /^# TYPE (\S+) gauge$/.exec(line) ?? [];
    if (type !== undefined) {
      expect(seen).not.toContain(type);
      seen.add(type);
      current = type;
    }
    if (line.startsWith('#')) {
      expect(line).toMatch(/^# (?:TYPE|UNIT|HELP) /);
      expect(line.split(' ')[2]).toBe(current);
      continue;
    }
    const { name, labels, at } = parsed(line);
    expect(name).toBe(current);
    expect(at).toBeGreaterThan(last.get(`${name} ${labels}`) ?? Number.NEGATIVE_INFINITY);
    last.set(`${name} ${labels}`, at);
  }
  // Machine, growing, resting, and a passing process for each ten seconds.
  expect([...last.keys()].filter((key) => key.startsWith('memtop_process_rss_bytes '))).toHaveLength(6);
});

test('A process has no number for the samples it is missing from', () => {
  const [first, , third] = movingSnapshots(3) as [Snapshot, Snapshot, Snapshot];
  const { lines } = metricsOf([first, snapshotOf([], 1), third]);
  const times = samplesOf(lines, 'memtop_process_rss_bytes').map(({ at }) => Math.round(at));
  expect(times).toEqual([0, 2, 0, 2]);
});

test('After the clock was set back, samples are left out until it shows new times', () => {
  const snapshots = movingSnapshots(6).map((snapshot, index) => {
    return index < 3 ? snapshot : { ...snapshot, time: snapshot.time - 2000 };
  });
  const { lines, skipped } = metricsOf(snapshots);
  expect(skipped).toBe(2);
  const growing = samplesOf(lines, 'memtop_process_rss_bytes').filter(({ labels }) => labels.includes('pid="20"'));
  expect(growing.map(({ value, at }) => [Math.round(at), value / MEBIBYTE])).toEqual([
    [0, 100],
    [1, 101],
    [2, 102],
    [3, 105],
  ]);
});

test('An OOM kill is a line of its own', () => {
  const kill: Kill = {
    ...{
      type: 'oom-kill',
      time: NOON + 500,
      pid: 9,
      name: 'python3',
      rss: 5 * MEBIBYTE,
      scope: 'cgroup',
      cgroup: '/job',
    },
    ...{ by: 'kernel', certainty: 'certain', source: 'kmsg', verified: true },
  };
  const { lines } = metricsOf([{ ...existing(movingSnapshots(1)[0]), events: [kill] }]);
  const [{ labels, value, at } = parsed('')] = samplesOf(lines, 'memtop_oom_kill');
  expect(labels).toContain('pid="9",name="python3",scope="cgroup",cgroup="/job",by="kernel"');
  expect([value, at]).toEqual([1, expect.closeTo(0.5)]);
});

test('Names of processes cannot break a line or reach a terminal', () => {
  const { lines } = metricsOf([snapshotOf([processOf({ who: { pid: 7, name: 'a"b\\c\nd\u001b' } })])]);
  expect(samplesOf(lines, 'memtop_process_rss_bytes')[0]?.labels).toContain('name="a\\"b\\\\c\\\\u000ad\\\\u001b"');
});
