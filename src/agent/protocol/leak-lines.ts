// What holds a leak: the containers that grow, and the functions or lines that allocate what stays.
import type { CallSite, GrowingContainer } from '../../model/lines/holders.ts';

/** Seconds that a program is watched for. */
export const WATCH_SECONDS = { least: 1, default: 30, most: 300 } as const;

/** What an agent sends at most, and what a client takes at most: entries, frames of a stack, characters of a text. */
export const LEAK_LINES = { entries: 10, frames: 8, file: 256, name: 128 } as const;

export interface WatchParams {
  /** Whole seconds, 1 to 300; default 30. */
  readonly seconds?: number;
}

export interface SampleHeapResult {
  /** At most ten, largest growth first. */
  readonly lines: readonly CallSite[];
  /** For how long it was watched: less than requested where the client stopped sending. */
  readonly seconds: number;
  /** Bytes of all that stayed, those of other lines included. */
  readonly bytes?: number;
  /** A sentence about what differs from the request. */
  readonly note?: string;
}

export interface GrowingContainersResult {
  /** At most ten, largest growth first. */
  readonly containers: readonly GrowingContainer[];
  /** For how long it was watched: less than requested where the client stopped sending. */
  readonly seconds: number;
  /** How long the program was stopped to find the containers, in milliseconds. */
  readonly pauseMs?: number;
  /** A sentence about what differs from the request. */
  readonly note?: string;
}
