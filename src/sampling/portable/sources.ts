// The two packages that the portable sampler uses, loaded only when it is opened, and its requests to them.
import type { ProcessDescriptor } from 'ps-list';
import type { Systeminformation } from 'systeminformation';

/** The processes, from ps-list. */
export type Listed = Pick<ProcessDescriptor, 'pid' | 'ppid' | 'name' | 'cmd' | 'uid' | 'startTime'>;

/** Their memory, from systeminformation: sizes in KiB. */
export type ListedMemory = Pick<
  Systeminformation.ProcessesProcessData,
  'pid' | 'parentPid' | 'name' | 'command' | 'params' | 'user' | 'state' | 'memRss' | 'memVsz' | 'started'
>;

export interface Sources {
  list(): Promise<readonly Listed[]>;
  /** Within half a second systeminformation repeats its last answer. */
  measure(): Promise<readonly ListedMemory[]>;
  memory(): Promise<Systeminformation.MemData>;
  system(): Promise<Pick<Systeminformation.OsData, 'distro' | 'release'>>;
}

/** Costs some 25 ms and 10 MiB, so it is loaded only when needed. */
export async function loadSources(): Promise<Sources> {
  const [{ default: psList }, { default: information }] = await Promise.all([
    import('ps-list'),
    import('systeminformation'),
  ]);
  return {
    list: () => psList(),
    measure: async () => (await information.processes()).list,
    memory: () => information.mem(),
    system: () => information.osInfo(),
  };
}
