// What a page of a report has of a recording, as JSON: texts are clean, curves compact, and its bytes limited.
import type { Collections } from '../../model/review/collections.ts';
import type { Curves, ThinCurve } from '../../model/review/curves.ts';
import type { Course, Review } from '../../model/review/review.ts';
import type { Kill } from '../../model/snapshot/oom-kill.ts';
import { existing } from '../../numbers/existing.ts';
import { clean } from '../../text/clean.ts';
import { inlineJson } from './inline-json.ts';
import { encodeNumbers } from './number-text.ts';

/**
 * A curve: the index of its first moment, and KiB plus one at that moment and those that follow, 0 where unknown, as
 * number-text.ts writes numbers.
 */
export type CurveText = readonly [start: number, values: string];

/** Sizes are bytes, times milliseconds since the epoch. */
export interface ReportedProcess {
  readonly pid: number;
  readonly name: string;
  readonly command: string;
  readonly user?: string;
  readonly peak: number;
  readonly peakAt: number;
  /** The RSS in its last sample, and when that was taken. */
  readonly last: number;
  readonly lastAt: number;
  readonly hasEnded?: true;
  /** Bytes per second. */
  readonly growth?: number;
  readonly pattern?: string;
  /** Collections, and the milliseconds for which they stopped it. */
  readonly collections?: readonly [count: number, time: number];
  /** Absent where the page would become too large. */
  readonly curve?: CurveText;
}

export interface ReportedKill extends Pick<Kill, 'time' | 'pid' | 'rss' | 'by' | 'certainty'> {
  readonly name: string;
  /** The cgroup whose limit was hit. */
  readonly cgroup?: string;
}

export interface ReportedCollection {
  readonly time: number;
  readonly pid: number;
  readonly name: string;
  readonly freed: number;
}

export interface ReportData {
  readonly host: string;
  readonly system: string;
  readonly from: number;
  readonly to: number;
  readonly samples: number;
  /** The machine's memory, or that of the limit in force. */
  readonly total?: number;
  readonly lowest?: { readonly at: number; readonly available: number };
  /** Moments at which curves have values: milliseconds after `from`, as number-text.ts writes numbers. */
  readonly moments: string;
  /** The indexes of moments before which nothing was recorded for a while. */
  readonly gaps: readonly number[];
  readonly used: CurveText;
  readonly swap: CurveText;
  /** The largest by peak first. */
  readonly processes: readonly ReportedProcess[];
  /** How many smaller ones are left out. */
  readonly hidden: number;
  readonly kills: readonly ReportedKill[];
  readonly collections: readonly ReportedCollection[];
}

/** A review with its curves and collections. */
export interface Reviewed {
  readonly review: Review;
  readonly curves: Curves;
  readonly collections: Collections;
}

/** The most processes in the table, and the most kills. */
const MOST_PROCESSES = 1000;
const MOST_KILLS = 500;

/** The fraction of the bytes that texts of processes may take; the rest is for their curves. */
const TEXT_SHARE = 0.4;

/** Longer texts are cut: a command may have 128 KiB. */
const MOST_CHARACTERS = 300;

/** The data, in at most this many bytes of JSON. */
export function reportDataOf({ review, curves, collections }: Reviewed, mostBytes: number): ReportData {
  const { host, from, to, samples, total, lowest } = review;
  const offsets = offsetsOf(curves);
  const data: ReportData = {
    host: text(host.name),
    system: text([host.distribution ?? host.platform, host.kernel].join(', ')),
    ...{ from, to, samples, ...(total !== undefined && { total }), ...(lowest !== undefined && { lowest }) },
    moments: encodeNumbers(momentsOf(curves, from)),
    gaps: curves.parts.flatMap(({ isAfterGap }, part) => (isAfterGap ? [existing(offsets[part])] : [])),
    used: curveText(curves.used, offsets),
    swap: curveText(curves.swap, offsets),
    processes: [],
    hidden: 0,
    kills: review.kills.slice(-MOST_KILLS).map(killOf),
    collections: collections.freeing.map(({ time, who, freed }) => ({
      time,
      freed,
      pid: who.pid,
      name: text(who.name),
    })),
  };
  const left = mostBytes - bytesOf(data);
  const rows = within(review.courses.slice(0, MOST_PROCESSES), left * TEXT_SHARE, (course) =>
    rowOf(course, collections),
  );
  const curveTexts = within(review.courses.slice(0, rows.items.length), left - rows.bytes, ({ who }) => {
    const curve = curves.curveOf(who);
    return curve === undefined ? null : curveText(curve, offsets);
  }).items;
  const processes = rows.items.map((row, index) => {
    const curve = curveTexts[index];
    return curve == null ? row : { ...row, curve };
  });
  return { ...data, processes, hidden: review.courses.length - processes.length };
}

