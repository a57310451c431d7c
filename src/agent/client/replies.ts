// Checks what an agent reports: the right fields, possible numbers, displayable texts.
import { isSize } from '../../model/collection/diagnosis.ts';
import type { Heap } from '../../model/snapshot/heap.ts';
import {
  type CollectResult,
  type CollectStep,
  type GcTally,
  type HeapSnapshotResult,
  type HeapSpace,
  type HelloResult,
  LEVELS,
  PROTOCOL,
  type Stats,
} from '../protocol/protocol.ts';
import { isRecord, shown } from './message.ts';

/** What was reported, or as text why it was rejected: the text follows "Answer rejected:". */
export type CheckedReply<Value> = { readonly value: Value } | { readonly fault: string };

type Fields = Readonly<Record<string, unknown>>;

/** Entries read of any list or table in a reply. */
const MOST_ENTRIES = 64;

export function checkHello(value: unknown): CheckedReply<HelloResult> {
  if (!isRecord(value)) return { fault: 'hello is not an object' };
  if (value['protocol'] !== PROTOCOL) {
    return { fault: `it speaks version ${shown(String(value['protocol']), 20)} of the protocol, not ${PROTOCOL}` };
  }
  const { runtime, pid, ppid, start } = value;
  if (runtime !== 'node' && runtime !== 'python') return { fault: 'it reports an unknown runtime' };
  if (!isCount(pid)) return { fault: 'it does not report its PID' };
  if (start !== undefined && !isCount(start)) return { fault: 'its start time is not a number' };
  return {
    value: {
      protocol: PROTOCOL,
      agent: shown(value['agent'], 32),
      runtime,
      version: shown(value['version'], 32),
      pid,
      ppid: isCount(ppid) ? ppid : 0,
      ...(start !== undefined && { start }),
      title: shown(value['title'], 256),
      capabilities: list(value['capabilities']).map((name) => shown(name, 32)),
    },
  };
}

const SIZES = [
  'heapUsed',
  'heapTotal',
  'heapLimit',
  'external',
  'arrayBuffers',
  'traced',
  'tracedOverhead',
  'mallocUsed',
] as const;
const COUNTS = ['workers', 'uncollectable', 'gcObserved', 'sinceCollect', 'blocks'] as const;

/** `most` is the largest possible size: what the process has mapped. */
export function checkStats(value: unknown, most = Number.POSITIVE_INFINITY): CheckedReply<Stats> {
  if (!isRecord(value)) return { fault: 'stats is not an object' };
  const { rss } = value;
  if (!isPlausible(rss, most)) return { fault: 'its RSS is impossible' };
  const stats: Record<string, unknown> = { rss, uptime: isCount(value['uptime']) ? value['uptime'] : 0 };
  for (const name of [...SIZES, ...COUNTS]) {
    const reported = value[name];
    if (reported === undefined || reported === null) continue;
    // A heap limit may be larger than what is mapped.
    const bound = name === 'heapLimit' || COUNTS.includes(name as never) ? Number.POSITIVE_INFINITY : most;
    if (!isPlausible(reported, bound)) return { fault: `its ${name} is impossible` };
    stats[name] = reported;
  }
  const gc = checkTallies(value['gc']);
  if (gc !== undefined) stats['gc'] = gc;
  // Every field of Stats was checked above.
  return { value: stats as unknown as Stats };
}

export function checkCollect(value: unknown, most = Number.POSITIVE_INFINITY): CheckedReply<CollectResult> {
  if (!isRecord(value)) return { fault: 'the answer to collect is not an object' };
  const level = LEVELS.find((name) => name === value['level']);
  const { ms, rounds, unreachable } = value;
  if (level === undefined || !isCount(ms) || !isCount(rounds))
    return { fault: 'the answer to collect is not complete' };
  if (unreachable !== undefined && !isCount(unreachable))
    return { fault: 'its count of unreachable objects is impossible' };
  const before = checkStats(value['before'], most);
  if ('fault' in before) return before;
  const after = checkStats(value['after'], most);
  if ('fault' in after) return after;
  const steps: CollectStep[] = [];
  for (const step of list(value['steps'])) {
    const checked = checkStep(step, most);
    if (checked === undefined) return { fault: 'one of its steps is not valid' };
    steps.push(checked);
  }
  return {
    value: {
      level,
      ms,
      rounds,
      steps,
      before: before.value,
      after: after.value,
      ...(unreachable !== undefined && { unreachable }),
    },
  };
}

