// The protocol between an agent inside a program and memtop outside it: JSON-RPC 2.0, one message per line.
// docs/agent-protocol.md describes it for authors of agents in other languages.
import type { CollectParams, CollectResult } from './collect.ts';
import type { EventParams, SubscribeParams, SubscribeResult, UnsubscribeParams } from './events.ts';
import type { GrowingContainersResult, SampleHeapResult, WatchParams } from './leak-lines.ts';
import type { HeapSpace, Stats } from './stats.ts';

export * from './collect.ts';
export * from './errors.ts';
export * from './events.ts';
export * from './folders.ts';
export * from './leak-lines.ts';
export * from './lines.ts';
export * from './stats.ts';

/** The version both sides speak. It changes only when an old client could no longer understand the answers. */
export const PROTOCOL = 1;

/** The bounds that an agent keeps inside the program it runs in. */
export const LIMITS = {
  /** Longest request line in bytes, its newline not counted. */
  requestBytes: 64 * 1024,
  /** Clients at once; further ones are closed as they come. */
  clients: 128,
  /** Requests of one client that wait for an answer; until one is answered no more is read. */
  pending: 32,
  /** Requests of one client answered before the program has its turn again. */
  requestsPerTurn: 16,
  /** Bytes a client may leave unread before the agent stops reading from it and sends it no events. */
  unreadBytes: 256 * 1024,
  /** Milliseconds after which a client with half a line or unread answers is closed. */
  stalled: 30_000,
} as const;

export interface HelloParams {
  readonly protocol?: number;
}

/** The identity of the agent. A client accepts it only after checking the listener's inode, `pid` and `start`. */
export interface HelloResult {
  readonly protocol: number;
  /** Version of the agent. */
  readonly agent: string;
  readonly runtime: 'node' | 'python';
  /** Version of the runtime, such as 22.23.3. */
  readonly version: string;
  /** As the program sees it: in a pid namespace not the pid the client sees. */
  readonly pid: number;
  readonly ppid: number;
  /** starttime, field 22 of /proc/self/stat, in clock ticks since boot (proc_pid_stat(5)); absent off Linux. */
  readonly start?: number;
  /** What the program calls itself, at most 256 characters: hostile until cleaned. */
  readonly title: string;
  readonly capabilities: readonly string[];
}

export interface HeapSnapshotParams {
  /** Absolute path of a directory that belongs to the program's own user. */
  readonly directory: string;
}

export interface HeapSnapshotResult {
  readonly path: string;
  readonly bytes: number;
  readonly ms: number;
}

/** The method table: what each method takes and gives. Parameters may be left out where none is required. */
export interface Methods {
  readonly hello: { readonly params: HelloParams; readonly result: HelloResult };
  readonly stats: { readonly params: object; readonly result: Stats };
  readonly spaces: { readonly params: object; readonly result: readonly HeapSpace[] };
  readonly collect: { readonly params: CollectParams; readonly result: CollectResult };
  readonly heapSnapshot: { readonly params: HeapSnapshotParams; readonly result: HeapSnapshotResult };
  readonly sampleHeap: { readonly params: WatchParams; readonly result: SampleHeapResult };
  readonly growingContainers: { readonly params: WatchParams; readonly result: GrowingContainersResult };
  readonly subscribe: { readonly params: SubscribeParams; readonly result: SubscribeResult };
  readonly unsubscribe: { readonly params: UnsubscribeParams; readonly result: SubscribeResult };
}

export type MethodName = keyof Methods;
export type MethodParams<Name extends MethodName> = Methods[Name]['params'];

/** JSON-RPC allows null too; it is what an answer carries when the request could not be read. */
export type RequestId = string | number | null;

export interface ErrorReply {
  readonly jsonrpc: '2.0';
  readonly id: RequestId;
  readonly error: { readonly code: number; readonly message: string };
}

/** The only message an agent sends without a request, and only to subscribers. */
export interface EventNotification {
  readonly jsonrpc: '2.0';
  readonly method: 'event';
  readonly params: EventParams;
}
