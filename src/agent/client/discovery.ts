// Finds agents by their sockets' names in /proc/net/unix, and proves whose they are.
import { lstatSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseListeners, type UnixListener } from '../../sampling/linux/net-unix.ts';
import { parseEffectiveUid, parseNamespacePids } from '../../sampling/linux/status-details.ts';
import { socketPid } from '../protocol/folders.ts';
import type { Finder, Found, Refusal, Scan } from './found.ts';
import { Namespaces } from './namespaces.ts';
import { openFound } from './open-found.ts';
import type { Processes } from './processes.ts';

/** The folder of an agent's socket, whatever lies above it: its name begins with memtop. */
const FOLDER = /\/memtop[^/]*$/;

/** Listeners proved in one look; whoever plants more than that of them makes the others wait for the next. */
const MOST_PROOFS = 2048;

/** Milliseconds until something that was refused is looked at again. */
const REFUSED_FOR = 30_000;

/** A listener with a name that an agent would give it. */
interface Candidate extends UnixListener {
  readonly folder: string;
  readonly innerPid: number;
}

type Proof = Found | Refusal | 'foreign';

interface Known {
  readonly proof: Proof;
  readonly at: number;
}

/**
 * Looks for agents. What was proved once for a listener is not proved again: the inode of a socket that is still
 * in the list cannot have come to mean another.
 */
export class Discovery implements Finder {
  readonly #processes: Processes;
  readonly #uid: number;
  readonly #namespaces: Namespaces;
  #known = new Map<string, Known>();

  /** `uid` is our own effective one; 0 looks into the namespaces of all processes too. */
  constructor(processes: Processes, uid: number) {
    this.#processes = processes;
    this.#uid = uid;
    this.#namespaces = new Namespaces(processes);
  }

  scan(): Scan {
    const candidates = this.#candidates();
    const known = new Map<string, Known>();
    let proofs = 0;
    for (const candidate of candidates) {
      const key = `${candidate.inode} ${candidate.path}`;
      const before = this.#known.get(key);
      if (before !== undefined && this.#stands(before)) known.set(key, before);
      else if (proofs++ < MOST_PROOFS) known.set(key, { proof: this.#prove(candidate), at: performance.now() });
    }
    this.#known = known;
    return summary([...known.values()], candidates);
  }

  #candidates(): Candidate[] {
    const viewpoints = this.#uid === 0 ? this.#namespaces.viewpoints() : (['self'] as const);
    return viewpoints.flatMap((viewpoint) => {
      const bytes = this.#processes.file(viewpoint, 'net/unix');
      return bytes === undefined ? [] : parseListeners(bytes, '/memtop').flatMap(named);
    });
  }

  #stands({ proof, at }: Known): boolean {
    if (proof === 'foreign' || 'why' in proof) return performance.now() - at < REFUSED_FOR;
    return this.#processes.startTime(proof.pid) === proof.startTime;
  }

  #prove(candidate: Candidate): Proof {
    const { path, innerPid, folder, inode } = candidate;
    const owner = this.#ownerOf(candidate);
    if (owner === 'foreign') return 'foreign';
    if (typeof owner === 'string') return { path, pid: innerPid, why: owner };
    const { pid, uid } = owner;
    const startTime = this.#processes.startTime(pid);
    if (startTime === undefined) return { path, pid, why: 'the process has ended' };
    const prefix = this.#namespaces.sharesMounts(pid) ? '' : `${this.#processes.root}/${pid}/root`;
    const found = { pid, startTime, innerPid, uid, prefix, folder, inode };
    const socket = openFound(found);
    if ('fault' in socket) return { path, pid, why: socket.fault };
    socket.close();
    return found;
  }

  /** The process that really has the listener open, or why there is none. */
  #ownerOf({ innerPid, inode, folder }: Candidate): { pid: number; uid: number } | string {
    let why: string | undefined;
    for (const pid of this.#namespaces.pidsCalled(innerPid)) {
      const status = this.#processes.status(pid);
      const uid = status === undefined ? undefined : parseEffectiveUid(status);
      if (status === undefined || uid === undefined) continue;
      if ((parseNamespacePids(status).at(-1) ?? pid) !== innerPid) continue;
      if (this.#uid !== 0 && uid !== this.#uid) return 'foreign';
      const holds = this.#processes.holdsSocket(pid, inode);
      if (holds === true) return { pid, uid };
      why =
        holds === undefined
          ? `whether process ${pid} listens there may not be looked at`
          : `process ${pid}, which it is named after, is not the one that listens there`;
    }
    if (why === undefined && this.#uid !== 0 && ownerOfFile(folder) !== this.#uid) return 'foreign';
    return why ?? `process ${innerPid}, which it is named after, does not exist`;
  }
}

function summary(known: readonly Known[], candidates: readonly Candidate[]): Scan {
  const found: Found[] = [];
  const refusals: Refusal[] = [];
  let foreign = 0;
  for (const { proof } of known) {
    if (proof === 'foreign') foreign += 1;
    else if ('why' in proof) refusals.push(proof);
    else found.push(proof);
  }
  return { found, refusals, foreign, listening: new Set(candidates.map(({ path }) => path)) };
}

function ownerOfFile(path: string): number | undefined {
  try {
    return lstatSync(path).uid;
  } catch {
    return undefined;
  }
}

function named(listener: UnixListener): Candidate[] {
  const folder = dirname(listener.path);
  const innerPid = socketPid(listener.path);
  return innerPid === undefined || !FOLDER.test(folder) ? [] : [{ ...listener, folder, innerPid }];
}
