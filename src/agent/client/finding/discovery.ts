// Finds agents by their sockets' names in /proc/net/unix, and proves to which process they belong.
import { lstatSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseListeners, type UnixListener } from '../../../sampling/linux/proc/net/unix.ts';
import { socketPid } from '../../protocol/folders.ts';
import { type Candidates, chooseFairly, crowdedBy, type Owned } from './fairness.ts';
import type { Finder, FoundAgent, RejectedAgent, Scan } from './found.ts';
import { Listeners } from './listeners.ts';
import { Namespaces } from './namespaces.ts';
import { openFound } from './open-found.ts';
import type { Processes } from './processes.ts';

/** The folder of an agent's socket, whatever lies above it: its name begins with memtop. */
const FOLDER = /\/memtop[^/]*$/;

/** Bytes of /proc/net/unix that are read: some 40,000 sockets. */
const MOST_BYTES = 4 * 2 ** 20;

/** Milliseconds that a whole scan at once takes at most. */
const LONGEST_SCAN = 2000;

/** Milliseconds until a rejected socket is checked again; doubled each time it is rejected again. */
const REFUSED_FOR = 30_000;
const MOST_DOUBLINGS = 5;

/** A listener with a name that an agent would give it. */
interface Candidate extends UnixListener {
  readonly folder: string;
  readonly innerPid: number;
}

type Proof = FoundAgent | RejectedAgent | 'foreign';

interface Known {
  readonly proof: Proof;
  readonly at: number;
  /** How often in a row it was refused. */
  readonly refused: number;
}

/**
 * Searches for agents. A listener is proved only once: the inode of a socket that is still
 * in the list cannot have come to mean another.
 */
export class Discovery implements Finder {
  readonly #processes: Processes;
  readonly #uid: number;
  readonly #namespaces: Namespaces;
  #known = new Map<string, Known>();
  #candidates: Candidates<Candidate> = { chosen: [], crowded: [] };

  /** `uid` is our own effective one; 0 also searches the namespaces of all processes. */
  constructor(processes: Processes, uid: number) {
    this.#processes = processes;
    this.#uid = uid;
    this.#namespaces = new Namespaces(processes);
  }

  scan(): Scan {
    const deadline = performance.now() + LONGEST_SCAN;
    for (const _ of this.search()) if (performance.now() > deadline) break;
    return this.soFar();
  }

  /** Proved agents stay until they are proved again: they can be used during the search. */
  *search(): Generator<undefined, void, void> {
    const candidates = yield* this.#listeners();
    this.#candidates = candidates;
    const keys = new Set(candidates.chosen.map(nameOf));
    for (const key of this.#known.keys()) if (!keys.has(key)) this.#known.delete(key);
    const listeners = new Listeners(this.#processes, candidates.chosen);
    for (const candidate of candidates.chosen) {
      const before = this.#known.get(nameOf(candidate));
      yield;
      if (before !== undefined && this.#stands(before)) continue;
      const proof = yield* this.#prove(candidate, listeners);
      const refused = isBelieved(proof) ? 0 : (before?.refused ?? 0) + 1;
      this.#known.set(nameOf(candidate), { proof, at: performance.now(), refused });
    }
  }

  soFar(): Scan {
    return summary([...this.#known.values()], this.#candidates);
  }

  *#listeners(): Generator<undefined, Candidates<Candidate>, void> {
    const viewpoints = this.#uid === 0 ? yield* this.#namespaces.viewpoints() : (['self'] as const);
    const owned: Owned<Candidate>[] = [];
    for (const viewpoint of viewpoints) {
      yield;
      const bytes = this.#processes.file(viewpoint, 'net/unix', MOST_BYTES);
      if (bytes === undefined) continue;
      const prefix = viewpoint === 'self' ? '' : `${this.#processes.root}/${viewpoint}/root`;
      for (const one of parseListeners(bytes, '/memtop').flatMap(named)) {
        yield;
        owned.push({ one, owner: ownerOfFile(`${prefix}${one.path}`) });
      }
    }
    return chooseFairly(owned);
  }

  #stands({ proof, at, refused }: Known): boolean {
    if (!isBelieved(proof)) {
      return performance.now() - at < REFUSED_FOR * 2 ** Math.min(refused - 1, MOST_DOUBLINGS);
    }
    return this.#processes.startTime(proof.pid) === proof.startTime;
  }

  *#prove(candidate: Candidate, listeners: Listeners): Generator<undefined, Proof, void> {
    const { path, innerPid, folder, inode } = candidate;
    const owner = yield* this.#ownerOf(candidate, listeners);
    if (owner === 'foreign') return 'foreign';
    if (typeof owner === 'string') return { path, pid: innerPid, why: owner };
    const { pid, uid, startTime } = owner;
    // Time may have passed since its descriptors were read.
    if (this.#processes.startTime(pid) !== startTime) return { path, pid, why: 'the process has exited' };
    const prefix = this.#namespaces.sharesMounts(pid) ? '' : `${this.#processes.root}/${pid}/root`;
    const found = { pid, startTime, innerPid, uid, prefix, folder, inode };
    const socket = openFound(found);
    if ('fault' in socket) return { path, pid, why: socket.fault };
    socket.close();
    return found;
  }

  /** The process that really has the listener open, or why it could not be read. */
  *#ownerOf({ innerPid, inode, folder }: Candidate, listeners: Listeners): Generator<undefined, Owner | string, void> {
    let why: string | undefined;
    for (const pid of this.#namespaces.pidsCalled(innerPid)) {
      const facts = listeners.factsOf(pid);
      if (facts === undefined || (facts.innerPid ?? pid) !== innerPid) continue;
      if (this.#uid !== 0 && facts.uid !== this.#uid) return 'foreign';
      const sockets = yield* listeners.socketsOf(pid);
      if (sockets?.has(inode) === true) return { pid, uid: facts.uid, startTime: facts.startTime };
      why =
        sockets === undefined
          ? `permission denied to check whether process ${pid} listens there`
          : `process ${pid}, after which it is named, does not listen there`;
    }
    if (why === undefined && this.#uid !== 0 && ownerOfFile(folder) !== this.#uid) return 'foreign';
    return why ?? `process ${innerPid}, after which it is named, does not exist`;
  }
}

interface Owner {
  readonly pid: number;
  readonly uid: number;
  readonly startTime: number;
}

function isBelieved(proof: Proof): proof is FoundAgent {
  return proof !== 'foreign' && !('why' in proof);
}

function nameOf({ inode, path }: Candidate): string {
  return `${inode} ${path}`;
}

function summary(known: readonly Known[], { chosen, crowded }: Candidates<Candidate>): Scan {
  const found: FoundAgent[] = [];
  const refusals: RejectedAgent[] = [];
  let foreign = 0;
  for (const { proof } of known) {
    if (proof === 'foreign') foreign += 1;
    else if ('why' in proof) refusals.push(proof);
    else found.push(proof);
  }
  for (const { first, owner } of crowded)
    refusals.push({ path: first.path, pid: first.innerPid, why: crowdedBy(owner) });
  return { found, refusals, foreign, listening: new Set(chosen.map(({ path }) => path)) };
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
