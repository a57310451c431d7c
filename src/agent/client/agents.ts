// All agents of this machine: found as processes come and go, connected once, queried together.

import { type Heap, sameHeap } from '../../model/snapshot/heap.ts';
import { existing } from '../../numbers/existing.ts';
import { Agent, type AgentTrouble } from './agent.ts';
import { READ_SIZE } from './connection.ts';
import { agentKeyOf, type Finder, type RejectedAgent, type Scan } from './finding/found.ts';
import { nextTurn, SLICE, SlicedSearch } from './finding/sliced-search.ts';
import { Intake } from './intake.ts';

/** A process to search for: `who` of a snapshot's process fits. */
export interface Who {
  readonly pid: number;
  readonly startTime: number;
}

export interface AgentsOptions {
  readonly finder: Finder;
  /** Address space of a process in bytes, which bounds its agent's figures. */
  readonly virtual?: (pid: number) => number | undefined;
  /** Agents connected to at once; each is a descriptor. */
  readonly most?: number;
  /** Called after each search with the paths that have a listener, so that stale sockets can be removed. */
  readonly afterScan?: (listening: ReadonlySet<string>) => void;
}

/** Milliseconds between two searches while processes come and go, and while nothing seems to change. */
const SOON = 2000;
const LATER = 10_000;
/** An agent listens some time after its process starts: for this long after a change, searches are frequent. */
const STARTING = 10_000;
/** Milliseconds until memtop connects again to an agent that closed the connection. */
const RETRY = 5000;
/** Connected to at once. */
export const MOST_AGENTS = 4096;
/** One that broke the protocol or never identified itself is retried with doubling delays, up to an hour. */
const RETRY_MISBEHAVED = 60_000;
const LATEST_RETRY = 3_600_000;

/** An agent that failed, and for how many milliseconds it is not retried. */
interface TurnedAway {
  readonly trouble: AgentTrouble;
  readonly pid: number;
  readonly at: number;
  readonly wait: number;
}

export class Agents {
  readonly #options: AgentsOptions;
  readonly #buffer = Buffer.allocUnsafe(READ_SIZE);
  #byPid = new Map<number, Agent>();
  #given = new Map<Agent, Heap>();
  #turnedAway = new Map<string, TurnedAway>();
  #refusals: readonly RejectedAgent[] = [];
  #foreign = 0;
  #scannedAt = Number.NEGATIVE_INFINITY;
  #changedAt = Number.NEGATIVE_INFINITY;
  #census = Number.NaN;
  readonly #search: SlicedSearch;
  readonly #intake = new Intake();

  constructor(options: AgentsOptions) {
    this.#options = options;
    this.#search = new SlicedSearch(options.finder);
  }

