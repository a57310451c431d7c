// Combines the results of the main thread and its worker threads about what holds the program's memory.
import type { CallSite, GrowingContainer } from '../../../model/lines/holders.ts';
import { type GrowingContainersResult, LEAK_LINES, type SampleHeapResult } from '../../protocol/leak-lines.ts';
import type { WatchedWorkers } from '../workers/watch-channel.ts';

/** Notes of worker threads that are passed on. */
const MOST_NOTES = 2;

/** Containers of all threads. Those of worker threads are named after them, and counted together where they have the same name. */
export function allContainers(own: GrowingContainersResult, workers: WatchedWorkers): GrowingContainersResult {
  const answers = answersOf<GrowingContainersResult>(workers, ({ containers }) => Array.isArray(containers));
  const together = new Map<string, { entry: GrowingContainer; threads: number[] }>();
  for (const [thread, { containers }] of answers) {
    for (const entry of containers) {
      const key = entry.name === '' ? `${thread} ${together.size}` : `${entry.type} ${entry.name}`;
      const { entry: others, threads } = together.get(key) ?? {
        entry: { ...entry, entries: 0, grown: 0 },
        threads: [],
      };
      const sum = { entries: others.entries + entry.entries, grown: others.grown + entry.grown };
      together.set(key, { entry: { ...entry, ...sum }, threads: [...threads, thread] });
    }
  }
  const containers = [...own.containers, ...[...together.values()].map(inThreads)].sort((a, b) => b.grown - a.grown);
  const pauses = [own, ...answers.map(([, answer]) => answer)].map(({ pauseMs = 0 }) => pauseMs);
  return {
    ...own,
    containers: containers.slice(0, LEAK_LINES.entries),
    pauseMs: Math.max(...pauses),
    ...noteOf([own.note], workers),
  };
}

/** Functions of all threads: the same function is one line, whichever thread it ran in. */
export function allLines(own: SampleHeapResult, workers: WatchedWorkers): SampleHeapResult {
  const answers = answersOf<SampleHeapResult>(workers, ({ lines }) => Array.isArray(lines));
  const together = new Map<string, CallSite>();
  for (const line of [own, ...answers.map(([, answer]) => answer)].flatMap(({ lines }) => lines)) {
    const key = `${line.file}\n${line.function}\n${line.line}`;
    const other = together.get(key);
    if (other === undefined) together.set(key, line);
    else {
      const { stack } = other.bytes >= line.bytes ? other : line;
      together.set(key, { ...line, stack, bytes: other.bytes + line.bytes, count: other.count + line.count });
    }
  }
  const lines = [...together.values()].sort((a, b) => b.bytes - a.bytes).slice(0, LEAK_LINES.entries);
  const bytes = answers.reduce((sum, [, answer]) => sum + (answer.bytes ?? 0), own.bytes ?? 0);
  const notes = answers.flatMap(([thread, { note }]) => (note === undefined ? [] : [`Worker ${thread}: ${note}`]));
  return { ...own, lines, bytes, ...noteOf([own.note, ...notes.slice(0, MOST_NOTES)], workers) };
}

function answersOf<Result extends object>(
  workers: WatchedWorkers,
  isAnswer: (value: Result) => boolean,
): (readonly [number, Result])[] {
  return [...workers.answers].filter((entry): entry is [number, Result] => {
    const [, value] = entry;
    return typeof value === 'object' && value !== null && isAnswer(value as Result);
  });
}

/** `worker 3: sessions.cjs: seen`, or `4 workers: …`. */
function inThreads({ entry, threads }: { readonly entry: GrowingContainer; readonly threads: readonly number[] }) {
  const where = threads.length === 1 ? `worker ${threads[0]}` : `${threads.length} workers`;
  return { ...entry, name: entry.name === '' ? '' : `${where}: ${entry.name}`.slice(0, LEAK_LINES.name) };
}

function noteOf(notes: readonly (string | undefined)[], workers: WatchedWorkers): { note?: string } {
  const all = [...notes, missingNote(workers)].filter((note) => note !== undefined);
  return all.length === 0 ? {} : { note: all.join(' ') };
}

/** The note on worker threads that were not collected; `missing` is undefined where they could not be counted. */
function missingNote({ missing }: WatchedWorkers): string | undefined {
  if (missing === 0) return undefined;
  if (missing === undefined) return 'Worker threads, if it has any, were not looked into: they have no agent.';
  const what = missing === 1 ? '1 worker thread was' : `${missing} worker threads were`;
  return `${what} not looked into: busy, just starting, or without an agent.`;
}
