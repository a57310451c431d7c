// What one search for agents knows of the processes that sockets are named after: each is read once.
import { parseEffectiveUid, parseNamespacePids } from '../../../sampling/linux/proc/status.ts';
import type { Processes } from './processes.ts';

export interface Facts {
  readonly uid: number;
  /** Its PID in its own namespace; undefined where the kernel does not report it. */
  readonly innerPid: number | undefined;
  readonly startTime: number;
}

export class Listeners {
  readonly #processes: Processes;
  readonly #inodes: ReadonlySet<string>;
  readonly #facts = new Map<number, Facts | undefined>();
  readonly #sockets = new Map<number, ReadonlySet<string> | undefined>();

  /** @param wanted the listeners to look up */
  constructor(processes: Processes, wanted: readonly { readonly inode: string }[]) {
    this.#processes = processes;
    this.#inodes = new Set(wanted.map(({ inode }) => inode));
  }

  /** Undefined when there is no such process. */
  factsOf(pid: number): Facts | undefined {
    if (this.#facts.has(pid)) return this.#facts.get(pid);
    const startTime = this.#processes.startTime(pid);
    const status = startTime === undefined ? undefined : this.#processes.status(pid);
    const uid = status === undefined ? undefined : parseEffectiveUid(status);
    const facts =
      startTime === undefined || status === undefined || uid === undefined
        ? undefined
        : { uid, innerPid: parseNamespacePids(status).at(-1), startTime };
    this.#facts.set(pid, facts);
    return facts;
  }

  /** Those of the wanted listeners that a process has open; undefined without permission. */
  *socketsOf(pid: number): Generator<undefined, ReadonlySet<string> | undefined, void> {
    if (this.#sockets.has(pid)) return this.#sockets.get(pid);
    const sockets = yield* this.#processes.socketsAmong(pid, this.#inodes);
    this.#sockets.set(pid, sockets);
    return sockets;
  }
}
