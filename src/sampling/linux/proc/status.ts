// /proc/PID/status: what stat lacks, such as the user and the parts of memory (proc_pid_status(5)).

import type { MemoryParts } from '../../../model/snapshot/details.ts';
import { existing } from '../../../numbers/existing.ts';

/** The largest number of KiB whose bytes can be counted exactly. */
const LARGEST = Number.MAX_SAFE_INTEGER / 1024;

/** Sizes of one process, by the labels of their lines; all are in kB. */
const SIZES: { readonly [Part in keyof MemoryParts]-?: string } = {
  peak: 'VmHWM',
  swap: 'VmSwap',
  anonymous: 'RssAnon',
  file: 'RssFile',
  shared: 'RssShmem',
  data: 'VmData',
  stack: 'VmStk',
  locked: 'VmLck',
  pageTables: 'VmPTE',
  hugePages: 'HugetlbPages',
};

/** The bits of CapEff that matter here (capabilities(7)). */
const CAPABILITIES = { CAP_KILL: 5, CAP_SYS_PTRACE: 19, CAP_SYSLOG: 34 } as const;

/** What is read of thousands of processes a second. */
export interface StatusFields {
  /** The effective uid, the second of four. */
  readonly uid?: number;
  /** VmHWM, bytes. Absent for kernel threads and zombies, which have no memory of their own. */
  readonly peak?: number;
  /** VmSwap, bytes. */
  readonly swap?: number;
  /** VmRSS, bytes: the sum that statm has in pages (task_mem() and task_statm() in fs/proc/task_mmu.c). */
  readonly rss?: number;
}

/** Takes what is there; what is missing or no number is absent. Newlines in the name arrive escaped as `\n`. */
export function parseStatus(bytes: Buffer, length: number): StatusFields {
  const text = bytes.subarray(0, length);
  const uid = numberAfter(text, '\nUid:', 1);
  const peak = numberAfter(text, `\n${SIZES.peak}:`, 0);
  const swap = numberAfter(text, `\n${SIZES.swap}:`, 0);
  const rss = numberAfter(text, '\nVmRSS:', 0);
  return {
    ...(uid !== undefined && { uid }),
    ...(peak !== undefined && { peak: peak * 1024 }),
    ...(swap !== undefined && { swap: swap * 1024 }),
    ...(rss !== undefined && { rss: rss * 1024 }),
  };
}

/** In bytes; what the kernel does not report (the parts of RSS before Linux 4.5, everything for zombies) is absent. */
export function parseMemoryParts(status: string): MemoryParts {
  const parts: Record<string, number> = {};
  for (const [part, label] of Object.entries(SIZES)) {
    const bytes = sizeOf(status, label);
    if (bytes !== undefined) parts[part] = bytes;
  }
  return parts;
}

/** VmRSS in bytes. Exact on kernels whose stat is an estimate; absent for zombies. */
export function parseRss(status: string): number | undefined {
  return sizeOf(status, 'VmRSS');
}

/** The effective uid, the second of the four after Uid. */
export function parseEffectiveUid(status: string): number | undefined {
  const uid = /^Uid:\s+\d+\s+(\d{1,10})\s/m.exec(status)?.[1];
  return uid === undefined ? undefined : Number(uid);
}

/** The letter of State: T is stopped, Z a zombie. */
export function parseStateLetter(status: string): string | undefined {
  return /^State:\s+(\S)/m.exec(status)?.[1];
}

/** NSpid: the pid in each namespace, from the reader's down to the process's own. Empty before Linux 4.1. */
export function parseNamespacePids(status: string): number[] {
  const pids = /^NSpid:((?:\s+\d{1,10})+)$/m.exec(status)?.[1];
  return pids === undefined ? [] : pids.trim().split(/\s+/).map(Number);
}

/** The signal sets of a process. */
export interface SignalSets {
  /** SigBlk of the main thread. */
  readonly blocked: bigint;
  /** SigIgn. */
  readonly ignored: bigint;
  /** SigCgt. */
  readonly caught: bigint;
}

/** Undefined when a line is missing: an unknown set must not be taken for an empty one. */
export function parseSignalSets(status: string): SignalSets | undefined {
  const blocked = hexadecimal(status, 'SigBlk');
  const ignored = hexadecimal(status, 'SigIgn');
  const caught = hexadecimal(status, 'SigCgt');
  return blocked === undefined || ignored === undefined || caught === undefined
    ? undefined
    : { blocked, ignored, caught };
}

/** Whether a set holds a signal; signal n is bit n − 1. */
export function holdsSignal(set: bigint, signal: number): boolean {
  return ((set >> BigInt(signal - 1)) & 1n) === 1n;
}

/** Whether it is in force; undefined when the text does not say. */
export function hasCapability(status: string, name: keyof typeof CAPABILITIES): boolean | undefined {
  const set = hexadecimal(status, 'CapEff');
  return set === undefined ? undefined : ((set >> BigInt(CAPABILITIES[name])) & 1n) === 1n;
}

/** The bytes of a line in kB; undefined where there is no such line, or it is cut off. */
function sizeOf(status: string, label: string): number | undefined {
  const kilobytes = new RegExp(`^${label}:[ \\t]+(\\d{1,15}) kB$`, 'm').exec(status)?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
}

function hexadecimal(status: string, label: string): bigint | undefined {
  const digits = new RegExp(`^${label}:\\s+([0-9a-f]{1,32})$`, 'm').exec(status)?.[1];
  return digits === undefined ? undefined : BigInt(`0x${digits}`);
}

/** The number after a label, skipping the given number of others. */
function numberAfter(bytes: Buffer, label: string, skip: number): number | undefined {
  const found = bytes.indexOf(label, 0, 'latin1');
  if (found === -1) return undefined;
  const { length } = bytes;
  let at = found + label.length;
  for (let word = 0; ; word++) {
    while (at < length && (bytes[at] === 32 || bytes[at] === 9)) at++;
    const first = at;
    let value = 0;
    while (at < length && isDigit(existing(bytes[at]))) value = value * 10 + existing(bytes[at++]) - 48;
    // The number a cut-off file ends in may be a part of the real one.
    if (at === first || at >= length || value > LARGEST) return undefined;
    if (word === skip) return value;
  }
}

function isDigit(byte: number): boolean {
  return byte >= 48 && byte <= 57;
}
