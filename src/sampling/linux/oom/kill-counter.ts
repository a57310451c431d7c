// How many processes the kernel has killed for memory since it booted: oom_kill of /proc/vmstat, since Linux 4.13.
import { closeSync, constants, openSync, readSync } from 'node:fs';

const LINE = Buffer.from('\noom_kill ');
/** Longest rest of the line: a number of 64 bits and a line feed. */
const REST = 21;
/** vmstat has some 4 to 8 KiB. */
const ROOM = 16 * 1024;

/**
 * The counter in /proc/vmstat, which counts the kills of the machine and of all its cgroups. The descriptor is kept, and
 * only as much is read as reaches to the line: the kernel formats no more than is asked for.
 */
export class KillCounter {
  readonly #path: string;
  readonly #bytes = Buffer.allocUnsafe(ROOM);
  #descriptor: number | undefined;
  #reach = ROOM;

  constructor(root: string) {
    this.#path = `${root}/vmstat`;
  }

  /** Kills since boot; undefined where the kernel does not count them or does not tell. */
  read(): number | undefined {
    try {
      this.#descriptor ??= openSync(this.#path, constants.O_RDONLY | constants.O_NONBLOCK);
    } catch {
      this.#descriptor = -1;
    }
    if (this.#descriptor === -1) return undefined;
    const kills = this.#look();
    if (kills !== undefined || this.#reach === ROOM) return kills;
    // It does not stand where it stood.
    this.#reach = ROOM;
    return this.#look();
  }

  close(): void {
    if (this.#descriptor !== undefined && this.#descriptor !== -1) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }

  #look(): number | undefined {
    try {
      const length = readSync(this.#descriptor as number, this.#bytes, 0, this.#reach, 0);
      const at = this.#bytes.subarray(0, length).indexOf(LINE);
      if (at === -1) return undefined;
      this.#reach = Math.min(ROOM, at + LINE.length + REST);
      return parseKills(this.#bytes.toString('latin1', at + LINE.length, length));
    } catch {
      return undefined;
    }
  }
}

/** What stands behind `oom_kill`; undefined where it is no number or cut. */
export function parseKills(rest: string): number | undefined {
  const digits = /^(\d{1,15})\n/.exec(rest)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
