// Likely causes of deaths that no log explains: a heap at its limit, a daemon that kills early.
// A process that vanished without such signs just exited, and is not reported.

import { existing } from '../../numbers/existing.ts';
import type { Row } from '../rows/row.ts';
import type { Kill } from '../snapshot/oom-kill.ts';
import type { Process, Snapshot, SystemMemory } from '../snapshot/snapshot.ts';

/** A V8 heap that used this fraction of its limit at its last reading was about to run out. */
const FULL_HEAP = 0.9;
/** Neither daemon acts while more than this fraction of memory or swap is left (earlyoom(1), oomd.conf(5)). */
const SHORT = 0.1;
const DAEMONS: ReadonlyMap<string, Kill['by']> = new Map([
  ['earlyoom', 'earlyoom'],
  ['systemd-oomd', 'systemd-oomd'],
]);

interface Suspect {
  readonly process: Process;
  /** The message if it exits. */
  readonly cause: Pick<Kill, 'by' | 'scope' | 'limit'>;
}

/** Remembers from one snapshot to the next the processes whose exit would be suspicious. */
export class Suspicion {
  #suspects: readonly Suspect[] = [];

  /** The likely kills, without those that a log reports. */
  advance(snapshot: Snapshot, rows: readonly Row[], reported: readonly Kill[]): Kill[] {
    const before = this.#suspects;
    this.#suspects = suspectsAmong(rows, snapshot);
    if (before.length === 0) return [];
    const there = new Map(rows.map(({ process: { who } }) => [who.pid, who.startTime]));
    return before
      .filter(({ process: { who } }) => there.get(who.pid) !== who.startTime)
      .filter(
        ({ process: { who } }) => !reported.some(({ pid, name }) => pid === who.pid || (pid === undefined && !name)),
      )
      .map(({ process, cause }) => ({
        type: 'oom-kill',
        time: snapshot.time,
        pid: process.who.pid,
        name: process.who.name,
        ...(process.who.user === undefined ? {} : { user: process.who.user }),
        rss: process.rss,
        ...cause,
        certainty: 'probable',
        source: 'signs',
        verified: true,
      }));
  }
}

function suspectsAmong(rows: readonly Row[], { system, observer }: Snapshot): Suspect[] {
  const suspects: Suspect[] = [];
  for (let place = 0; place < rows.length; place += 1) {
    const { process } = existing(rows[place]);
    const { heap } = process;
    if (heap?.runtime !== 'node' || heap.used === undefined || heap.limit === undefined) continue;
    if (heap.used >= heap.limit * FULL_HEAP)
      suspects.push({ process, cause: { by: 'v8', scope: 'heap', limit: heap.limit } });
  }
  const victim = isShort(system) ? nextVictim(rows, observer?.pid) : undefined;
  if (victim !== undefined && !suspects.some(({ process }) => process === victim.process)) suspects.push(victim);
  return suspects;
}

/** The daemons act when memory and swap are both short. */
function isShort({ total, available, swapTotal, swapFree }: SystemMemory): boolean {
  if (total === undefined || available === undefined || available > total * SHORT) return false;
  return !swapTotal || (swapFree !== undefined && swapFree <= swapTotal * SHORT);
}

/** While one of the daemons runs: the largest process, which is the one that they kill. */
function nextVictim(rows: readonly Row[], self: number | undefined): Suspect | undefined {
  const by = rows.map(({ process: { who } }) => DAEMONS.get(who.name)).find((daemon) => daemon !== undefined);
  if (by === undefined) return undefined;
  let largest: Process | undefined;
  for (const { process } of rows) {
    if (process.who.pid === self || process.who.kernel || process.rss <= (largest?.rss ?? 0)) continue;
    largest = process;
  }
  return largest === undefined ? undefined : { process: largest, cause: { by, scope: 'machine' } };
}
