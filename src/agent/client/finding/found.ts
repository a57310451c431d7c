// An agent's socket as it was found and checked, before anything is said to it.

/** A socket whose listener is proved to be a process of this machine. */
export interface FoundAgent {
  readonly pid: number;
  /** Field 22 of /proc/PID/stat; absent where there is no /proc, and pid and name of the socket must do. */
  readonly startTime?: number;
  /** The pid that the program itself sees, and that its socket is named after. */
  readonly innerPid: number;
  /** Effective user of the process, who owns folder and socket. */
  readonly uid: number;
  /** Where its mount namespace begins: /proc/PID/root, or empty for our own. */
  readonly prefix: string;
  readonly folder: string;
  /** Inode of the listener; empty where the system does not tell. */
  readonly inode: string;
}

/** Something that looks like an agent and is not believed. */
export interface RejectedAgent {
  /** Hostile until cleaned. */
  readonly path: string;
  readonly pid: number;
  /** Why, a sentence's end: "the folder is open to others". */
  readonly why: string;
}

/** What one look for agents yields. */
export interface Scan {
  readonly found: readonly FoundAgent[];
  readonly refusals: readonly RejectedAgent[];
  /** Agents of other users, which only they and root may ask. */
  readonly foreign: number;
  /** Paths at which somebody listens, as bound; believed or not. */
  readonly listening: ReadonlySet<string>;
}

/** Whoever looks for agents. */
export interface Finder {
  /** Looks at once. */
  scan(): Scan;
  /** The same in pieces: it stops for the caller every few hundred microseconds, and need not be gone on with. */
  search?(): Generator<undefined, void, void>;
  /** What the searches so far have found. */
  soFar?(): Scan;
}

/** What makes two finds the same agent. */
export function agentKeyOf({ pid, startTime, inode }: FoundAgent): string {
  return `${pid}@${startTime ?? ''}:${inode}`;
}