  /** Those that are connected or being connected to. */
  get all(): readonly Agent[] {
    return [...this.#byPid.values()];
  }

  /** Agents that were rejected when found. */
  get refusals(): readonly RejectedAgent[] {
    return this.#refusals;
  }

  /** Those that were accepted and then failed: `refused`, `misbehaved`, `gone` or `unreachable`. */
  get turnedAway(): readonly { readonly trouble: AgentTrouble; readonly pid: number }[] {
    return [...this.#turnedAway.values()];
  }

  /** How many agents belong to other users. */
  get foreign(): number {
    return this.#foreign;
  }

  /** The agent of a process, if it has one that takes requests. */
  of(pid: number): Agent | undefined {
    const agent = this.#byPid.get(pid);
    return agent?.trouble === undefined ? agent : undefined;
  }

  /** The newest known heap of a process. The same object as long as nothing in it changes. */
  heapOf({ pid, startTime }: Who): Heap | undefined {
    const agent = this.of(pid);
    if (agent === undefined || (agent.found.startTime ?? startTime) !== startTime) return undefined;
    const { heap } = agent;
    if (heap === undefined) return undefined;
    const before = this.#given.get(agent);
    if (before !== undefined && sameHeap(before, heap)) return before;
    this.#given.set(agent, heap);
    return heap;
  }

  /**
   * Searches for agents when it is time, and requests new figures from all. Settles when all have answered; a caller that
   * cannot wait for the slowest does not await it. However many there are, nothing else waits for longer than a slice.
   */
  async refresh(processes: readonly Who[], wants: { readonly gc: boolean }): Promise<void> {
    const isDue = this.#isDue(processes);
    if (isDue || this.#search.isUnfinished) await this.#findAgents();
    const requests: Promise<void>[] = [];
    let slice = performance.now();
    for (const agent of this.all) {
      requests.push(agent.refresh(wants));
      if (performance.now() - slice < SLICE) continue;
      await nextTurn();
      slice = performance.now();
    }
    await Promise.all(requests);
  }

  /** Searches for agents now, all at once, and drops those of exited processes. */
  scan(): void {
    this.#search.drop();
    this.#scannedAt = performance.now();
    this.#take(this.#options.finder.scan());
  }

  async #findAgents(): Promise<void> {
    const { finder } = this.#options;
    if (finder.soFar === undefined) {
      this.scan();
      return;
    }
    await this.#search.goOn();
    this.#scannedAt = performance.now();
    this.#take(finder.soFar());
  }

  #take({ found, refusals, foreign, listening }: Scan): void {
    this.#refusals = refusals;
    this.#foreign = foreign;
    const now = performance.now();
    this.#turnAwayFailed(now);
    const known = new Map([...this.#byPid.values()].map((agent) => [agent.key, agent]));
    const byPid = new Map<number, Agent>();
    for (const one of found) {
      const key = agentKeyOf(one);
      if (byPid.has(one.pid) || this.#isLeftAlone(key, now) || byPid.size >= (this.#options.most ?? MOST_AGENTS))
        continue;
      const virtual = () => this.#options.virtual?.(one.pid);
      byPid.set(one.pid, known.get(key) ?? new Agent(one, virtual, this.#buffer, this.#intake));
      known.delete(key);
    }
    for (const lost of known.values()) this.#drop(lost);
    this.#forgetTurnedAway(new Set(found.map(agentKeyOf)), now);
    this.#byPid = byPid;
    this.#options.afterScan?.(listening);
  }

  /** Closes all connections. */
  close(): void {
    this.#search.drop();
    for (const agent of this.#byPid.values()) this.#drop(agent);
    this.#byPid.clear();
  }

  #turnAwayFailed(now: number): void {
    for (const { trouble, key, found, hello } of this.#byPid.values()) {
      const before = this.#turnedAway.get(key);
      if (trouble === undefined) {
        // Retried, and without errors.
        if (before !== undefined && hello !== undefined) this.#turnedAway.delete(key);
        continue;
      }
      const isOffence = trouble.kind === 'refused' || trouble.kind === 'misbehaved';
      const later = before === undefined ? RETRY_MISBEHAVED : Math.min(before.wait * 2, LATEST_RETRY);
      this.#turnedAway.set(key, {
        trouble,
        pid: found.pid,
        at: now,
        wait: isOffence || trouble.kind === 'silent' ? later : RETRY,
      });
    }
  }

  #isLeftAlone(key: string, now: number): boolean {
    const away = this.#turnedAway.get(key);
    return away !== undefined && now - away.at < away.wait;
  }

  /** Agents whose processes have exited, or that no longer listen, are remembered only briefly. */
  #forgetTurnedAway(found: ReadonlySet<string>, now: number): void {
    for (const [key, { at }] of this.#turnedAway) {
      if (!found.has(key) && now - at >= RETRY) this.#turnedAway.delete(key);
    }
  }

  #drop(agent: Agent): void {
    agent.close();
    this.#given.delete(agent);
  }

  #isDue(processes: readonly Who[]): boolean {
    const now = performance.now();
    const census = censusOf(processes);
    if (census !== this.#census) this.#changedAt = now;
    this.#census = census;
    return now - this.#scannedAt >= (now - this.#changedAt < STARTING ? SOON : LATER);
  }
}

/** A number that changes when a process comes or goes. */
function censusOf(processes: readonly Who[]): number {
  let sum = 0;
  for (let place = 0; place < processes.length; place += 1) {
    const { pid, startTime } = existing(processes[place]);
    sum = (Math.imul(sum, 31) + pid + startTime) | 0;
  }
  return sum;
}
