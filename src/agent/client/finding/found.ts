// An agent's socket as found and checked, before anything is sent to it.

/** A socket whose listener is proved to be a process of this machine. */
export interface FoundAgent {
  readonly pid: number;
  /** Field 22 of /proc/PID/stat; absent where there is no /proc, and pid and name of the socket must do. */
  readonly startTime?: number;
  /** The pid that the program itself sees, and that its socket is named after. */
  readonly innerPid: number;
  /** Effective user of the process, who owns folder and socket. */
  readonly uid: number;
  /** The root of its mount namespace: /proc/PID/root, or empty for our own. */
  readonly prefix: string;
  readonly folder: string;
  /** Inode of the listener; empty where it is unknown. */
  readonly inode: string;
}

/** A rejected agent. */
export interface RejectedAgent {
  /** Hostile until cleaned. */
  readonly path: string;
  readonly pid: number;
  /** Why, the end of a sentence: "the folder is accessible to other users". */
  readonly why: string;
}

/** The result of one search for agents. */
export interface Scan {
  readonly found: readonly FoundAgent[];
  readonly refusals: readonly RejectedAgent[];
  /** Agents of other users, which only they and root may use. */
  readonly foreign: number;
  /** Paths with a listener, as bound, whether accepted or rejected. */
  readonly listening: ReadonlySet<string>;
}

/** A way to search for agents. */
export interface Finder {
  /** Searches at once. */
  scan(): Scan;
  /** The same in slices: it yields to the caller every few hundred microseconds, and can be abandoned. */
  search?(): Generator<undefined, void, void>;
  /** What the searches so far have found. */
  soFar?(): Scan;
}

/** What makes two finds the same agent. */
export function agentKeyOf({ pid, startTime, inode }: FoundAgent): string {
  return `${pid}@${startTime ?? ''}:${inode}`;
}
