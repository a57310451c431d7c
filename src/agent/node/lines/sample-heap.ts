// Which functions allocate what stays: V8's sampling heap profiler, for some seconds.
import { ProtocolError } from '../../protocol/errors.ts';
import type { SampleHeapResult } from '../../protocol/leak-lines.ts';
import type { Departure } from '../runtime/departure.ts';
import { closeSession, collectThrough, type InspectorSession, openSession } from '../runtime/inspector-session.ts';
import { callSitesOf, type HeapProfile } from './call-sites.ts';
import { withoutInlining } from './inlining.ts';
import { Inspected } from './inspected.ts';
import { watchFor } from './watching.ts';

/** Bytes between two samples, on average: it costs nothing that could be measured; 8 KiB cost three times the time. */
const INTERVAL = 64 * 1024;
/** Bytes of Buffers that are worth a note, and how many times what was sampled. */
const NOTICEABLE = 1024 * 1024;
const MOSTLY = 2;

/**
 * Samples the heap of the main thread. What is still reachable when it ends is reported; nothing is kept
 * of what was freed meanwhile.
 *
 * @throws ProtocolError (as a rejection) where there is no inspector, or the program samples its heap itself
 */
export async function sampleHeap(seconds: number, departure: Departure): Promise<SampleHeapResult> {
  const session = openSession();
  if (session === undefined) {
    throw new ProtocolError(
      'unsupported',
      'This program does not allow an inspector, which is needed to sample its heap.',
    );
  }
  try {
    return await sampleThrough(session, seconds, departure);
  } finally {
    await closeSession(session);
  }
}

async function sampleThrough(
  session: InspectorSession,
  seconds: number,
  departure: Departure,
): Promise<SampleHeapResult> {
  const inspected = new Inspected(session);
  if (isSampled(inspected)) {
    throw new ProtocolError(
      'refused',
      'Another profiler is sampling the heap of this program, and would be stopped by this one.',
    );
  }
  const buffersBefore = process.memoryUsage().arrayBuffers ?? 0;
  const inlineAgain = withoutInlining(inspected);
  try {
    inspected.ask('HeapProfiler.startSampling', { samplingInterval: INTERVAL });
    const watched = await watchFor(seconds, departure);
    await collectThrough(session);
    const { profile } = inspected.ask('HeapProfiler.stopSampling') as { profile: HeapProfile };
    const { lines, bytes } = callSitesOf(profile, __filename);
    const buffers = (process.memoryUsage().arrayBuffers ?? 0) - buffersBefore;
    const note = noteOf(buffers > Math.max(NOTICEABLE, MOSTLY * bytes) ? buffers : 0, inlineAgain !== undefined);
    return { lines, seconds: watched, bytes: Math.round(bytes), ...(note === undefined ? {} : { note }) };
  } finally {
    inlineAgain?.();
  }
}

/** A profile exists only while a profiler is sampling; otherwise the inspector answers with an error. */
function isSampled(inspected: Inspected): boolean {
  try {
    inspected.ask('HeapProfiler.getSamplingProfile');
    return true;
  } catch {
    return false;
  }
}

function noteOf(buffers: number, isExact: boolean): string | undefined {
  const notes: string[] = [];
  if (buffers > 0) {
    const megabytes = Math.round(buffers / 1024 / 1024);
    notes.push(
      `Buffers grew by ${megabytes} MiB outside the heap: the bytes counted are those of their objects inside it.`,
    );
  }
  if (!isExact) notes.push('The program records coverage, so an inlined function may be counted as its caller.');
  return notes.length === 0 ? undefined : notes.join(' ');
}
