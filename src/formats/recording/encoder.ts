// Encodes snapshots as lines: a whole snapshot first, then only what changed since the line before.
import type { MemoryGroup } from '../../model/snapshot/cgroup-memory.ts';
import type { Process, Snapshot, SystemMemory } from '../../model/snapshot/snapshot.ts';
import { escapeUnprintable } from '../../text/clean.ts';
import { SYSTEM_FIELDS } from '../system-fields.ts';
import { isoTime } from '../time.ts';
import { GROUP, gaps, HOST, kills, SYSTEM, tmpfs } from './machine-fields.ts';
import { IDENTITY, MEASURES } from './process-fields.ts';
import { RECORDING_VERSION } from './recording.ts';
import { difference, type JsonObject, written } from './shapes.ts';

/** Fields of `-o json` that other programs expect. memtop ignores them when it reads a recording. */
const FOR_READERS = SYSTEM_FIELDS.filter(({ isDerived }) => isDerived !== true);

/** Encodes snapshot after snapshot of one machine. */
export class Encoder {
  #before: Snapshot | undefined;
  #processes = new Map<number, Process>();
  #system: JsonObject = {};

  /**
   * A whole snapshot, at which reading can begin: the document of `-o json` without what is derived from two snapshots
   * (rates, growth, forecasts), and with the counters from which memtop derives it. One line with its line feed.
   */
  whole(snapshot: Snapshot): string {
    this.#before = snapshot;
    this.#processes = byPid(snapshot.processes);
    this.#system = systemOf(snapshot.system);
    return line({
      version: RECORDING_VERSION,
      ...timesOf(snapshot),
      host: written(HOST, snapshot.host),
      system: this.#system,
      processes: snapshot.processes.map(processOf),
      events: kills.write(snapshot.events ?? []),
      gaps: gaps.write(snapshot.gaps),
      groups: groupsOf(snapshot.groups),
      tmpfs: snapshot.tmpfs && tmpfs.write(snapshot.tmpfs),
      pastKills: snapshot.pastKills && kills.write(snapshot.pastKills),
    });
  }

  /** What changed since the line before; for the first line, a whole snapshot. Empty lists are left out. */
  next(snapshot: Snapshot): string {
    const before = this.#before;
    if (before === undefined) return this.whole(snapshot);
    const system = systemOf(snapshot.system);
    const document = {
      ...timesOf(snapshot),
      host: snapshot.host === before.host ? undefined : written(HOST, snapshot.host),
      ...this.#changesOf(snapshot.processes),
      system: differenceOf(this.#system, system),
      events: snapshot.events && kills.write(snapshot.events),
      gaps: isEqual(gaps.write(snapshot.gaps), gaps.write(before.gaps)) ? undefined : gaps.write(snapshot.gaps),
      groups: differenceOf(groupsOf(before.groups), groupsOf(snapshot.groups)),
      tmpfs: changeOf(before.tmpfs, snapshot.tmpfs, tmpfs.write),
      pastKills: changeOf(before.pastKills, snapshot.pastKills, kills.write),
    };
    this.#before = snapshot;
    this.#system = system;
    return line(document);
  }

  #changesOf(processes: readonly Process[]): JsonObject {
    const before = this.#processes;
    const now = byPid(processes);
    const changed: JsonObject[] = [];
    const born: JsonObject[] = [];
    const gone: JsonObject[] = [];
    for (const process of processes) {
      const earlier = before.get(process.who.pid);
      if (earlier === process) continue;
      if (earlier?.who.startTime === process.who.startTime) changed.push(...changesOf(earlier, process));
      else born.push(processOf(process));
    }
    for (const [pid, { who }] of before) {
      if (now.get(pid)?.who.startTime !== who.startTime) gone.push({ pid, startedAt: isoTime(who.startedAt) });
    }
    this.#processes = now;
    return { changed: some(changed), born: some(born), gone: some(gone) };
  }
}

function line(document: JsonObject): string {
  return `${escapeUnprintable(JSON.stringify(document))}\n`;
}

function timesOf({ time, monotonic, uptime }: Snapshot): JsonObject {
  return { time: isoTime(time), monotonic, uptime };
}

function byPid(processes: readonly Process[]): Map<number, Process> {
  return new Map(processes.map((process) => [process.who.pid, process]));
}

function processOf(process: Process): JsonObject {
  return { ...written(IDENTITY, process.who), ...written(MEASURES, process) };
}

/** Empty when the object is new but all its values are the same. */
function changesOf(before: Process, now: Process): readonly JsonObject[] {
  const who = before.who === now.who ? undefined : difference(IDENTITY, before.who, now.who);
  const measures = difference(MEASURES, before, now);
  if (who === undefined && measures === undefined) return [];
  return [{ pid: now.who.pid, startedAt: isoTime(now.who.startedAt), ...who, ...measures }];
}

function systemOf(system: SystemMemory): JsonObject {
  const forReaders = FOR_READERS.map(({ name, value }) => [name, value(system)]);
  return { ...Object.fromEntries(forReaders), ...written(SYSTEM, system) };
}

/** An object with the paths as names: of a list, all would be written when one changes. */
function groupsOf(groups: readonly MemoryGroup[] | undefined): JsonObject | undefined {
  if (groups === undefined) return undefined;
  return Object.fromEntries(groups.map((group) => [group.path, written(GROUP, group)]));
}

/** The fields that differ, null for one that is gone; null when the whole object is gone. Undefined when nothing differs. */
function differenceOf(before: JsonObject | undefined, now: JsonObject | undefined): JsonObject | null | undefined {
  if (now === undefined) return before === undefined ? undefined : null;
  if (before === undefined) return now;
  // The names may be paths of cgroups, such as `__proto__`.
  const earlier = new Map(Object.entries(before).filter(isKnown));
  const later = new Map(Object.entries(now).filter(isKnown));
  const added = [...later].filter(([name, value]) => !isEqual(earlier.get(name), value));
  const gone = [...earlier.keys()].filter((name) => !later.has(name));
  if (added.length + gone.length === 0) return undefined;
  return Object.fromEntries([...added, ...gone.map((name) => [name, null])]);
}

function isKnown([, value]: readonly [string, unknown]): boolean {
  return value !== undefined;
}

function changeOf<Value>(before: Value | undefined, now: Value | undefined, write: (value: Value) => unknown): unknown {
  if (now === before) return undefined;
  return now === undefined ? null : write(now);
}

function isEqual(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object') return false;
  return JSON.stringify(one) === JSON.stringify(other);
}

function some(values: readonly JsonObject[]): readonly JsonObject[] | undefined {
  return values.length === 0 ? undefined : values;
}
