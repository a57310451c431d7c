// The records of processes that were killed for memory, with their last curve and the largest other processes: kept while memtop runs.

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
  /** Its RSS until the kill, up to ten minutes, oldest first; NaN where nothing was sampled. Absent if memtop never saw it. */
  readonly curve?: readonly number[];
  /** Milliseconds that the curve covers. */
  readonly span?: number;
  /** The largest other processes just before, largest first. Absent for kills from before memtop started. */
  readonly others?: readonly Neighbour[];
}

/** Cells of a stored curve. */
const CURVE = 30;
/** How many of the largest other processes are stored. */
const OTHERS = 5;
/** Records kept, of each kind. */
const MOST = 100;
/** Milliseconds for which a daemon's log is read after an exit that looks like its kill. */
const DAEMON_LOG_TIMEOUT = 8000;
/** Ticks for which earlier rows are kept: a log may name a process some ticks after it exited. */
const FORMER = 8;

/** Takes every snapshot and its rows; costs nothing while no process exits. */
export class Obituaries {
  /** Newest first. */
  list: readonly Obituary[] = [];
  #time = 0;
  readonly #suspicion = new Suspicion();
  /** The rows of the last ticks, newest first: the tracker's own arrays. */
  #former: (readonly Row[])[] = [];

  /** Whether the last exit looked like a daemon's kill, so that its log should be read. */
  get suspectsDaemon(): boolean {
    const kill = this.list[0]?.kill;
    return kill?.certainty === 'probable' && kill.by !== 'v8' && this.#time - kill.time < DAEMON_LOG_TIMEOUT;
  }

  /** Kills since the previous snapshot: those that the sampler found, and those that are likely from the signs. */
  advance(snapshot: Snapshot, rows: readonly Row[], timeline: Timeline): readonly Kill[] {
    this.#time = snapshot.time;
    const reported = snapshot.events ?? [];
    const suspected = this.#suspicion.advance(snapshot, rows, reported);
    const kills = suspected.length === 0 ? reported : [...reported, ...suspected];
    for (const kill of kills) this.#add(kill, timeline);
    this.#former = [rows, ...this.#former.slice(0, FORMER - 1)];
    return kills;
  }

  #add(kill: Kill, timeline: Timeline): void {
    const row = this.#find(kill);
    const full = withIdentity(kill, row);
    const curve = row?.rss.cells(timeline, CURVE);
    const others = this.#othersThan(kill);
    // A probable record is replaced by a known one.
    const retained = this.list.filter(
      ({ kill: other }) =>
        other.certainty === 'certain' || (other.pid !== kill.pid && !(kill.pid === undefined && other.by === kill.by)),
    );
    const obituary = { kill: full, ...(curve === undefined ? {} : { curve, span: timeline.covered(CURVE) }), others };
    this.list = [obituary, ...retained].slice(0, MOST);
  }

  /** The last row of the killed process. A PID alone is not enough: the kernel logs PIDs of the whole machine. */
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

/** Old kernels do not log the user. */
function withIdentity(kill: Kill, row: Row | undefined): Kill {
  const user = row?.process.who.user;
  return kill.user !== undefined || user === undefined ? kill : { ...kill, user };
}
