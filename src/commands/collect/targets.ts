// Finds the processes to collect in, and why others cannot be reached.

import type { Attached } from '../../acting/inspector/attach.ts';
import type { Agent } from '../../agent/client/agent.ts';
import { type Memory, memoryOf } from '../../agent/client/memory.ts';
import type { OpenedAgents } from '../../agent/client/open-agents.ts';
import { enrich, ONCE_TIMEOUT } from '../../agent/enrich.ts';
import { noSuchProcess, nothingMatches, refuseUnknown } from '../../cli/messages.ts';
import { openQuery } from '../../cli/open-query.ts';
import type { Request } from '../../cli/request.ts';
import { UserError } from '../../errors/user-error.ts';
import { select } from '../../model/arrangement/select-and-sort.ts';
import { columnOf } from '../../model/columns/columns.ts';
import { EVERYTHING, filterAt, type Query } from '../../model/query/query.ts';
import { withAverageCpu } from '../../model/rows/average-cpu.ts';
import { Label } from '../../model/rows/label.ts';
import { Tracker } from '../../model/rows/tracker.ts';
import type { Process, Snapshot } from '../../model/snapshot/snapshot.ts';
import { EVERY_ROW } from '../../sampling/sampler/sampler.ts';
import { withSampler } from '../../sampling/samplers.ts';
import { quoted } from '../../settings/values.ts';
import { type AttachToOptions, attachTo, closeLeftOpen } from './attach.ts';
import type { CollectRequest } from './collect-request.ts';

interface Target {
  readonly process: Process;
  readonly agent: Agent;
  /** Its memory before memtop attached to it; absent where it did not. */
  readonly memoryBefore?: Memory;
}

/** The processes, or in sentences why there are none. */
export type Targets = ({ readonly chosen: readonly Target[] } | { readonly sentences: readonly string[] }) & {
  /** Settles when the inspector that attaching opened is closed; with a warning when it is not. */
  readonly settled?: Promise<string | undefined>;
};

/** Maximum number of process names in one sentence. */
const MOST_NAMED = 5;

const ONE_SAMPLE = { samples: 1, milliseconds: 0 };

/**
 * Words that are all numbers are pids; else they are a filter. Several pids are several targets, several matches of
 * a filter only with `--all`.
 *
 * @throws UserError when nothing was named, the filter is not valid, or more was matched than may have been meant
 */
export async function chooseTargets(
  request: Request,
  { words, collectRequest }: { readonly words: readonly string[]; readonly collectRequest: CollectRequest },
  opened: OpenedAgents,
  { environment, signal }: AttachToOptions,
): Promise<Targets> {
  const pids = pidsOf(request, words);
  if (pids === undefined && request.settings.filter === '' && !collectRequest.all) {
    throw new UserError('Which process?', 'Run: memtop collect PID. `memtop agents` lists the processes.');
  }
  const { query } = pids === undefined ? await openQuery(request.settings.filter) : { query: EVERYTHING };
  const filtered = [...query.columns].map(columnOf).filter((column) => column !== undefined);
  refuseUnknown('filter', filtered, ONE_SAMPLE, 'To find its PID, run memtop --for 60s -s growth.');
  const snapshot = await findTargets(request, query, opened, signal);
  const matching = matchingOf(snapshot, query, pids);
  const missing = [...(pids ?? [])].filter((pid) => !matching.some(({ who }) => who.pid === pid));
  if (missing.length > 0) return { sentences: [noSuchProcess(missing)] };
  if (matching.length === 0) return { sentences: [nothingMatches(request)] };
  opened.agents.scan();
  const memoryBefore =
    collectRequest.attach && matching[0] !== undefined ? memoryOf(opened.processes, matching[0].who.pid) : undefined;
  const attached = collectRequest.attach
    ? await attachFirst(matching, pids, opened, { environment, signal })
    : undefined;
  const settled = attached === undefined ? {} : { settled: attached.settled };
  if (attached?.refused !== undefined) return { sentences: [attached.refused], ...settled };
  const chosen = matching.flatMap((process): Target[] => {
    const agent = opened.agents.of(process.who.pid);
    return agent === undefined ? [] : [{ process, agent, ...(memoryBefore !== undefined && { memoryBefore }) }];
  });
  if (chosen.length === 0) return { sentences: whyNone(matching, opened) };
  if (chosen.length > 1 && pids === undefined && !collectRequest.all) {
    throw new UserError(
      `${chosen.length} processes with an agent match: ${listed(chosen.map(({ process }) => process))}.`,
      'Give a PID, or --all.',
    );
  }
  return { chosen, ...settled };
}

