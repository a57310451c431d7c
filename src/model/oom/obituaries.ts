// The processes that were killed for memory, with their last curve and what else was large: kept as long as memtop runs.

import type { Timeline } from '../history/timeline.ts';
import type { Row } from '../rows/row.ts';
import type { Kill } from '../snapshot/oom-kill.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { Suspicion } from './suspicion.ts';

/** A process that was large when another was killed. */
export interface Neighbour {
  readonly pid: number;
  readonly name: string;
  readonly rss: number;
}

export interface Obituary {
  readonly kill: Kill;
  /** Its RSS until the end, up to ten minutes, oldest first; NaN where nothing was sampled. Absent when never seen. */
  readonly curve?: readonly number[];
  /** Milliseconds that the curve covers. */
  readonly span?: number;
  /** The largest others just before, largest first. Absent for kills from before memtop watched. */
  readonly others?: readonly Neighbour[];
}

/** Cells of a curve that is kept. */
const CURVE = 30;
/** The largest others that are kept. */
const OTHERS = 5;
/** Obituaries kept, of each kind. */
const MOST = 100;
/** Milliseconds for which a daemon's log is asked after a death that looks like its work. */
const ASKED_FOR = 8000;
/** Ticks for which the rows of the history are kept: a log may name a process some ticks after it has gone. */
const FORMER = 8;

/** Takes every snapshot and its rows; costs nothing while no process exits. */
export class Obituaries {
  /** Newest first. */
  list: readonly Obituary[] = [];
  #time = 0;
  readonly #suspicion = new Suspicion();
  /** The rows of the last ticks, newest first: arrays that the tracker made anyway. */
  #former: (readonly Row[])[] = [];

  /** Whether the last death looked like a daemon's work, so that its log should be read. */
  get suspectsDaemon(): boolean {
    const kill = this.list[0]?.kill;
    return kill?.certainty === 'probable' && kill.by !== 'v8' && this.#time - kill.time < ASKED_FOR;
  }

  /** What happened since the snapshot before: what the sampler noticed, and what the signs say. */
  advance(snapshot: Snapshot, rows: readonly Row[], timeline: Timeline): readonly Kill[] {
    this.#time = snapshot.time;
    const told = snapshot.events ?? [];
    const suspected = this.#suspicion.advance(snapshot, rows, told);
    const kills = suspected.length === 0 ? told : [...told, ...suspected];
    for (const kill of kills) this.#add(kill, timeline);
    this.#former = [rows, ...this.#former.slice(0, FORMER - 1)];
    return kills;
  }

  #add(kill: Kill, timeline: Timeline): void {
    const row = this.#find(kill);
    const full = withIdentity(kill, row);
    const curve = row?.rss.cells(timeline, CURVE);
    const others = this.#othersThan(kill);
    // What was only probable gives way to what is known.
    const kept = this.list.filter(
      ({ kill: other }) =>
        other.certainty === 'certain' || (other.pid !== kill.pid && !(kill.pid === undefined && other.by === kill.by)),
    );
    const obituary = { kill: full, ...(curve === undefined ? {} : { curve, span: timeline.covered(CURVE) }), others };
    this.list = [obituary, ...kept].slice(0, MOST);
  }

  /** The row of the killed, as it was last seen. A pid alone is not enough: kernels count those of the whole machine. */
  #find({ pid, name }: Kill): Row | undefined {
    if (pid === undefined) return undefined;
    for (const rows of this.#former) {
      const row = rows.find(({ process: { who } }) => who.pid === pid && (name === undefined || who.name === name));
      if (row !== undefined) return row;
    }
    return undefined;
  }

  #othersThan({ pid }: Kill): Neighbour[] {
    const rows = [...(this.#former[0] ?? [])].filter(({ process }) => process.who.pid !== pid && process.rss > 0);
    return rows
      .sort((one, other) => other.process.rss - one.process.rss)
      .slice(0, OTHERS)
      .map(({ process: { who, rss } }) => ({ pid: who.pid, name: who.name, rss }));
  }
}

/** Old kernels do not tell the user. */
function withIdentity(kill: Kill, row: Row | undefined): Kill {
  const user = row?.process.who.user;
  return kill.user !== undefined || user === undefined ? kill : { ...kill, user };
}
