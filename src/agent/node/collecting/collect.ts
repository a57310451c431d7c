// Collects garbage at one of three levels and reports what each step did.
import { type CollectResult, type CollectStep, type Stats, WORTHWHILE } from '../../protocol/protocol.ts';
import { closeSession, type InspectorSession, openSession } from '../runtime/inspector-session.ts';
import type { CollectWish } from '../runtime/params.ts';
import { hasTrim } from '../runtime/runtime.ts';
import { milliseconds, rounded, turn } from '../runtime/time.ts';
import { collectWorkers } from '../workers/worker-collect.ts';
import type { WorkerCount } from '../workers/workers.ts';
import { type Collector, chooseCollectors } from './collectors.ts';
import { trimAllocator } from './trim.ts';

/** Bytes of array buffers from which it is worth checking whether they were freed. */
const NOTICEABLE = 1024 * 1024;

/** One step; returns notes beyond time and RSS. */
type Work = () => Promise<Partial<CollectStep> | undefined>;

class Steps {
  readonly list: CollectStep[] = [];
  rounds = 0;

  async take(name: string, work: Work): Promise<void> {
    const begun = milliseconds();
    const facts = await work();
    this.list.push({ name, ms: rounded(milliseconds() - begun), rss: process.memoryUsage.rss(), ...facts });
  }

  async round(collector: Collector): Promise<void> {
    this.rounds += 1;
    await this.take(collector.name, async () => {
      await collector.run();
      return { held: occupied().held, ...(collector.note === undefined ? {} : { note: collector.note }) };
    });
  }
}

/** What a collect needs to know of the program it runs in. */
export interface CollectSurroundings {
  /** Reads this program's memory. */
  readStats(): Stats;
  /** Absent where they cannot be counted. */
  readonly workers?: WorkerCount | undefined;
}

/**
 * Collects once.
 *
 * @throws ProtocolError (as a rejection) when this runtime offers no way to collect
 */
export async function collectGarbage(wish: CollectWish, around: CollectSurroundings): Promise<CollectResult> {
  const session = wish.level === 'reclaim' ? openSession() : undefined;
  try {
    const collectors = chooseCollectors(session);
    const steps = new Steps();
    const before = around.readStats();
    if (wish.level === 'reclaim') {
      await reclaim(steps, collectors.lastResort, wish.maxRounds);
      await workersToo(steps, around.workers, session);
      if (hasTrim()) await steps.take('trim', async () => trimAllocator());
    } else await steps.round(wish.level === 'minor' ? collectors.minor : collectors.major);
    await settle(before, collectors, around.readStats);
    const ms = steps.list.reduce((sum, step) => sum + step.ms, 0);
    return {
      level: wish.level,
      ms: rounded(ms),
      rounds: steps.rounds,
      steps: steps.list,
      before,
      after: around.readStats(),
    };
  } finally {
    if (session !== undefined) await closeSession(session);
  }
}

async function reclaim(steps: Steps, collector: Collector, maxRounds: number): Promise<void> {
  let last = occupied();
  while (steps.rounds < maxRounds) {
    await steps.round(collector);
    await turn();
    const now = occupied();
    if (Math.max(last.rss - now.rss, last.held - now.held) < WORTHWHILE * last.rss) break;
    last = now;
  }
}

async function workersToo(
  steps: Steps,
  known: WorkerCount | undefined,
  session: InspectorSession | undefined,
): Promise<void> {
  const begun = milliseconds();
  const facts = await collectWorkers(known, session);
  if (facts.workers === 0 && facts.note === undefined) return;
  steps.list.push({ name: 'workers', ms: rounded(milliseconds() - begun), rss: process.memoryUsage.rss(), ...facts });
}

function occupied(): { readonly rss: number; readonly held: number } {
  const { rss, heapUsed, external } = process.memoryUsage();
  return { rss, held: heapUsed + external };
}

/**
 * Array buffers are freed in the background, and their figures are updated by the next collection: a
 * minor one will do from Node 18 on, 16 needs a major one.
 */
async function settle(
  before: Stats,
  collectors: { readonly minor: Collector; readonly major: Collector },
  readStats: () => Stats,
): Promise<void> {
  await turn();
  if ((before.arrayBuffers ?? 0) < NOTICEABLE) return;
  await collectors.minor.run();
  if (isStale(before, readStats())) await collectors.major.run();
}

function isStale(before: Stats, now: Stats): boolean {
  const buffersFell = (before.arrayBuffers ?? 0) - (now.arrayBuffers ?? 0);
  const externalFell = (before.external ?? 0) - (now.external ?? 0);
  return buffersFell > NOTICEABLE && externalFell < buffersFell / 2;
}
