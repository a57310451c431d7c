// /proc/vmstat: counters of the machine's memory since it booted (proc_vmstat(5), vmstat_text in mm/vmstat.c).
import { constants, openSync, readSync } from 'node:fs';
import { HeldDescriptor } from './held-descriptor.ts';

/** The counters that are used; absent where the kernel does not report them. */
export interface VmCounters {
  /** oom_kill: processes killed for memory, those of all cgroups included. Since Linux 4.13. */
  readonly oomKills?: number;
  /** pswpin and pswpout: pages read from swap and written to it. */
  readonly swappedIn?: number;
  readonly swappedOut?: number;
}

/** Longest rest of a line: a number of 64 bits and a line feed. */
const REST = 21;
/** vmstat has some 4 to 8 KiB. */
const SPACE = 16 * 1024;

/**
 * The descriptor is kept open, and only the part up to oom_kill, the last counter used, is read: the kernel formats no
 * more than is requested.
 */
export class Vmstat {
  readonly #path: string;
  readonly #bytes = Buffer.allocUnsafe(SPACE);
  readonly #file = new HeldDescriptor();
  #reach = SPACE;
  /** As last read. */
  counters: VmCounters = {};

  constructor(root: string) {
    this.#path = `${root}/vmstat`;
  }

  /** The counters as they are now. */
  read(): VmCounters {
    this.counters = this.#read();
    this.#file.readOnce();
    return this.counters;
  }

  /** Closes the descriptor and keeps none open from now on; returns whether there was one. */
  surrender(): boolean {
    return this.#file.surrender();
  }

  close(): void {
    this.#file.close();
  }

  #read(): VmCounters {
    let descriptor: number;
    try {
      descriptor = this.#file.opened(() => openSync(this.#path, constants.O_RDONLY | constants.O_NONBLOCK));
    } catch {
      return {};
    }
    const counters = this.#readOnce(descriptor);
    if (counters.oomKills !== undefined || this.#reach === SPACE) return counters;
    // The line has moved.
    this.#reach = SPACE;
    return this.#readOnce(descriptor);
  }

  #readOnce(descriptor: number): VmCounters {
    try {
      const length = readSync(descriptor, this.#bytes, 0, this.#reach, 0);
      const text = this.#bytes.toString('latin1', 0, length);
      const at = text.indexOf('\noom_kill ');
      if (at !== -1) this.#reach = Math.min(SPACE, at + '\noom_kill '.length + REST);
      return parseVmstat(text);
    } catch {
      return {};
    }
  }
}

/** The fields found in a text; a truncated number is not used. */
export function parseVmstat(text: string): VmCounters {
  const oomKills = counter(text, 'oom_kill');
  const swappedIn = counter(text, 'pswpin');
  const swappedOut = counter(text, 'pswpout');
  return {
    ...(oomKills !== undefined && { oomKills }),
    ...(swappedIn !== undefined && { swappedIn }),
    ...(swappedOut !== undefined && { swappedOut }),
  };
}

function counter(text: string, name: string): number | undefined {
  const line = `\n${name} `;
  const at = text.indexOf(line);
  const digits =
    at === -1 ? undefined : /^(\d{1,15})\n/.exec(text.slice(at + line.length, at + line.length + REST))?.[1];
  return digits === undefined ? undefined : Number(digits);
}