/** Puts an agent into the one process that was named, unless it has one. */
async function attachFirst(
  matching: readonly Process[],
  pids: ReadonlySet<number> | undefined,
  opened: OpenedAgents,
  options: AttachToOptions,
): Promise<Attached> {
  const [process] = matching;
  if (pids === undefined || matching.length !== 1 || process === undefined) {
    throw new UserError('--attach needs exactly one PID.', 'Example: memtop collect --attach PID');
  }
  const { pid } = process.who;
  const startTime = opened.processes.startTime(pid);
  if (startTime === undefined) return { refused: noSuchProcess([pid]), settled: Promise.resolve(undefined) };
  if (opened.agents.of(pid) === undefined) return attachTo({ pid, startTime }, opened, options);
  return { refused: undefined, settled: closeLeftOpen({ pid, startTime }, opened, options.environment) };
}

function pidsOf({ settings }: Request, words: readonly string[]): ReadonlySet<number> | undefined {
  if (settings.pids !== undefined) return settings.pids;
  if (words.length === 0 || !words.every((word) => /^[1-9]\d{0,9}$/.test(word))) return undefined;
  return new Set(words.map(Number));
}

/** One snapshot, with what the query has to know. */
async function findTargets(
  { settings }: Request,
  query: Query,
  { agents }: OpenedAgents,
  signal: AbortSignal,
): Promise<Snapshot> {
  return withSampler(settings, async (sampler) => {
    const plain = await sampler.sample({ ...EVERY_ROW, measures: query.measures, everyMeasure: true }, signal);
    const wants = { heap: query.agents.size > 0, gc: query.agents.has('gc') };
    const snapshots = enrich(only(plain), agents, { wants: () => wants, timeout: ONCE_TIMEOUT });
    for await (const snapshot of snapshots) return snapshot;
    return plain;
  });
}

async function* only(snapshot: Snapshot): AsyncGenerator<Snapshot, void, void> {
  yield snapshot;
}

function matchingOf(snapshot: Snapshot, query: Query, pids: ReadonlySet<number> | undefined): Process[] {
  const tracker = new Tracker();
  const rows = withAverageCpu(tracker.advance(snapshot, 1000), snapshot);
  const self = snapshot.observer?.pid;
  const filter =
    filterAt(query, { time: snapshot.time, uptime: snapshot.uptime, timeline: tracker.timeline }) ?? (() => true);
  return select(rows, { filter, named: query.pids, pids, kernel: false, self }).map(({ process }) => process);
}

function whyNone(matching: readonly Process[], { agents }: OpenedAgents): string[] {
  const pids = new Set(matching.map(({ who }) => who.pid));
  const refused = agents.refusals.filter(({ pid }) => pids.has(pid));
  if (refused.length > 0) return refused.slice(0, MOST_NAMED).map(({ path, why }) => `${path} was rejected: ${why}.`);
  const none =
    matching.length === 1
      ? `${listed(matching)} has no agent.`
      : `None of the ${matching.length} processes that match has an agent.`;
  const foreign = agents.foreign > 0 ? ' Agents of other users are available only to them and root.' : '';
  return [`${none}${foreign} Start it with: memtop run -- COMMAND. For Node.js, or use: memtop collect --attach PID`];
}

function listed(processes: readonly Process[]): string {
  const named = processes.slice(0, MOST_NAMED).map(({ who }) => `${quoted(new Label(who).name)} (${who.pid})`);
  const more = processes.length - named.length;
  return more > 0 ? `${named.join(', ')} and ${more} more` : named.join(', ');
}
