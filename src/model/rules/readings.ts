// The numbers of the machine or of a memory limit that a rule may compare.

import { gaugeOf } from '../cgroup/gauge.ts';
import type { Kind } from '../columns/column.ts';
import type { Forecast } from '../growth/near-end.ts';
import type { Tracker } from '../rows/tracker.ts';
import { type GroupLimit, headroomBelow, type Pressure, swapHeadroomOf } from '../snapshot/cgroup-memory.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';

/** Sizes in bytes; what is unknown is absent. */
export interface RuleReadings {
  readonly available?: number;
  readonly total?: number;
  readonly pressure?: Pressure;
  readonly swapFree?: number;
  readonly swapTotal?: number;
  /** Milliseconds until memory runs out, by the same forecast as the screen's. */
  readonly exhaustedIn?: number;
}

/** A number that a rule may compare. */
export interface RuleMeasure {
  readonly id: string;
  readonly kind: Kind;
  readonly meaning: string;
  /** As the subject of a sentence. */
  readonly phrase: string;
  value(readings: RuleReadings): number | undefined;
  /** What 100% of it is. */
  readonly whole?: (readings: RuleReadings) => number | undefined;
}

export const READINGS: readonly RuleMeasure[] = [
  {
    id: 'available',
    kind: 'bytes',
    meaning: 'memory available without swapping, of the machine or below the limit; a size or a percentage',
    phrase: 'available memory',
    value: ({ available }) => available,
    whole: ({ total }) => total,
  },
  {
    id: 'swap.free',
    kind: 'bytes',
    meaning: 'free swap, a size or a percentage; without swap it is 0',
    phrase: 'free swap',
    value: ({ swapFree }) => swapFree,
    whole: ({ swapTotal }) => swapTotal,
  },
  {
    id: 'pressure.some10',
    kind: 'percent',
    meaning: 'percent of the last 10 s in which at least one task waited for memory',
    phrase: 'memory pressure (some, 10 s)',
    value: ({ pressure }) => pressure?.some10,
  },
  {
    id: 'pressure.full10',
    kind: 'percent',
    meaning: 'percent of the last 10 s in which all tasks waited for memory',
    phrase: 'memory pressure (full, 10 s)',
    value: ({ pressure }) => pressure?.full10,
  },
  {
    id: 'pressure.some60',
    kind: 'percent',
    meaning: 'the same over the last 60 s, at least one task',
    phrase: 'memory pressure (some, 60 s)',
    value: ({ pressure }) => pressure?.some60,
  },
  {
    id: 'pressure.full60',
    kind: 'percent',
    meaning: 'the same over the last 60 s, all tasks',
    phrase: 'memory pressure (full, 60 s)',
    value: ({ pressure }) => pressure?.full60,
  },
  {
    id: 'eta',
    kind: 'milliseconds',
    meaning: 'estimated time until memory runs out',
    phrase: 'the estimated time until memory runs out',
    value: ({ exhaustedIn }) => exhaustedIn,
  },
];

export function readingOf(id: string): RuleMeasure | undefined {
  return READINGS.find((reading) => reading.id === id);
}

/** The readings of the machine, of the limit memtop runs under, or of a cgroup that the snapshot has. */
export function readingsOf({ system, groups }: Snapshot, tracker: Tracker, cgroup?: string): RuleReadings {
  if (cgroup !== undefined) {
    const group = groups?.find(({ path }) => path === cgroup);
    // A cgroup that is missing has no usage, though those above it may have a limit.
    if (group?.limit === undefined || group.charged === undefined) return {};
    return ofLimit(group.limit, system, tracker, group.pressure);
  }
  if (system.limit !== undefined) return ofLimit(system.limit, system, tracker);
  const gauge = gaugeOf(system);
  const { swapFree, swapTotal, pressure } = system;
  return {
    ...(gauge !== undefined && { available: gauge.available, total: gauge.total }),
    ...(swapFree !== undefined && { swapFree }),
    ...(swapTotal !== undefined && { swapTotal }),
    ...(pressure !== undefined && { pressure }),
    ...untilEnd(tracker.headroom?.forecast(tracker.timeline)),
  };
}

function ofLimit(limit: GroupLimit, system: Snapshot['system'], tracker: Tracker, own?: Pressure): RuleReadings {
  const pressure = own ?? limit.pressure;
  const headroom = [...tracker.limits.all()].find(
    (each) => each.limit.path === limit.path && each.limit.limit === limit.limit,
  );
  const swapTotal = Math.min(limit.swapLimit ?? system.swapTotal ?? 0, system.swapTotal ?? 0);
  return {
    available: headroomBelow(limit),
    total: limit.limit,
    swapFree: swapHeadroomOf(limit, system),
    swapTotal,
    ...(pressure !== undefined && { pressure }),
    ...untilEnd(headroom?.headroom.forecast(tracker.timeline)),
  };
}

function untilEnd(forecast: Forecast | undefined): Pick<RuleReadings, 'exhaustedIn'> {
  return forecast === undefined ? {} : { exhaustedIn: forecast.middle };
}
