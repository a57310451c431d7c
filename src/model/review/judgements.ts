// How the largest processes of a span grew, also those that ended: they are judged again and again while they run.
import type { Judgement } from '../growth/growth.ts';
import type { Timeline } from '../history/timeline.ts';
import type { Row } from '../rows/row.ts';
import { judgementOf } from '../rows/row-growth.ts';
import { hasExited } from '../snapshot/process-state.ts';
import type { Identity } from '../snapshot/snapshot.ts';

/** Milliseconds between two judgements: a rate holds for longer. */
const EVERY = 30_000;

/** A judgement that is older than this at the end of its process no longer holds. */
const HOLDS = 2 * EVERY;

/** The processes judged each time: those with the largest RSS. */
const MOST = 10;

interface Judged {
  readonly at: number;
  readonly judgement: Judgement;
}

/** Takes the rows of samples in order. */
export class Judgements {
  readonly #judged = new Map<string, Judged>();
  #at = Number.NEGATIVE_INFINITY;

  /** `time` is milliseconds since the epoch. */
  take(time: number, rows: readonly Row[], timeline: Timeline): void {
    if (Math.abs(time - this.#at) < EVERY) return;
    this.#at = time;
    for (const row of largest(rows)) {
      const judgement = judgementOf(row, timeline);
      const { pid, startTime } = row.process.who;
      if (judgement !== undefined) this.#judged.set(`${pid} ${startTime}`, { at: time, judgement });
    }
  }

  /** The judgement shortly before the end of a process; undefined for one that was small or short-lived. */
  of({ who, last }: { readonly who: Identity; readonly last: { readonly at: number } }): Judgement | undefined {
    const judged = this.#judged.get(`${who.pid} ${who.startTime}`);
    return judged !== undefined && last.at - judged.at <= HOLDS ? judged.judgement : undefined;
  }
}

function largest(rows: readonly Row[]): readonly Row[] {
  const running = rows.filter(({ process }) => !hasExited(process.state));
  return running.sort((one, other) => other.process.rss - one.process.rss).slice(0, MOST);
}
