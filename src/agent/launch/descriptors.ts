// Which of our descriptors were inherited, and which Node.js opened for itself. A child program gets the former.

import type { StdioOptions } from 'node:child_process';
import { fstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** Bits of `flags` in proc_pid_fdinfo(5), as in fcntl.h of Linux on every architecture that Node.js runs on. */
const CLOSES_ON_EXEC = 0o2000000;
const ACCESS_MODE = 0o3;
/** What libuv opens: its loops and what wakes them up, and one descriptor kept in reserve. */
const LOOP = /^anon_inode:\[(?:eventpoll|eventfd|io_uring)\]$/;
const RESERVE = '/dev/null';
const FIRST_OF_NODE = 'anon_inode:[eventpoll]';
/** Milliseconds: the resolution of file times. */
const CLOCK_STEP = 10;

/** One entry of /proc/self/fd, and what is only read where it matters. */
export interface Descriptor {
  readonly number: number;
  /** The target of the link, such as `pipe:[123]`. */
  readonly target: string;
  /** `flags` of its fdinfo. */
  flags(): number;
  /** Milliseconds since the epoch: of the times at which it was last read, written and changed, the earliest. */
  unchangedUntil(): number;
}

/**
 * The numbers above 2 that this process was given and would not pass on by itself: Node.js marks what it is given as
 * close-on-exec, the first sixteen and as far as they go on without a gap. Rising. Empty where there is no /proc.
 */
export function inheritedDescriptors(): readonly number[] {
  try {
    return inheritedOf(openDescriptors(), performance.timeOrigin - CLOCK_STEP);
  } catch {
    return [];
  }
}

/**
 * The same of what was read. Node.js takes the lowest free numbers and begins with an epoll: what lies below was given.
 * Among the rest, what a fresh Node.js has is left out: its own pipes have both ends here and are younger than the process.
 *
 * @param since when the process began, in milliseconds since the epoch
 */
export function inheritedOf(open: readonly Descriptor[], since: number): readonly number[] {
  const numbered = open.filter(({ number }) => number > 2).sort((one, other) => one.number - other.number);
  const first = numbered.find(({ target }) => target === FIRST_OF_NODE)?.number ?? 0;
  const isOwn = (descriptor: Descriptor): boolean => {
    const { number, target } = descriptor;
    if (number < first) return false;
    if (LOOP.test(target)) return true;
    if (target === RESERVE) return (descriptor.flags() & ACCESS_MODE) === 0;
    if (!target.startsWith('pipe:')) return false;
    return numbered.filter((other) => other.target === target).length > 1 && descriptor.unchangedUntil() >= since;
  };
  return numbered
    .filter((descriptor) => !isOwn(descriptor) && (descriptor.flags() & CLOSES_ON_EXEC) !== 0)
    .map(({ number }) => number);
}

/** The stdio of a child, so that it has our standard streams and these descriptors under the same numbers. */
export function passing(numbers: readonly number[]): StdioOptions {
  const stdio: (number | 'ignore')[] = [0, 1, 2];
  for (const number of numbers) {
    while (stdio.length < number) stdio.push('ignore'); // From 3 on, no descriptor is opened.
    stdio.push(number);
  }
  return stdio;
}

function openDescriptors(): Descriptor[] {
  return readdirSync('/proc/self/fd').flatMap((name) => {
    try {
      return new OpenDescriptor(Number(name), readlinkSync(`/proc/self/fd/${name}`));
    } catch {
      return []; // The descriptor that the folder was read with.
    }
  });
}

class OpenDescriptor implements Descriptor {
  readonly number: number;
  readonly target: string;

  constructor(number: number, target: string) {
    this.number = number;
    this.target = target;
  }

  flags(): number {
    const text = readFileSync(`/proc/self/fdinfo/${this.number}`, 'latin1');
    return Number.parseInt(/^flags:\s*([0-7]+)$/m.exec(text)?.[1] ?? '', 8);
  }

  unchangedUntil(): number {
    const { atimeMs, mtimeMs, ctimeMs } = fstatSync(this.number);
    return Math.min(atimeMs, mtimeMs, ctimeMs);
  }
}
