// Snapshots, rows and reports made of a few facts, for tests.
import type { Report } from '../../src/formats/printout.ts';
import type { Row } from '../../src/model/rows/row.ts';
import { Tracker } from '../../src/model/rows/tracker.ts';
import type { Identity, Process, Snapshot, SystemMemory } from '../../src/model/snapshot/snapshot.ts';

/** 2026-11-22T09:00:00.000Z, the time of the first snapshot. */
export const START = Date.UTC(2026, 10, 22, 9);

export type Facts = Partial<Omit<Identity, 'pid'>> & Partial<Omit<Process, 'who'>> & { readonly pid: number };

/** A process that by default sleeps and has 1 MiB. */
export function processOf({
  pid,
  ppid,
  startTime,
  startedAt,
  name,
  command,
  user,
  kernel,
  ...measures
}: Facts): Process {
  const who: Identity = {
    pid,
    ppid: ppid ?? 1,
    startTime: startTime ?? pid,
    startedAt: startedAt ?? START - 60_000,
    name: name ?? 'sleep',
    command: command ?? 'sleep 60',
    user: user ?? 'ubuntu',
    kernel: kernel ?? false,
  };
  return { who, state: 'S', rss: 2 ** 20, ...measures };
}

export const MEMORY: SystemMemory = {
  total: 2_093_796_557,
  free: 100 * 2 ** 20,
  available: 281 * 2 ** 20,
  buffers: 2 ** 20,
  cached: 200 * 2 ** 20,
  swapTotal: 512 * 2 ** 20,
  swapFree: 392 * 2 ** 20,
};

/** A snapshot taken N milliseconds after the start. */
export function snapshotOf(processes: readonly Process[], after = 0, rest: Partial<Snapshot> = {}): Snapshot {
  return {
    time: START + after,
    monotonic: 1000 + after,
    host: { name: 'web-1', platform: 'linux', kernel: '6.18.0' },
    system: MEMORY,
    processes,
    gaps: [],
    ...rest,
  };
}

/** The report of one snapshot, all rows in its order. */
export function reportOf(processes: readonly Process[], rest: Partial<Snapshot> = {}): Report {
  const tracker = new Tracker();
  const snapshot = snapshotOf(processes, 0, rest);
  const rows = tracker.advance(snapshot, 2000);
  return { snapshot, rows, moment: { time: snapshot.time, timeline: tracker.timeline } };
}

/** The rows of one snapshot. */
export function rowsOf(...facts: readonly Facts[]): readonly Row[] {
  return reportOf(facts.map(processOf)).rows;
}

/** Names and commands that would do something to a terminal, a table or a spreadsheet if they were let. */
export const HOSTILE = [
  '\u001b]52;c;aGk=\u0007copied',
  '\u001b]0;unterminated',
  'red\u001b[31mred',
  'c1\u009b2Jc1',
  'line\nfeed\r\ttab',
  'right\u202eto left\u2066isolate',
  'zero\u200bwidth\ufeff',
  'family\u{1f468}\u200d\u{1f469}\u200d\u{1f467}',
  'lone\ud800surrogate',
  '=HYPERLINK("http://example.org","x")',
  '+1',
  '-1',
  '@SUM(1)',
  'quote"comma,quote"',
  '#[fg=red]#(reboot)#{pid}',
  '\u2028separator\u2029',
] as const;

/** Characters that no output may carry as they are: control (the line feed apart), format, bidi, separators, surrogates. */
export const FORBIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;
