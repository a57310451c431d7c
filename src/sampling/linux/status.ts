// /proc/PID/status: what stat does not say, such as the user and the highest memory use (proc_pid_status(5)).

/** The largest number of KiB whose bytes can be counted exactly. */
const LARGEST = Number.MAX_SAFE_INTEGER / 1024;

export interface StatusFields {
  /** The effective uid, the second of four. */
  readonly uid?: number;
  /** VmHWM, bytes. Absent for kernel threads and zombies, which have no memory of their own. */
  readonly peak?: number;
  /** VmSwap, bytes. */
  readonly swap?: number;
}

/** Takes what is there; what is missing or no number is absent. Newlines in the name arrive escaped as `\n`. */
export function parseStatus(bytes: Buffer, length: number): StatusFields {
  const text = bytes.subarray(0, length);
  const uid = numberAfter(text, '\nUid:', 1);
  const peak = numberAfter(text, '\nVmHWM:', 0);
  const swap = numberAfter(text, '\nVmSwap:', 0);
  return {
    ...(uid !== undefined && { uid }),
    ...(peak !== undefined && { peak: peak * 1024 }),
    ...(swap !== undefined && { swap: swap * 1024 }),
  };
}

/** How many entries NSpid has: one a pid namespace from the reader's down to the process's own; 0 when unknown. */
export function countNamespaces(status: string): number {
  return /^NSpid:((?:\s+\d+)+)$/m.exec(status)?.[1]?.trim().split(/\s+/).length ?? 0;
}

/** The number behind a label, after skipping so many others. */
function numberAfter(bytes: Buffer, label: string, skip: number): number | undefined {
  const found = bytes.indexOf(label, 0, 'latin1');
  if (found === -1) return undefined;
  const { length } = bytes;
  let at = found + label.length;
  for (let word = 0; ; word++) {
    while (at < length && (bytes[at] === 32 || bytes[at] === 9)) at++;
    const first = at;
    let value = 0;
    while (at < length && isDigit(bytes[at] as number)) value = value * 10 + (bytes[at++] as number) - 48;
    // The number a cut-off file ends in may be a part of the real one.
    if (at === first || at >= length || value > LARGEST) return undefined;
    if (word === skip) return value;
  }
}

function isDigit(byte: number): boolean {
  return byte >= 48 && byte <= 57;
}
