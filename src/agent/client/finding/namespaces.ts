// Which processes live in namespaces other than our own, so that root finds agents in containers (namespaces(7)).
import { uptime } from 'node:os';
import { parseNamespacePids } from '../../../sampling/linux/proc/status.ts';
import type { Processes } from './processes.ts';

/** Maximum number of network namespaces searched. */
const MOST_NAMESPACES = 1024;

/** Processes checked between two yields. */
const SEEN_AT_ONCE = 64;

/** Milliseconds after which a process counts as settled: a container process still changes its namespaces before exec. */
const SETTLED = 10_000;

/** Clock ticks a second, as /proc counts them for programs (USER_HZ of time(7)). */
const TICKS = 100;

interface Place {
  /** On the monotonic clock; for a process that was there before memtop, when it started. */
  readonly firstSeen: number;
  /** The target of the link /proc/PID/ns/net. */
  readonly net: string | undefined;
  /** Its PID in its own namespace, if that is not ours; a PID namespace never changes. */
  readonly innerPid: number | undefined;
}

interface OwnNamespaces {
  readonly net: string | undefined;
  readonly pid: string | undefined;
  readonly mnt: string | undefined;
}

export class Namespaces {
  readonly #processes: Processes;
  readonly #own: OwnNamespaces;
  #places = new Map<number, Place>();
  #byInnerPid = new Map<number, number[]>();

  constructor(processes: Processes) {
    this.#processes = processes;
    this.#own = {
      net: processes.link('self', 'ns/net'),
      pid: processes.link('self', 'ns/pid'),
      mnt: processes.link('self', 'ns/mnt'),
    };
  }

  /**
   * Returns one process of each network namespace, memtop first. For root. Yields to the
   * caller after every few processes.
   */
  *viewpoints(): Generator<undefined, (number | 'self')[], void> {
    yield* this.#follow();
    const chosen = new Map<string, number>();
    for (const [pid, { net }] of this.#places) {
      if (net !== undefined && net !== this.#own.net && chosen.size < MOST_NAMESPACES) chosen.set(net, pid);
    }
    return ['self', ...chosen.values()];
  }

  /** The processes with this PID in their own namespace: first that of our namespace, then those of others. */
  pidsCalled(innerPid: number): number[] {
    const others = this.#byInnerPid.get(innerPid) ?? [];
    return [innerPid, ...others.filter((pid) => pid !== innerPid)];
  }

  /** Whether a path means the same to a process as to us; assumed where that cannot be checked. */
  sharesMounts(pid: number): boolean {
    const mounts = this.#processes.link(pid, 'ns/mnt');
    return mounts === undefined || mounts === this.#own.mnt;
  }

  /** Reads new processes; forgets those that have exited. */
  *#follow(): Generator<undefined, void, void> {
    const now = performance.now();
    const running = uptime();
    const places = new Map<number, Place>();
    const byInnerPid = new Map<number, number[]>();
    let seen = 0;
    for (const pid of this.#processes.pids()) {
      seen += 1;
      if (seen % SEEN_AT_ONCE === 0) yield;
      const known = this.#places.get(pid);
      const place =
        known !== undefined && now - known.firstSeen > SETTLED
          ? known
          : this.#inspect(pid, known?.firstSeen ?? now - this.#ageOf(pid, running));
      places.set(pid, place);
      if (place.innerPid === undefined) continue;
      const called = byInnerPid.get(place.innerPid);
      if (called === undefined) byInnerPid.set(place.innerPid, [pid]);
      else called.push(pid);
    }
    this.#byInnerPid = byInnerPid;
    this.#places = places;
  }

  /** Milliseconds since it started, the machine having run for `running` seconds; 0 where that is unknown. */
  #ageOf(pid: number, running: number): number {
    const startTime = this.#processes.startTime(pid);
    return startTime === undefined ? 0 : Math.max(0, (running - startTime / TICKS) * 1000);
  }

  #inspect(pid: number, firstSeen: number): Place {
    const net = this.#processes.link(pid, 'ns/net');
    const inner = this.#processes.link(pid, 'ns/pid');
    if (inner === undefined || inner === this.#own.pid) return { firstSeen, net, innerPid: undefined };
    return { firstSeen, net, innerPid: parseNamespacePids(this.#processes.status(pid) ?? '').at(-1) };
  }
}
