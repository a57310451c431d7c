// Recorded curves of real programs: see test/fixtures/curves.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Point } from './curves.ts';
import type { LimitRun } from './limits.ts';

interface Recorded {
  readonly milliseconds: readonly number[];
  readonly rssPages: readonly number[];
  readonly usedPages?: readonly number[];
  readonly limit?: number;
  readonly killedAt?: number;
}

const PAGE = 4096;

/** The recordings whose names begin with a prefix, by name. */
export function recordedCurves(folder: string, kind: 'pattern' | 'limit' | 'spared'): [string, Recorded][] {
  return readdirSync(folder)
    .filter((name) => name.startsWith(`${kind}.`))
    .map((name) => [
      name.slice(kind.length + 1, -'.json'.length),
      JSON.parse(readFileSync(join(folder, name), 'utf8')),
    ]);
}

/** Pages over time in bytes. */
export function pointsOf({ milliseconds }: Recorded, pages: readonly number[]): Point[] {
  return milliseconds.map((time, index) => ({ time, value: (pages[index] ?? 0) * PAGE }));
}

/** The runs toward a limit; the last reading before the kill is the last one there was. */
export function recordedRuns(folder: string): LimitRun[] {
  return [...recordedCurves(folder, 'limit'), ...recordedCurves(folder, 'spared')].map(([kind, recorded]) => ({
    kind,
    limit: recorded.limit ?? 0,
    hitAt: recorded.killedAt,
    points: pointsOf(recorded, recorded.usedPages ?? []),
  }));
}
