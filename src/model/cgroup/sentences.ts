// The texts for a gauge's memory, swap and limit, used by all views.

import { clean } from '../../text/clean.ts';
import { formatSize } from '../../text/format.ts';
import { counted } from '../../text/plural.ts';
import type { Thresholds } from '../appearance/appearance.ts';
import { type GroupLimit, swapHeadroomOf } from '../snapshot/cgroup-memory.ts';
import type { SystemMemory } from '../snapshot/snapshot.ts';
import { usedSwap } from '../snapshot/system-memory.ts';
import { type Gauge, gaugeOf, statusOf, titleOfLimit, usedFraction } from './gauge.ts';
import { pressureText } from './pressure.ts';

/** What the gauge's total is: empty for the machine, else ` limit`, or ` high` for memory.high, which throttles. */
export function kindOfTotal({ limit }: Pick<Gauge, 'limit'>): '' | ' limit' | ' high' {
  if (limit === undefined) return '';
  return limit.slows === true ? ' high' : ' limit';
}

/** `281M available of 512M limit`. */
export function availableText(gauge: Gauge, word: 'available of' | 'avail of' | 'of' = 'available of'): string {
  return `${formatSize(gauge.available)} ${word} ${formatSize(gauge.total)}${kindOfTotal(gauge)}`;
}

/** `231M/512M limit used`, `3.50G/23.5G used`: for narrow places. */
export function usedText(gauge: Gauge): string {
  return `${formatSize(gauge.used)}/${formatSize(gauge.total)}${kindOfTotal(gauge)} used`;
}

/** The same in at most the given number of cells: the name of a limit comes before its use. */
export function usedTextIn(gauge: Gauge, width: number): string {
  const whole = usedText(gauge);
  return [whole, whole.replace(/ used$/, '')].find((text) => text.length <= width) ?? whole.slice(0, width);
}

/** `15% used (OK)`. */
export function statusText(gauge: Gauge, thresholds?: Thresholds): string {
  if (gauge.total === 0) return 'none allowed';
  return `${Math.round(usedFraction(gauge) * 100)}% used (${statusOf(gauge, thresholds).word})`;
}

/** The swap that may be used, in bytes. */
export interface SwapGauge {
  readonly total: number;
  /** Absent where the system does not report it. */
  readonly free?: number;
  /** True where the limit allows less than the machine has. */
  readonly isLimited: boolean;
}

/** The swap of a gauge: the machine's, or as much of it as the limit allows. Undefined when unknown. */
export function swapOf(system: SystemMemory, gauge?: Gauge): SwapGauge | undefined {
  const { swapTotal, swapFree } = system;
  const limit = gauge?.limit;
  if (limit?.swapLimit !== undefined && swapTotal !== 0 && limit.swapLimit < (swapTotal ?? Number.POSITIVE_INFINITY)) {
    return {
      total: limit.swapLimit,
      free: swapHeadroomOf(limit, { swapFree: swapFree ?? limit.swapLimit }),
      isLimited: true,
    };
  }
  if (swapTotal === undefined) return undefined;
  return { total: swapTotal, ...(usedSwap(system) !== undefined && { free: swapFree as number }), isLimited: false };
}

/** `392M free of 512M`, ` limit` after it where the limit allows less than the machine has. */
export function swapText({ total, free, isLimited }: SwapGauge): string {
  const kind = isLimited ? ' limit' : '';
  return free === undefined
    ? `${formatSize(total)}${kind}, usage unknown`
    : `${formatSize(free)} free of ${formatSize(total)}${kind}`;
}

/** Why there is no swap; undefined where there is some. */
export function noSwapText(swap: SwapGauge): string | undefined {
  if (swap.total > 0) return undefined;
  return swap.isLimited ? 'Swap: none allowed by the limit' : 'Swap: none configured';
}

/** `limit of docker 3f2a1b4c5d6e`, `memory.high of web.service`. Cleaned. */
export function limitTitle(limit: GroupLimit): string {
  return `${limit.slows === true ? 'memory.high' : 'limit'} of ${clean(titleOfLimit(limit))}`;
}

/** `limit of docker 3f2a1b4c5d6e`, or `docker … is throttled above 900M (memory.high), killed above 8.00G (memory.max)`. */
export function limitSentence(limit: GroupLimit): string {
  if (limit.slows !== true) return limitTitle(limit);
  const title = clean(titleOfLimit(limit));
  const kills = limit.most === undefined ? '' : `, killed above ${formatSize(limit.most)} (memory.max)`;
  return `${title} is throttled above ${formatSize(limit.limit)} (memory.high)${kills}`;
}

/** The header as lines of plain text: memory, the limit and the machine it belongs to, swap, pressure, OOM kills. */
export function memorySentences(system: SystemMemory, thresholds?: Thresholds): string[] {
  const gauge = gaugeOf(system);
  const lines = [`Mem  ${gauge === undefined ? unknownText(system) : gaugeText(gauge, thresholds)}`];
  if (gauge?.limit !== undefined) {
    const machine = gaugeOf(system, true);
    const behind = machine === undefined ? '' : `; the machine has ${availableText(machine)}`;
    lines.push(`     ${limitSentence(gauge.limit)}${behind}`);
  }
  const swap = swapOf(system, gauge);
  const pressure = gauge?.pressure ?? system.pressure;
  const rest = [
    swap === undefined ? undefined : (noSwapText(swap) ?? `Swp  ${swapText(swap)}${usedPercent(swap)}`),
    pressure === undefined ? undefined : pressureText(pressure),
    system.oomKills ? killsText(system.oomKills) : undefined,
  ].filter((part) => part !== undefined);
  return rest.length === 0 ? lines : [...lines, rest.join('  ')];
}

/** `9 OOM kills`. */
export function killsText(count: number): string {
  return counted(count, 'OOM kill');
}

function gaugeText(gauge: Gauge, thresholds?: Thresholds): string {
  return `${availableText(gauge)}, ${statusText(gauge, thresholds)}`;
}

/** The text for a machine whose memory use is unknown. */
export function unknownText({ total, available }: SystemMemory): string {
  if (total !== undefined) return `${formatSize(total)}, usage unknown`;
  return available === undefined ? 'machine memory unknown' : `${formatSize(available)} available`;
}

function usedPercent({ total, free }: SwapGauge): string {
  return free === undefined ? '' : `, ${Math.round((1 - free / total) * 100)}% used`;
}
