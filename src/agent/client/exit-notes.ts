// What agents noted of the programs of one run when they exited: hostile until checked, as everything that a program wrote.
import { closeSync, constants, fstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { isSize } from '../../model/collection/diagnosis.ts';
import type { KindOfCollections, RunNotes } from '../../model/run/run.ts';
import { clean } from '../../text/clean.ts';
import type { CollectResult } from '../protocol/collect.ts';
import { conclusionOf } from './conclusion.ts';
import type { Memory } from './memory.ts';
import { checkCollect } from './replies.ts';

/** Files that are read: a run of more instrumented processes is summed up in part. */
const MOST_NOTES = 10_000;
/** Bytes of one note; real ones have some thousands. */
const LONGEST_NOTE = 64 * 1024;
/** Kinds of collections; runtimes have four. */
const MOST_KINDS = 8;
const NAME = /^([1-9]\d{0,9})\.json$/;

/** A name of a note, for its removal. */
export function isNoteName(name: string): boolean {
  return NAME.test(name);
}

/** The notes of a run. @param main the pid of its main process */
export function readExitNotes(folder: string, main: number | undefined): RunNotes {
  const collections: Record<string, KindOfCollections> = {};
  let counted = false;
  let ofMain: Note | undefined;
  for (const { pid, note } of notesIn(folder)) {
    if (note.gc !== undefined) {
      counted = true;
      for (const [kind, tally] of Object.entries(note.gc)) collections[kind] = together(collections[kind], tally);
    }
    if (pid === main) ofMain = note;
  }
  const lastCollect = ofMain && main !== undefined ? lastCollectOf(ofMain, main) : undefined;
  const { peak, rss } = ofMain?.memory ?? {};
  return {
    ...(counted && { collections }),
    ...(lastCollect && { lastCollect }),
    ...(peak !== undefined && { peak }),
    ...(rss !== undefined && { resting: rss }),
  };
}

interface Note {
  readonly runtime: 'node' | 'python';
  readonly memory?: Memory;
  readonly gc?: Readonly<Record<string, KindOfCollections>>;
  readonly collect?: CollectResult;
  readonly memoryAfter?: Memory;
}

function* notesIn(folder: string): Generator<{ readonly pid: number; readonly note: Note }> {
  let names: string[] = [];
  try {
    names = readdirSync(folder).slice(0, MOST_NOTES);
  } catch {
    return;
  }
  for (const name of names) {
    const pid = Number(NAME.exec(name)?.[1]);
    const note = Number.isNaN(pid) ? undefined : checkNote(contentOf(`${folder}/${name}`));
    if (note !== undefined) yield { pid, note };
  }
}

/** The value of a JSON file; undefined for what is not a plain file, is too long, or is not JSON. */
function contentOf(path: string): unknown {
  const { O_NOFOLLOW = 0, O_NONBLOCK = 0, O_RDONLY } = constants;
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    const { size } = fstatSync(descriptor);
    if (!fstatSync(descriptor).isFile() || size > LONGEST_NOTE) return undefined;
    const bytes = Buffer.alloc(size);
    return JSON.parse(bytes.toString('utf8', 0, readSync(descriptor, bytes, 0, size, 0)));
  } catch {
    return undefined;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

function checkNote(value: unknown): Note | undefined {
  if (!isRecord(value)) return undefined;
  const { runtime } = value;
  if (runtime !== 'node' && runtime !== 'python') return undefined;
  const [memory, memoryAfter] = [memoryFrom(value['memory']), memoryFrom(value['memoryAfter'])];
  const gc = kindsFrom(value['gc']);
  const collect = value['collect'] === undefined ? undefined : checkCollect(value['collect']);
  return {
    runtime,
    ...(memory && { memory }),
    ...(memoryAfter && { memoryAfter }),
    ...(gc && { gc }),
    ...(collect && 'value' in collect && { collect: collect.value }),
  };
}

function memoryFrom(value: unknown): Memory | undefined {
  if (!isRecord(value)) return undefined;
  const { rss, anonymous, peak } = value;
  if (!isNumber(rss)) return undefined;
  return { rss, ...(isNumber(anonymous) && { anonymous }), ...(isNumber(peak) && { peak }) };
}

function kindsFrom(value: unknown): Record<string, KindOfCollections> | undefined {
  if (!isRecord(value)) return undefined;
  const kinds = Object.entries(value).slice(0, MOST_KINDS);
  return Object.fromEntries(
    kinds.flatMap(([kind, tally]): [string, KindOfCollections][] => {
      if (!isRecord(tally)) return [];
      const { count, ms, maxMs } = tally;
      if (!isNumber(count)) return [];
      return [[clean(kind.slice(0, 32)), { count, ...(isNumber(ms) && { ms }), ...(isNumber(maxMs) && { maxMs }) }]];
    }),
  );
}

function together(one: KindOfCollections | undefined, other: KindOfCollections): KindOfCollections {
  if (one === undefined) return other;
  const [ms, maxMs] = [one.ms ?? other.ms, one.maxMs ?? other.maxMs];
  return {
    count: one.count + other.count,
    ...(ms !== undefined && { ms: (one.ms ?? 0) + (other.ms ?? 0) }),
    ...(maxMs !== undefined && { maxMs: Math.max(one.maxMs ?? 0, other.maxMs ?? 0) }),
  };
}

function lastCollectOf({ runtime, collect, memory, memoryAfter }: Note, pid: number): RunNotes['lastCollect'] {
  if (collect === undefined) return undefined;
  const around = { pid, runtime, heapBefore: collect.before, memoryBefore: memory, memoryAfter };
  const points = [memory, memoryAfter].flatMap((each, index) =>
    each === undefined ? [] : [{ ms: index === 0 ? 0 : Math.round(collect.ms), ...each }],
  );
  return conclusionOf(collect, { ...around, curve: points });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && isSize(value);
}
