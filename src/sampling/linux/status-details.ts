// Lines of /proc/PID/status that are asked of one process at a time (proc_pid_status(5)).

/** The signal sets of a process. */
export interface SignalSets {
  /** SigBlk of the main thread. */
  readonly blocked: bigint;
  /** SigIgn. */
  readonly ignored: bigint;
  /** SigCgt. */
  readonly caught: bigint;
}

/** Undefined when a line is missing: what is not known must not be taken for an empty set. */
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

/** NSpid: the pid in each namespace, from the reader's down to the process's own. Empty when not told. */
export function parseNamespacePids(status: string): number[] {
  const pids = /^NSpid:((?:\s+\d{1,10})+)$/m.exec(status)?.[1];
  return pids === undefined ? [] : pids.trim().split(/\s+/).map(Number);
}

/** The effective uid, the second of the four after Uid. */
export function parseEffectiveUid(status: string): number | undefined {
  const uid = /^Uid:\s+\d+\s+(\d{1,10})\s/m.exec(status)?.[1];
  return uid === undefined ? undefined : Number(uid);
}

/** VmRSS in bytes. Exact on kernels whose stat is an estimate; absent for zombies. */
export function parseRss(status: string): number | undefined {
  const kilobytes = /^VmRSS:\s+(\d{1,15}) kB$/m.exec(status)?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
}

/** The letter of State: T is stopped, Z a zombie. */
export function parseStateLetter(status: string): string | undefined {
  return /^State:\s+(\S)/m.exec(status)?.[1];
}

function hexadecimal(status: string, label: string): bigint | undefined {
  const digits = new RegExp(`^${label}:\\s+([0-9a-f]{1,32})$`, 'm').exec(status)?.[1];
  return digits === undefined ? undefined : BigInt(`0x${digits}`);
}
