// Makes snapshots of the lines of a recording. Its text is hostile: a line is taken whole or not at all.
import type { MemoryGroup } from '../../model/snapshot/cgroup-memory.ts';
import type { Process, Snapshot, SystemMemory } from '../../model/snapshot/snapshot.ts';
import { GROUP, gaps, HOST, kills, SYSTEM, tmpfs } from './machine-fields.ts';
import { printedProcess, printedSystem } from './printed.ts';
import { IDENTITY, MEASURES } from './process-fields.ts';
import { RECORDING_VERSION, RecordingError } from './recording.ts';
import { changed, finite, isObject, type JsonObject, moment, readObject } from './shapes.ts';

/** Decodes line after line. What did not change is the same object in all snapshots. */
export class Decoder {
  #before: Snapshot | undefined;
  /** In the order of pids. */
  #processes: readonly Process[] = [];
  #groups: ReadonlyMap<string, MemoryGroup> | undefined;
  #system: JsonObject = {};

  /**
   * The snapshot that a line stands for. Lines of `memtop -o ndjson`, each of which is whole, are lines of a recording too.
   * @throws RecordingError when it is not a line of a recording, is of another version, or does not follow from the lines
   *   before it; the lines up to the next whole snapshot are then refused, too: they say what changed since then.
   */
  decode(line: string): Snapshot {
    const before = this.#before;
    this.#before = undefined;
    const json = parsed(line);
    const snapshot = json['processes'] === undefined ? this.#changes(json, before) : this.#whole(json, before);
    this.#before = snapshot;
    return snapshot;
  }

