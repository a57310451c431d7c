// `memtop collect --heap-snapshot`: requests a heap snapshot where there is enough memory for it, and leaves no empty file behind.

import { lstatSync, openSync, readdirSync } from 'node:fs';
import type { Agent } from '../../agent/client/agent.ts';
import { checkHeapSnapshot } from '../../agent/client/replies.ts';
import { FOLDER_FLAGS, type HeldFolder, hold } from '../../files/held-folder.ts';
import { removeFrom } from '../../files/remove.ts';
import type { FailedSnapshot, WrittenSnapshot } from '../../formats/collection-json.ts';
import { type Headroom, snapshotObjection } from '../../model/collection/snapshot-headroom.ts';
import type { Snapshot } from '../../model/snapshot/snapshot.ts';
import { EVERY_ROW, type Needs, type Sampler } from '../../sampling/sampler/sampler.ts';

/** Milliseconds that writing a heap snapshot may take. */
const SNAPSHOT_TIMEOUT = 30 * 60_000;

export interface SnapshotRequest {
  readonly agent: Agent;
  /** Absolute path, as the program sees it. */
  readonly directory: string;
  /** The heap in bytes; undefined where the runtime does not report it: then nothing is checked. */
  readonly heapUsed: number | undefined;
  /** Write it though it may not fit. */
  readonly yes: boolean;
  /** Reads how much memory the program may still take. */
  readonly headroom: () => Promise<Headroom>;
}

/** Has the program write a snapshot of its heap, unless it may not fit into memory; or returns why it was not written. */
export async function writeSnapshot(request: SnapshotRequest): Promise<WrittenSnapshot | FailedSnapshot> {
  const { agent, directory, heapUsed, yes } = request;
  if (heapUsed !== undefined && !yes) {
    const objection = snapshotObjection(heapUsed, await request.headroom());
    if (objection !== undefined) return { error: `${objection} Add --yes to write it anyway.` };
  }
  const begun = Date.now();
  const written = await agent.request('heapSnapshot', { directory }, checkHeapSnapshot, SNAPSHOT_TIMEOUT);
  if ('value' in written) return written.value;
  removeEmpty(directory, agent.found.innerPid, begun);
  return { error: written.trouble.sentence };
}

const NEEDS: Needs = { ...EVERY_ROW, measures: new Set(['cgroup']), commandLimit: 256 };

/** The memory that a process may still allocate: what the machine has available, and the limit of its cgroup. */
export async function headroomOf(pid: number, sampler: Sampler, signal: AbortSignal): Promise<Headroom> {
  const snapshot: Snapshot = await sampler.sample({ ...NEEDS, visible: new Set([pid]) }, signal);
  const cgroup = snapshot.processes.find(({ who }) => who.pid === pid)?.cgroup;
  const group = snapshot.groups?.find(({ path }) => path === cgroup);
  return { available: snapshot.system.available, limit: group?.limit };
}

/**
 * A program that was killed while it built the snapshot leaves an empty file. The folder is held by a descriptor, and what
 * is removed is a plain, empty file of the folder's owner with the name that the agent gives, begun after the request.
 */
function removeEmpty(directory: string, innerPid: number, begun: number): void {
  let folder: HeldFolder | undefined;
  try {
    folder = held(directory);
    const { uid } = lstatSync(`${folder.path}/.`);
    for (const name of readdirSync(folder.path)) {
      const [, pid, time] = /^memtop-(\d{1,10})-(\d{1,16})\.heapsnapshot$/.exec(name) ?? [];
      if (Number(pid) !== innerPid || Number(time) < begun) continue;
      const facts = lstatSync(`${folder.path}/${name}`);
      if (facts.isFile() && facts.size === 0 && facts.uid === uid) removeFrom(folder, name);
    }
  } catch {
    // It is not visible from here, or gone already.
  } finally {
    folder?.close();
  }
}

/** Only Linux can hold a folder by its descriptor and reach its files through it. */
function held(directory: string): HeldFolder {
  if (process.platform !== 'linux') return { path: directory, close: () => {} };
  return hold(openSync(directory, FOLDER_FLAGS));
}
