// When a process or the machine runs out of memory or reaches a limit.
import type { Forecast } from '../growth/near-end.ts';
import type { Series } from '../history/series.ts';
import type { Timeline } from '../history/timeline.ts';
import type { GroupLimit } from '../snapshot/cgroup-memory.ts';
import { risersOf } from './risers.ts';
import type { Row } from './row.ts';
import { growthOf, judgementOf } from './row-growth.ts';
import type { Tracker } from './tracker.ts';

/** The known limits of a row: the headroom of each, over time. */
export function limitsOf(row: Row): readonly Series[] {
  return [row.heapHeadroom, row.groupHeadroom].filter((headroom) => headroom !== undefined);
}

/** When the row reaches the nearest of its limits; undefined without a forecast. */
export function forecastOf(row: Row, timeline: Timeline): Forecast | undefined {
  let nearest: Forecast | undefined;
  for (const headroom of limitsOf(row)) {
    const own = headroom.forecast(timeline);
    if (own !== undefined && own.middle < (nearest?.middle ?? Number.POSITIVE_INFINITY)) nearest = own;
  }
  return nearest;
}

/** Growth over fewer milliseconds than this is not blamed: a process that has just started did not fill the memory. */
const LEAST_GROWN = 10_000;

/** The fastest growing process must account for at least this fraction of the loss to be named. */
const EXPLAINS = 0.5;

/** What runs out first, and when: memory and swap of the machine, or the headroom of a cgroup limit. */
interface End {
  readonly forecast: Forecast;
  readonly headroom: Series;
  /** Absent where it is the machine that runs out. */
  readonly limit?: GroupLimit;
}

/** Undefined when nothing runs out, or it is unknown. */
export function firstEnd({ headroom, limits, timeline }: Tracker): End | undefined {
  const ends: End[] = [];
  for (const left of [...(headroom === undefined ? [] : [{ headroom }]), ...limits.all()]) {
    const forecast = left.headroom.forecast(timeline);
    if (forecast !== undefined) ends.push({ ...left, forecast });
  }
  return ends.sort((one, other) => one.forecast.middle - other.forecast.middle)[0];
}

/** The most processes whose cgroup is read when there is a forecast. */
const MOST_SUSPECTS = 8;

/** The processes that grow fastest while something runs out, fastest first: their cgroups show which of them is the cause. */
export function suspectsOf(rows: readonly Row[], tracker: Tracker): readonly Row[] {
  if (firstEnd(tracker) === undefined) return [];
  return risersOf(rows, tracker.timeline)
    .map((row) => ({ row, growth: growthOf(row, tracker.timeline) ?? 0 }))
    .filter(({ growth }) => growth > 0)
    .sort((one, other) => other.growth - one.growth)
    .slice(0, MOST_SUSPECTS)
    .map(({ row }) => row);
}

/** What runs out first, and the fastest growing process if it explains at least half of it. */
export interface Exhaustion {
  readonly forecast: Forecast;
  readonly limit?: GroupLimit;
  readonly by?: { readonly row: Row; readonly growth: number };
}

/**
 * Undefined when nothing runs out, or it is unknown. memtop's own process counts too. `among` chooses the rows that are
 * judged: by default the few that rose most.
 */
export function exhaustionOf(
  rows: readonly Row[],
  tracker: Tracker,
  among: (rows: readonly Row[], timeline: Timeline) => Iterable<Row> = risersOf,
): Exhaustion | undefined {
  const end = firstEnd(tracker);
  if (end === undefined) return undefined;
  const { forecast, headroom, limit } = end;
  // Where peaks reach the end first, the middle is sooner than any process's growth explains.
  const lost = headroom.value / forecast.latest;
  let by: Exhaustion['by'];
  const suspected = limit === undefined ? rows : rows.filter((row) => isInCgroup(row.process.cgroup, limit.path));
  for (const row of among(suspected, tracker.timeline)) {
    const judgement = judgementOf(row, tracker.timeline);
    if (judgement === undefined || judgement.window < LEAST_GROWN) continue;
    if (judgement.growth > (by?.growth ?? 0)) by = { row, growth: judgement.growth };
  }
  const found = limit === undefined ? { forecast } : { forecast, limit };
  return by === undefined || by.growth < lost * 1000 * EXPLAINS ? found : { ...found, by };
}

/** Whether a process is in a cgroup or below it. False where its cgroup is unknown. */
export function isInCgroup(cgroup: string | undefined, path: string): boolean {
  if (path === '/') return true;
  if (cgroup === undefined) return false;
  return cgroup === path || cgroup.startsWith(`${path}/`);
}
