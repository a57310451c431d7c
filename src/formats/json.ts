// A snapshot as one JSON document on one line: version 1 of a format that other programs rely on.
import { breakdownOf } from '../model/breakdown/breakdown.ts';
import { zramOf } from '../model/breakdown/zram.ts';
import type { Column, Moment } from '../model/columns/column.ts';
import { columnsOfSet } from '../model/columns/column-sets.ts';
import { columnOf } from '../model/columns/columns.ts';
import type { Row } from '../model/rows/row.ts';
import { usedOf } from '../model/snapshot/cgroup-memory.ts';
import type { Kill } from '../model/snapshot/oom-kill.ts';
import type { SystemMemory } from '../model/snapshot/snapshot.ts';
import { usedMemory, usedSwap } from '../model/snapshot/system-memory.ts';
import { escapeUnprintable } from '../text/clean.ts';
import type { Report } from './printout.ts';
import { round } from './round.ts';
import { isoTime } from './time.ts';

/**
 * The document and a line feed. Sizes are bytes, `growth` is bytes a second, what is not known is absent.
 * Texts are carried as they were read, but nothing unprintable stands in the line itself: control, format and bidi
 * characters are written \uXXXX, so that it can be printed to a terminal and read back unchanged.
 */
export function formatJson(report: Report): string {
  const { time, host, system, gaps, events } = report.snapshot;
  const document = {
    version: 1,
    time: isoTime(time),
    host: { name: host.name, platform: host.platform, kernel: host.kernel },
    system: {
      ...systemOf(system),
      ...swappingOf(report),
      exhaustedAt: momentIn(report.exhaustedIn, report),
      memory: memoryOf(system),
    },
    processes: report.rows.map((row) => processOf(row, report)),
    events: (events ?? []).map(eventOf),
    gaps: gaps.map(({ what, why, count }) => ({ what, why, count })),
  };
  return `${escapeUnprintable(JSON.stringify(document))}\n`;
}

/** JSON.stringify leaves out what is undefined: absent is not known. */
function systemOf(system: SystemMemory) {
  return {
    total: system.total,
    free: system.free,
    available: system.available,
    used: usedMemory(system),
    buffers: system.buffers,
    cached: system.cached,
    swapTotal: system.swapTotal,
    swapUsed: usedSwap(system),
    ...limitOf(system),
    pressure: pressureOf(system),
    oomKills: system.oomKills,
  };
}

/** The time the given milliseconds after the snapshot, where that is known. */
function momentIn(ahead: number | undefined, { snapshot }: Report): string | undefined {
  return ahead === undefined ? undefined : isoTime(snapshot.time + Math.round(ahead));
}

/** In bytes a second. */
function swappingOf({ swapRates }: Report) {
  return { swapInPerSecond: round(swapRates?.in, 1), swapOutPerSecond: round(swapRates?.out, 1) };
}

/**
 * Where the memory went: all parts but `zramStored` add up to `total`, exactly. `zramStored` is what zram holds before
 * compression, `zramUsed` the memory that this takes. A part that is not known is absent, and in `unaccounted`.
 */
function memoryOf(system: SystemMemory) {
  const breakdown = breakdownOf(system);
  return breakdown === undefined ? undefined : { ...breakdown, zramStored: zramOf(system)?.stored };
}

function eventOf({ time, ...kill }: Kill) {
  const { type, pid, name, user, rss, scope, cgroup, limit, by, certainty, source, verified } = kill;
  return { type, time: isoTime(time), pid, name, user, rss, scope, cgroup, limit, by, certainty, source, verified };
}

/**
 * The limit in force. `limitUsed` is without what can be reclaimed, as `used` is; `limitWorkingSet` is what kubelet counts,
 * `limitCharged` all that the kernel does. With `limitThrottles` it is memory.high, and `limitKills` the memory.max above it.
 */
function limitOf({ limit }: SystemMemory) {
  if (limit === undefined) return {};
  return {
    limit: limit.limit,
    limitUsed: usedOf(limit),
    limitCharged: limit.charged,
    limitWorkingSet: limit.workingSet,
    limitCgroup: limit.path,
    limitThrottles: limit.slows,
    limitKills: limit.slows === true ? limit.most : undefined,
    limitSwap: limit.swapLimit,
    limitSwapUsed: limit.swapUsed,
  };
}

/** Of the cgroup whose limit is in force, else of the machine. */
function pressureOf(system: SystemMemory) {
  const pressure = system.limit?.pressure ?? system.pressure;
  return pressure === undefined ? undefined : { some10: pressure.some10, full10: pressure.full10 };
}

/** The fields of a process in every document. */
const ALWAYS = columnsOfSet('json');

/** The same, with the fields of the columns that were chosen. */
function processOf(row: Row, { moment, wanted = [] }: Report): Readonly<Record<string, unknown>> {
  const added = wanted.map(columnOf).filter((column) => column?.json !== undefined && column.sets?.json === undefined);
  const fields: Record<string, unknown> = {};
  for (const column of [...ALWAYS, ...added]) {
    if (column !== undefined) fields[column.json?.name ?? column.id] = fieldOf(column, row, moment);
  }
  return fields;
}

/** The value of a column as JSON has it; undefined, which JSON leaves out, when it is not known. */
function fieldOf(column: Column, row: Row, moment: Moment): unknown {
  const { json = {} } = column;
  if (json.value === undefined && column.raw !== undefined) return column.raw(row);
  const value = (json.value ?? column.value)(row, moment);
  if (typeof value !== 'number') return value;
  return json.isTime ? isoTime(value) : round(value, json.decimals ?? 2);
}