/** What is made of the first items, as long as all of it has no more bytes than `most`. */
function within<Item, Made>(items: readonly Item[], most: number, make: (item: Item) => Made) {
  const made: Made[] = [];
  let bytes = 0;
  for (const item of items) {
    const next = make(item);
    // A comma, and the name of a field.
    const size = bytesOf(next) + 12;
    if (bytes + size > most) break;
    bytes += size;
    made.push(next);
  }
  return { items: made, bytes };
}

/** The index of the first moment of each sampled part: a part with one sample has one moment, others have two. */
function offsetsOf({ parts }: Curves): number[] {
  const offsets: number[] = [];
  let offset = 0;
  for (const { first, last } of parts) {
    offsets.push(offset);
    offset += first === last ? 1 : 2;
  }
  return [...offsets, offset];
}

function momentsOf({ parts }: Curves, from: number): number[] {
  return parts.flatMap(({ first, last }) => (first === last ? [first - from] : [first - from, last - from]));
}

function curveText({ start, pairs }: ThinCurve, offsets: readonly number[]): CurveText {
  const values: number[] = [];
  for (let at = 0; at < pairs.length; at += 2) {
    const part = start + at / 2;
    const hasTwo = existing(offsets[part + 1]) - existing(offsets[part]) === 2;
    values.push(...pairs.slice(hasTwo ? at : at + 1, at + 2).map(kibibytes));
  }
  return [offsets[start] ?? 0, encodeNumbers(values)];
}

/** KiB plus one; 0 for NaN. */
function kibibytes(value: number): number {
  return Number.isNaN(value) ? 0 : Math.round(value / 1024) + 1;
}

function rowOf(course: Course, collections: Collections): ReportedProcess {
  const { who, peak, last, growth, pattern, hasEnded } = course;
  const sum = collections.sumOf(who);
  return {
    ...{ pid: who.pid, name: text(who.name), command: text(who.command) },
    ...(who.user !== undefined && { user: text(who.user) }),
    ...{ peak: peak.rss, peakAt: peak.at, last: last.rss, lastAt: last.at },
    ...(hasEnded && { hasEnded }),
    ...(growth !== undefined && { growth: Math.round(growth) }),
    ...(pattern !== undefined && { pattern }),
    ...(sum !== undefined && { collections: [sum.count, Math.round(sum.time)] as const }),
  };
}

function killOf({ time, pid, name = 'unknown', rss, by, certainty, scope, cgroup }: Kill): ReportedKill {
  return {
    ...{ time, name: text(name), by, certainty },
    ...(pid !== undefined && { pid }),
    ...(rss !== undefined && { rss }),
    ...(scope === 'cgroup' && cgroup !== undefined && { cgroup: text(cgroup) }),
  };
}

/** What another process wrote, without characters that a reader does not see. */
function text(written: string): string {
  const cleaned = clean(written);
  if (cleaned.length <= MOST_CHARACTERS) return cleaned;
  // Not between the two halves of one character.
  return `${cleaned.slice(0, MOST_CHARACTERS - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

function bytesOf(value: unknown): number {
  return new TextEncoder().encode(inlineJson(value)).length;
}
