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

/** What to write for the milliseconds since the last reading of a process. */
type Spacing = (sinceLastRead: number) => number;

/** Encodes snapshot after snapshot of one machine. */
export class Encoder {
  #before: Snapshot | undefined;
  #processes: readonly Process[] = [];
  #system: JsonObject = {};

  /**
   * A whole snapshot, at which reading can begin: the document of `-o json` without what is derived from two snapshots
   * (rates, growth, forecasts), and with the counters from which memtop derives it. One line with its line feed.
   */
  whole(snapshot: Snapshot): string {
    this.#before = snapshot;
    this.#processes = inOrder(snapshot.processes);
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

  /**
   * What changed since the line before; for the first line, a whole snapshot. Empty lists are left out.
   *
   * @param spacing the milliseconds to write for those since the last reading of a process: more where snapshots were left out
   */
  next(snapshot: Snapshot, spacing?: Spacing): string {
    const before = this.#before;
    if (before === undefined) return this.whole(snapshot);
    const system = systemOf(snapshot.system);
    const document = {
      ...timesOf(snapshot),
      host: snapshot.host === before.host ? undefined : written(HOST, snapshot.host),
      ...this.#changesOf(snapshot.processes, spacing),
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

  /** Walks through both lists at once: they are in the order of pids, and most processes are the same objects. */
  #changesOf(processes: readonly Process[], spacing: Spacing | undefined): JsonObject {
    const before = this.#processes;
    const now = inOrder(processes);
    const changed: JsonObject[] = [];
    const born: JsonObject[] = [];
    const gone: JsonObject[] = [];
    let at = 0;
    for (const process of now) {
      let earlier = before[at];
      if (earlier === process) {
        at += 1;
        continue;
      }
      const { pid, startTime } = process.who;
      for (; earlier !== undefined && earlier.who.pid < pid; earlier = before[at]) {
        gone.push(goneOf(earlier));
        at += 1;
      }
      if (earlier?.who.pid === pid) at += 1;
      if (earlier?.who.pid === pid && earlier.who.startTime === startTime) {
        changed.push(...changesOf(earlier, process, spacing));
        continue;
      }
      if (earlier?.who.pid === pid) gone.push(goneOf(earlier));
      born.push(processOf(process));
    }
    for (const each of before.slice(at)) gone.push(goneOf(each));
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

/** The processes in the order of their pids, in which most samplers give them. */
function inOrder(processes: readonly Process[]): readonly Process[] {
  let last = Number.NEGATIVE_INFINITY;
  for (const { who } of processes) {
    if (who.pid <= last) return processes.toSorted((one, other) => one.who.pid - other.who.pid);
    last = who.pid;
  }
  return processes;
}

function goneOf({ who }: Process): JsonObject {
  return { pid: who.pid, startedAt: isoTime(who.startedAt) };
}

function processOf(process: Process): JsonObject {
  return { ...written(IDENTITY, process.who), ...written(MEASURES, process) };
}

/** Empty when the object is new but all its values are the same. */
function changesOf(before: Process, now: Process, spacing: Spacing | undefined): readonly JsonObject[] {
  const who = before.who === now.who ? undefined : difference(IDENTITY, before.who, now.who);
  const measures = difference(MEASURES, before, now);
  if (who === undefined && measures === undefined) return [];
  const spaced = spacing !== undefined && now.sinceLastRead !== undefined;
  const since = spaced ? { sinceLastRead: spacing(now.sinceLastRead) } : {};
  return [{ pid: now.who.pid, startedAt: isoTime(now.who.startedAt), ...who, ...measures, ...since }];
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
