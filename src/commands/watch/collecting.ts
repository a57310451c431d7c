// The agents' client behind the screen: heaps for the snapshots, and collecting and attaching by keys.
import { attachAgent } from '../../acting/inspector/attach-agent.ts';
import { leftOpen, leftOpenNotice } from '../../acting/inspector/left-open.ts';
import { placeHere } from '../../acting/inspector/place.ts';
import { Traces } from '../../acting/inspector/traces.ts';
import type { Agent } from '../../agent/client/agent.ts';
import { collectFrom } from '../../agent/client/collect.ts';
import { watchHolders } from '../../agent/client/leak-lines.ts';
import { memoryOf } from '../../agent/client/memory.ts';
import { type OpenedAgents, openAgents } from '../../agent/client/open-agents.ts';
import { checkSpaces, checkStats } from '../../agent/client/replies.ts';
import { enrich } from '../../agent/enrich.ts';
import type { CollectOutcome, Target } from '../../app/state/collects.ts';
import type { Insight } from '../../model/snapshot/insight.ts';
import type { Snapshot } from '../../model/snapshot/snapshot.ts';

/** The agents for the screen. What a program does never makes these functions throw: it is an outcome. */
export class Collecting {
  readonly #opened: OpenedAgents = openAgents({
    environment: process.env,
    platform: process.platform,
    mayRemove: true,
  });

  /** The snapshots with the newest heaps known; no snapshot waits for an agent. */
  enriched(snapshots: AsyncIterable<Snapshot>, gc: () => boolean): AsyncIterable<Snapshot> {
    const { agents } = this.#opened;
    return this.#withInsight(enrich(snapshots, agents, { wants: () => ({ heap: true, gc: gc() }), timeout: 0 }));
  }

  /** Adds the latest report of the detailed process's agent; a report that arrives now comes with the next snapshot. */
  async *#withInsight(snapshots: AsyncIterable<Snapshot>): AsyncGenerator<Snapshot, void, void> {
    let reported: { readonly agent: Agent; readonly insight: Insight } | undefined;
    let isAsking = false;
    for await (const snapshot of snapshots) {
      const { details } = snapshot;
      const agent = details === undefined ? undefined : this.#agentOf(details);
      if (details === undefined || agent === undefined) {
        yield snapshot;
        continue;
      }
      if (!isAsking) {
        isAsking = true;
        void insightOf(agent)
          // What fails is requested again with the next snapshot.
          .catch(() => undefined)
          .then((insight) => {
            isAsking = false;
            reported = insight === undefined ? reported : { agent, insight };
          });
      }
      yield reported?.agent === agent ? { ...snapshot, details: { ...details, insight: reported.insight } } : snapshot;
    }
  }

  /** Collects, and requests further details. */
  async collect(target: Target): Promise<CollectOutcome> {
    const agent = this.#agentOf(target);
    if (agent === undefined) return { trouble: 'Its agent is gone: the program has exited or closed the connection.' };
    const { processes } = this.#opened;
    const collected = await collectFrom(agent, { level: 'reclaim', memory: (pid) => memoryOf(processes, pid) });
    if ('trouble' in collected) return { trouble: collected.trouble.sentence };
    return { collection: collected.value, insight: await insightOf(agent) };
  }

  /** Watches for some seconds, and names what holds the memory. */
  async watch(target: Target, seconds: number): Promise<CollectOutcome> {
    const agent = this.#agentOf(target);
    if (agent === undefined) return { trouble: 'Its agent is gone: the program has exited or closed the connection.' };
    const watched = await watchHolders(agent, { seconds, wantsLines: true });
    return 'trouble' in watched ? { trouble: watched.trouble.sentence } : { holders: watched.value };
  }

  /**
   * Puts an agent into a Node program that has none, and waits until it answers. `onOpen` is given a sentence when the
   * inspector that this opened cannot be closed. Nothing waits for that: the process that attaches outlives memtop.
   */
  async attach({ pid, startTime }: Target, onOpen: (sentence: string) => void): Promise<CollectOutcome> {
    const options = { folder: import.meta.dirname, environment: process.env };
    const { refused, settled } = await attachAgent({ pid, startTime }, this.#opened, options);
    void settled.then((warning) => warning !== undefined && onOpen(warning));
    return refused === undefined ? { attached: true } : { trouble: refused };
  }

  /** The notice about debuggers that a killed memtop of this user left open; undefined when there are none. */
  debuggersLeft(): string | undefined {
    const { processes } = this.#opened;
    return leftOpenNotice(leftOpen(processes, new Traces(placeHere(), processes)));
  }

  close(): void {
    this.#opened.agents.close();
  }

  /** The agent of exactly this process: a reused pid is another. */
  #agentOf({ pid, startTime }: Pick<Target, 'pid' | 'startTime'>): Agent | undefined {
    const agent = this.#opened.agents.of(pid);
    return (agent?.found.startTime ?? startTime) === startTime ? agent : undefined;
  }
}

/**
 * Heap spaces, workers and collections; undefined when the agent reports nothing more. One whose program is blocked or
 * collects gets no request: requests would only pile up.
 */
async function insightOf(agent: Agent): Promise<Insight | undefined> {
  if (agent.busySince !== undefined || agent.collecting) return undefined;
  const [spaces, stats] = await Promise.all([
    agent.request('spaces', {}, checkSpaces),
    agent.request('stats', {}, checkStats),
  ]);
  if ('trouble' in stats) return undefined;
  const { workers, gc = {} } = stats.value;
  return {
    spaces: 'value' in spaces ? spaces.value : [],
    ...(workers === undefined ? {} : { workers }),
    gc: Object.entries(gc).map(([kind, tally]) => ({ kind, ...tally })),
  };
}
