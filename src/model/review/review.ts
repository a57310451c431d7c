// A recording at a glance: the machine's memory, its processes and its OOM kills over a span of time.
import { existing } from '../../numbers/existing.ts';
import { gaugeOf } from '../cgroup/gauge.ts';
import type { GrowthPattern, Judgement } from '../growth/growth.ts';
import type { Timeline } from '../history/timeline.ts';
import type { Row } from '../rows/row.ts';
import { judgementOf } from '../rows/row-growth.ts';
import type { Kill } from '../snapshot/oom-kill.ts';
import { hasExited } from '../snapshot/process-state.ts';
import type { Host, Identity, Snapshot } from '../snapshot/snapshot.ts';
import { Judgements } from './judgements.ts';
import { Steps } from './steps.ts';

/** The course of one process. Sizes are bytes, times milliseconds since the epoch. */
export interface Course {
  readonly who: Identity;
  readonly first: { readonly at: number; readonly rss: number };
  readonly last: { readonly at: number; readonly rss: number };
  readonly peak: { readonly at: number; readonly rss: number };
  /** True when it no longer existed in the last sample, or was a zombie. */
  readonly hasEnded: boolean;
  /** The largest RSS in each part of the span; NaN where it did not exist. */
  readonly parts: Float64Array;
  /** Bytes per second and pattern at its end, or that of the span; absent where unknown. */
  readonly growth?: number;
  readonly pattern?: GrowthPattern;
}

export interface Review {
  readonly from: number;
  readonly to: number;
  readonly samples: number;
  readonly host: Host;
  /** The machine's memory, or that of the limit in force. */
  readonly total: number | undefined;
  readonly lowest: { readonly at: number; readonly available: number } | undefined;
  /** The lowest available memory in each part of the span; NaN where unknown. */
  readonly available: Float64Array;
  /** The largest by peak first. */
  readonly courses: readonly Course[];
  readonly kills: readonly Kill[];
}

/** The most processes that have ended and are kept: those with the largest peaks. */
const MOST = 2000;

/** The parts of the span from the sample before up to a sample. */
interface Reached {
  readonly since: number;
  readonly part: number;
}

/** A course that is still being followed. */
interface Followed {
  who: Identity;
  readonly first: Course['first'];
  last: Course['last'];
  peak: Course['peak'];
  readonly parts: Float64Array;
}

/** Takes snapshots of a span and their rows in order. */
export class Reviewer {
  readonly #from: number;
  readonly #span: number;
  readonly #parts: number;
  readonly #courses = new Map<string, Followed>();
  readonly #available: Float64Array;
  readonly #kills: Kill[] = [];
  readonly #steps = new Steps();
  readonly #judgements = new Judgements();
  #samples = 0;
  #lowest: Review['lowest'];
  #total: number | undefined;
  #newest: { readonly snapshot: Snapshot; readonly rows: readonly Row[]; readonly timeline: Timeline } | undefined;

  /** @param parts how many values stand for the whole span */
  constructor(from: number, to: number, parts: number) {
    this.#from = from;
    this.#span = Math.max(1, to - from);
    this.#parts = parts;
    this.#available = new Float64Array(parts).fill(Number.NaN);
  }

  /** `kills` are those noticed since the snapshot before. */
  take(snapshot: Snapshot, rows: readonly Row[], kills: readonly Kill[], timeline: Timeline): void {
    this.#samples += 1;
    const { before } = this.#steps;
    const isAfterGap = this.#steps.isAfterGap(snapshot.time);
    this.#newest = { snapshot, rows, timeline };
    this.#kills.push(...kills);
    const part = this.#partAt(snapshot.time);
    // Where parts are shorter than the interval, a sample stands for those up to the next one.
    const since = before === undefined || isAfterGap ? part : Math.min(part, this.#partAt(before) + 1);
    this.#takeMachine(snapshot, { since, part });
    for (const { process } of rows) {
      // A kernel thread has no memory of its own.
      if (!hasExited(process.state) && process.rss > 0)
        this.#follow(process.who, process.rss, snapshot.time, { since, part });
    }
    this.#judgements.take(snapshot.time, rows, timeline);
    if (this.#courses.size > MOST * 2) this.#dropSmall(snapshot.time);
  }

  /** Undefined without a snapshot. */
  finish(): Review | undefined {
    if (this.#newest === undefined) return undefined;
    const { snapshot, rows, timeline } = this.#newest;
    const running = rows.filter(({ process }) => !hasExited(process.state));
    const present = new Map(running.map((row) => [keyOf(row.process.who), row]));
    const courses = [...this.#courses].map(([key, followed]) => {
      const row = present.get(key);
      const judgement = row === undefined ? this.#judgements.of(followed) : judgementOf(row, timeline);
      return courseOf(followed, row === undefined, judgement);
    });
    courses.sort((one, other) => other.peak.rss - one.peak.rss || one.who.pid - other.who.pid);
    return {
      from: this.#from,
      to: snapshot.time,
      samples: this.#samples,
      host: snapshot.host,
      total: this.#total,
      lowest: this.#lowest,
      available: this.#available,
      courses,
      kills: this.#kills,
    };
  }

  #partAt(time: number): number {
    const part = Math.floor(((time - this.#from) / this.#span) * this.#parts);
    return Math.max(0, Math.min(this.#parts - 1, part));
  }

  #takeMachine({ system, time }: Snapshot, { since, part }: Reached): void {
    const gauge = gaugeOf(system);
    if (gauge === undefined) return;
    const available = gauge.total - gauge.used;
    this.#total = gauge.total;
    for (let at = since; at <= part; at += 1) {
      if (!(existing(this.#available[at]) <= available)) this.#available[at] = available;
    }
    if (this.#lowest === undefined || available < this.#lowest.available) this.#lowest = { at: time, available };
  }

  #follow(who: Identity, rss: number, at: number, { since, part }: Reached): void {
    const key = keyOf(who);
    let course = this.#courses.get(key);
    const from = course === undefined ? part : since;
    if (course === undefined) {
      const parts = new Float64Array(this.#parts).fill(Number.NaN);
      course = { who, first: { at, rss }, last: { at, rss }, peak: { at, rss }, parts };
      this.#courses.set(key, course);
    }
    course.who = who;
    course.last = { at, rss };
    if (rss > course.peak.rss) course.peak = { at, rss };
    for (let each = from; each <= part; each += 1) {
      if (!(existing(course.parts[each]) >= rss)) course.parts[each] = rss;
    }
  }

  #dropSmall(now: number): void {
    const ended = [...this.#courses].filter(([, { last }]) => last.at < now);
    ended.sort(([, one], [, other]) => one.peak.rss - other.peak.rss);
    for (const [key] of ended.slice(0, Math.max(0, ended.length - MOST))) this.#courses.delete(key);
  }
}

function keyOf({ pid, startTime }: Identity): string {
  return `${pid} ${startTime}`;
}

function courseOf(followed: Followed, hasEnded: boolean, judgement: Partial<Judgement> = {}): Course {
  const { growth, pattern } = judgement;
  return {
    ...followed,
    hasEnded,
    ...(growth !== undefined && { growth }),
    ...(pattern !== undefined && { pattern }),
  };
}