  #whole(json: JsonObject, before: Snapshot | undefined): Snapshot {
    checkVersion(json['version']);
    const host = readObject(HOST, json['host']);
    const system = isObject(json['system']) ? json['system'] : undefined;
    const all = json['processes'];
    if (host === undefined || system === undefined || !Array.isArray(all))
      throw new RecordingError('no whole snapshot');
    const times = timesOf(json, undefined);
    const isPrinted = json['monotonic'] === undefined;
    const earlier = new Map(isPrinted ? this.#processes.map((process) => [process.who.pid, process]) : []);
    const elapsed = times.monotonic - (before?.monotonic ?? times.monotonic);
    const processes = all.map((each) => {
      const json = isPrinted && isObject(each) ? printedProcess(each, earlier, elapsed) : each;
      return processOf(json);
    });
    const groups = groupsAfter(undefined, json['groups']);
    this.#processes = sorted(new Map(processes.map((process) => [process.who.pid, process])));
    this.#groups = groups;
    this.#system = isPrinted ? printedSystem(system) : system;
    return {
      ...times,
      host,
      system: systemOf(this.#system),
      processes: this.#processes,
      gaps: gaps.read(json['gaps']) ?? [],
      ...optional('events', someOf(kills.read(json['events']))),
      ...optional('groups', groups && [...groups.values()]),
      ...optional('tmpfs', tmpfs.read(json['tmpfs'])),
      ...optional('pastKills', kills.read(json['pastKills'])),
    };
  }

  #changes(json: JsonObject, before: Snapshot | undefined): Snapshot {
    if (before === undefined) throw new RecordingError('changes of nothing');
    const { time, monotonic, uptime } = timesOf(json, before);
    const host = json['host'] === undefined ? before.host : readObject(HOST, json['host']);
    if (host === undefined) throw new RecordingError('no host');
    const processes = processesAfter(this.#processes, json);
    const groups = groupsAfter(this.#groups, json['groups']);
    if (isObject(json['system'])) this.#system = merged(this.#system, json['system']);
    this.#processes = processes;
    const { events: _, uptime: __, groups: groupsBefore, tmpfs: tmpfsBefore, pastKills, ...rest } = before;
    const groupList = groups === this.#groups ? groupsBefore : groups && [...groups.values()];
    this.#groups = groups;
    return {
      ...rest,
      time,
      monotonic,
      ...optional('uptime', uptime),
      host,
      system: json['system'] === undefined ? before.system : systemOf(this.#system),
      processes,
      gaps: json['gaps'] === undefined ? before.gaps : (gaps.read(json['gaps']) ?? []),
      ...optional('events', someOf(kills.read(json['events']))),
      ...optional('groups', groupList),
      ...optional('tmpfs', listAfter(tmpfsBefore, json['tmpfs'], tmpfs.read)),
      ...optional('pastKills', listAfter(pastKills, json['pastKills'], kills.read)),
    };
  }
}

function parsed(line: string): JsonObject {
  try {
    const json: unknown = JSON.parse(line);
    if (isObject(json)) return json;
  } catch {
    // Not JSON: refused like JSON that is not an object.
  }
  throw new RecordingError('no line of a recording');
}

/** @throws RecordingError for any but the versions this memtop reads. */
function checkVersion(version: unknown): void {
  if (version === RECORDING_VERSION) return;
  if (typeof version !== 'number') throw new RecordingError('no version');
  throw new RecordingError('another version', version > RECORDING_VERSION);
}

/** A printed stream has no monotonic clock; that of the wall stands for it, as long as it does not go back. */
function timesOf(json: JsonObject, before: Snapshot | undefined): Pick<Snapshot, 'time' | 'monotonic' | 'uptime'> {
  const time = moment.read(json['time']);
  if (time === undefined) throw new RecordingError('no time');
  const monotonic = json['monotonic'] === undefined ? time : finite.read(json['monotonic']);
  if (monotonic === undefined || monotonic < (before?.monotonic ?? monotonic)) throw new RecordingError('no clock');
  return { time, monotonic, ...optional('uptime', finite.read(json['uptime'])) };
}

function processOf(json: unknown): Process {
  const who = readObject(IDENTITY, json);
  const measures = readObject(MEASURES, json);
  if (who === undefined || measures === undefined) throw new RecordingError('no process');
  return { who, ...measures };
}

/** The same list where no process changed. */
function processesAfter(before: readonly Process[], json: JsonObject): readonly Process[] {
  const [gone, altered, born] = ['gone', 'changed', 'born'].map((name) => objectsOf(json[name]));
  if (gone === undefined || altered === undefined || born === undefined) throw new RecordingError('no list');
  if (gone.length + altered.length + born.length === 0) return before;
  const lasting = gone.length === 0 ? before.slice() : without(before, gone);
  for (const each of altered) {
    const at = indexOf(lasting, pidIn(each['pid']));
    const earlier = lasting[at];
    const who = earlier && changed(IDENTITY, earlier.who, each);
    const measures = earlier && changed(MEASURES, earlier, each);
    if (who === undefined || measures === undefined || who.pid !== earlier?.who.pid)
      throw new RecordingError('a change of no process');
    lasting[at] = who === earlier.who ? (measures as Process) : { ...measures, who };
  }
  return born.length === 0 ? lasting : withBorn(lasting, born);
}

function without(before: readonly Process[], gone: readonly JsonObject[]): Process[] {
  const pids = new Set(gone.map(({ pid }) => pidIn(pid)));
  const lasting = before.filter(({ who }) => !pids.has(who.pid));
  if (before.length - lasting.length !== gone.length) {
    throw new RecordingError('a process that was not there is gone');
  }
  return lasting;
}

function withBorn(lasting: readonly Process[], born: readonly JsonObject[]): readonly Process[] {
  const processes = new Map(lasting.map((process) => [process.who.pid, process]));
  for (const each of born) {
    const process = processOf(each);
    if (processes.has(process.who.pid)) throw new RecordingError('a process that is there already begins');
    processes.set(process.who.pid, process);
  }
  return sorted(processes);
}

/** The place of a pid in a list in the order of pids; -1 where it is not in it. */
function indexOf(processes: readonly Process[], pid: number): number {
  let [low, high] = [0, processes.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((processes[middle]?.who.pid ?? pid) < pid) low = middle + 1;
    else high = middle;
  }
  return processes[low]?.who.pid === pid ? low : -1;
}

/** -1, which no process has, for anything but a number. */
function pidIn(json: unknown): number {
  return finite.read(json) ?? -1;
}

/** The objects of a list; an absent list is empty. Undefined when the JSON is not a list of objects. */
function objectsOf(json: unknown): readonly JsonObject[] | undefined {
  if (json === undefined) return [];
  return Array.isArray(json) && json.every(isObject) ? json : undefined;
}

function sorted(processes: ReadonlyMap<number, Process>): readonly Process[] {
  return [...processes.values()].sort((one, other) => one.who.pid - other.who.pid);
}

function systemOf(json: JsonObject): SystemMemory {
  return readObject(SYSTEM, json) ?? {};
}

/** The same map where no cgroup changed. */
function groupsAfter(before: ReadonlyMap<string, MemoryGroup> | undefined, json: unknown) {
  if (json === undefined) return before;
  if (json === null) return undefined;
  if (!isObject(json)) throw new RecordingError('no cgroups');
  const groups = new Map(before);
  for (const [path, each] of Object.entries(json)) {
    const group = readObject(GROUP, each);
    if (each === null) groups.delete(path);
    else if (group?.path === path) groups.set(path, group);
    else throw new RecordingError('no cgroup');
  }
  return groups;
}

function merged(before: JsonObject, changes: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries({ ...before, ...changes }).filter(([, value]) => value !== null));
}

function listAfter<Value>(before: Value | undefined, json: unknown, read: (json: unknown) => Value | undefined) {
  if (json === undefined) return before;
  return json === null ? undefined : read(json);
}

function someOf<Value>(values: readonly Value[] | undefined): readonly Value[] | undefined {
  return values?.length === 0 ? undefined : values;
}

function optional<Name extends string, Value>(name: Name, value: Value | undefined): { [Key in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { [Key in Name]: Value });
}
