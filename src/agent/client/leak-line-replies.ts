// Checks what an agent reports about the containers and places that hold memory: all of it comes from the program.

import { isSize } from '../../model/collection/diagnosis.ts';
import type { CallSite, GrowingContainer } from '../../model/lines/holders.ts';
import {
  type GrowingContainersResult,
  LEAK_LINES,
  type SampleHeapResult,
  WATCH_SECONDS,
} from '../protocol/protocol.ts';
import { isRecord, shown } from './message.ts';
import type { CheckedReply } from './replies.ts';

/** Extra seconds for a program that was stopped in the meantime. */
const LATE = 3600;
/** Characters of a frame: a function, and where it is. */
const FRAME = LEAK_LINES.name + LEAK_LINES.file + 16;

/** `most` is the largest possible size of the process. */
export function checkSampleHeap(value: unknown, most = Number.POSITIVE_INFINITY): CheckedReply<SampleHeapResult> {
  if (!isRecord(value)) return { fault: 'the answer to sampleHeap is not an object' };
  const { seconds, bytes } = value;
  if (!isSeconds(seconds)) return { fault: 'its duration is impossible' };
  if (bytes !== undefined && !isAtMost(bytes, most)) return { fault: 'its byte count is impossible' };
  const lines = allChecked(value['lines'], (line) => checkLine(line, most));
  if (lines === undefined) return { fault: 'one of its lines is not valid' };
  lines.sort((a, b) => b.bytes - a.bytes);
  const note = shown(value['note']);
  return { value: { lines, seconds, ...(bytes !== undefined && { bytes }), ...(note !== '' && { note }) } };
}

export function checkGrowingContainers(
  value: unknown,
  most = Number.POSITIVE_INFINITY,
): CheckedReply<GrowingContainersResult> {
  if (!isRecord(value)) return { fault: 'the answer to growingContainers is not an object' };
  const { seconds, pauseMs } = value;
  if (!isSeconds(seconds)) return { fault: 'its duration is impossible' };
  if (pauseMs !== undefined && !isCount(pauseMs)) return { fault: 'its pause is impossible' };
  const containers = allChecked(value['containers'], (container) => checkContainer(container, most));
  if (containers === undefined) return { fault: 'one of its containers is not valid' };
  containers.sort((a, b) => b.grown - a.grown);
  const note = shown(value['note']);
  return { value: { containers, seconds, ...(pauseMs !== undefined && { pauseMs }), ...(note !== '' && { note }) } };
}

function checkLine(line: unknown, most: number): CallSite | undefined {
  if (!isRecord(line)) return undefined;
  const { line: number, bytes, count } = line;
  const file = shown(line['file'], LEAK_LINES.file);
  if (file === '' || !isCount(number) || !isAtMost(bytes, most) || !isCount(count)) return undefined;
  const stack = Array.isArray(line['stack']) ? line['stack'].slice(0, LEAK_LINES.frames) : [];
  return {
    ...{ file, line: number, function: shown(line['function'], LEAK_LINES.name), bytes, count },
    stack: stack.map((frame) => shown(frame, FRAME)).filter((frame) => frame !== ''),
  };
}

/** An entry takes a byte at least. */
function checkContainer(container: unknown, most: number): GrowingContainer | undefined {
  if (!isRecord(container)) return undefined;
  const { entries, grown } = container;
  const type = shown(container['type'], LEAK_LINES.name);
  if (type === '' || !isAtMost(entries, most) || !isCount(grown) || grown > entries) return undefined;
  return { name: shown(container['name'], LEAK_LINES.name), type, entries, grown };
}

/** The entries of a list, as many as a client reads; undefined where one of them is not valid. */
function allChecked<Entry>(value: unknown, check: (entry: unknown) => Entry | undefined): Entry[] | undefined {
  const entries: Entry[] = [];
  for (const entry of Array.isArray(value) ? value.slice(0, LEAK_LINES.entries) : []) {
    const checked = check(entry);
    if (checked === undefined) return undefined;
    entries.push(checked);
  }
  return entries;
}

function isSeconds(value: unknown): value is number {
  return isCount(value) && value <= WATCH_SECONDS.most + LATE;
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && isSize(value);
}

function isAtMost(value: unknown, most: number): value is number {
  return isCount(value) && value <= most;
}
