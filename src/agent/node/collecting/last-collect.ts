// A last collection while the program exits: at once, since nothing that waits would ever be called again.
import { LAST_COLLECT_TIME } from '../../protocol/exit-note.ts';
import { type CollectResult, type CollectStep, MAX_ROUNDS, type Stats, WORTHWHILE } from '../../protocol/protocol.ts';
import { hasTrim } from '../runtime/runtime.ts';
import { milliseconds, rounded } from '../runtime/time.ts';
import { chooseAtOnce } from './collectors.ts';
import { trimAllocator } from './trim.ts';

/** Milliseconds that a collection takes for each MiB of heap, at the most that was measured. */
const PER_MEBIBYTE = 2.1;
const MEBIBYTE = 2 ** 20;

/** Undefined where this runtime cannot collect at once, and where it would take longer than there is time. */
export function collectAtExit(readStats: () => Stats): CollectResult | undefined {
  const collect = chooseAtOnce();
  const before = readStats();
  if (collect === undefined || ((before.heapUsed ?? 0) / MEBIBYTE) * PER_MEBIBYTE > LAST_COLLECT_TIME) return undefined;
  const begun = milliseconds();
  const steps: CollectStep[] = [];
  const take = (name: string, work: () => unknown) => {
    const since = milliseconds();
    work();
    const { heapUsed, external, rss } = process.memoryUsage();
    const held = heapUsed + external;
    steps.push({ name, ms: rounded(milliseconds() - since), rss, held });
    return { rss, held, took: milliseconds() - since };
  };
  let last = { rss: before.rss, held: (before.heapUsed ?? 0) + (before.external ?? 0) };
  for (let round = 0; round < MAX_ROUNDS.default; round += 1) {
    const now = take('last-resort', collect);
    const hasTime = milliseconds() - begun + now.took < LAST_COLLECT_TIME;
    if (!hasTime || Math.max(last.rss - now.rss, last.held - now.held) < WORTHWHILE * last.rss) break;
    last = now;
  }
  const rounds = steps.length;
  if (hasTrim() && milliseconds() - begun < LAST_COLLECT_TIME) take('trim', trimAllocator);
  return { level: 'reclaim', ms: rounded(milliseconds() - begun), rounds, steps, before, after: readStats() };
}