const SPACE_NUMBERS = ['size', 'used', 'available', 'physical', 'count'] as const;

export function checkSpaces(value: unknown): CheckedReply<readonly HeapSpace[]> {
  if (!Array.isArray(value)) return { fault: 'spaces is not a list' };
  const spaces: HeapSpace[] = [];
  for (const space of list(value)) {
    if (!isRecord(space)) return { fault: 'one of its spaces is not an object' };
    const numbers: { -readonly [Name in (typeof SPACE_NUMBERS)[number]]?: number } = {};
    for (const name of SPACE_NUMBERS) {
      const number = space[name];
      if (isCount(number)) numbers[name] = number;
    }
    spaces.push({ name: shown(space['name'], 64), ...numbers });
  }
  return { value: spaces };
}

/** The path is as the program sees it, cleaned, for display only. */
export function checkHeapSnapshot(value: unknown): CheckedReply<HeapSnapshotResult> {
  if (!isRecord(value)) return { fault: 'the answer to heapSnapshot is not an object' };
  const { bytes, ms } = value;
  const path = shown(value['path'], 4096);
  if (path === '' || !isCount(bytes) || !isCount(ms)) return { fault: 'the answer to heapSnapshot is not complete' };
  return { value: { path, bytes, ms } };
}

/** What a snapshot contains of an agent's figures. Python's heap is unknown: only traced memory is, if it is traced. */
export function heapOf(runtime: Heap['runtime'], stats: Stats): Heap {
  const { heapUsed: used = stats.traced, heapTotal: total, heapLimit: limit, external, blocks, gc } = stats;
  return {
    runtime,
    ...(used !== undefined && { used }),
    ...(total !== undefined && { total }),
    ...(limit !== undefined && { limit }),
    ...(external !== undefined && { external }),
    ...(blocks !== undefined && { blocks }),
    ...(gc !== undefined && { gc: totalsOf(Object.values(gc)) }),
  };
}

function totalsOf(tallies: readonly GcTally[]): { count: number; time: number } {
  return tallies.reduce((sum, { count, ms }) => ({ count: sum.count + count, time: sum.time + ms }), {
    count: 0,
    time: 0,
  });
}

function checkStep(step: unknown, most: number): CollectStep | undefined {
  if (!isRecord(step) || !isCount(step['ms']) || !isPlausible(step['rss'], most)) return undefined;
  const note = shown(step['note']);
  return {
    name: shown(step['name'], 32),
    ms: step['ms'],
    rss: step['rss'],
    ...(isCount(step['workers']) && { workers: step['workers'] }),
    ...(isPlausible(step['held'], most) && { held: step['held'] }),
    ...(isHeld(step, most) && { heldBefore: step['heldBefore'], heldAfter: step['heldAfter'] }),
    ...(note !== '' && { note }),
  };
}

/** Both sizes or none: one alone would make the difference wrong. */
function isHeld(step: Fields, most: number): step is { heldBefore: number; heldAfter: number } {
  return isPlausible(step['heldBefore'], most) && isPlausible(step['heldAfter'], most);
}

function checkTallies(value: unknown): Readonly<Record<string, GcTally>> | undefined {
  if (!isRecord(value)) return undefined;
  const tallies: [string, GcTally][] = [];
  for (const [kind, tally] of Object.entries(value).slice(0, MOST_ENTRIES)) {
    if (!isRecord(tally)) return undefined;
    const { count, ms, maxMs } = tally as Fields;
    if (!isCount(count) || !isCount(ms) || !isCount(maxMs)) return undefined;
    tallies.push([shown(kind, 32), { count, ms, maxMs }]);
  }
  return Object.fromEntries(tallies);
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value.slice(0, MOST_ENTRIES) : [];
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && isSize(value);
}

function isPlausible(value: unknown, most: number): value is number {
  return isCount(value) && value <= most;
}
