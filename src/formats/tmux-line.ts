// The machine's memory and the most interesting process in one short line, for a status bar.

import type { Thresholds } from '../model/appearance/appearance.ts';
import { type Gauge, gaugeOf, statusOf } from '../model/cgroup/gauge.ts';
import { pressureLevel } from '../model/cgroup/pressure.ts';
import { swapOf, usedText } from '../model/cgroup/sentences.ts';
import type { SystemMemory } from '../model/snapshot/snapshot.ts';
import { clean } from '../text/clean.ts';
import { formatAge, formatGrowth, formatSize } from '../text/format.ts';
import { ASCII, BLOCKS, scaleOf, sparkline } from '../text/sparkline.ts';
import { cellWidth, cut } from '../text/width.ts';

/** The line is always narrower than this many cells. */
export const STATUS_WIDTH = 60;

/** The process that the line names. */
export interface Suspect {
  readonly name: string;
  /** Bytes. */
  readonly rss: number;
  /** Bytes a second, when it is large enough to be shown. */
  readonly growth?: number | undefined;
}

export interface StatusLine {
  readonly system: SystemMemory;
  /** Used memory over time, oldest first, NaN where unknown; undefined for no chart. */
  readonly trend?: readonly number[] | undefined;
  readonly suspect?: Suspect | undefined;
  /** Milliseconds until memory is exhausted, where there is a forecast. */
  readonly exhaustedIn?: number | undefined;
}

export interface StatusStyle {
  readonly ascii: boolean;
  /** Coloured by tmux's own marks. */
  readonly tmux: boolean;
  /** The line is read by tmux: no name may be taken for a mark. Always so with `tmux`. */
  readonly isForTmux?: boolean;
  /** Where the colours change. */
  readonly thresholds?: Thresholds;
}

/** Cells that a name keeps before pressure and swap are left out. */
const SHORTEST_NAME = 8;

/**
 * `mem 1.68G/1.95G used ▁▂▃▄▅▆ python3 245M +14.2M/min full 19m`: what is used of memory, or of the limit memtop is under
 * (`231M/512M limit used`), with a word where it is not OK; how available memory went; a process with its RSS and growth;
 * when memory is gone, where there is a forecast. Swap of a limit and pressure are added while there is space for them.
 * Without a line feed. What comes from a process is not taken for a mark by tmux(1), which reads `##` as one `#`.
 */
export function formatStatusLine(line: StatusLine, style: StatusStyle): string {
  const { system, exhaustedIn, suspect } = line;
  const gauge = gaugeOf(system);
  const memory = gauge === undefined ? unknownMemory(system) : memoryText(gauge, style.thresholds);
  const chart = chartText(line, style.ascii);
  const full = exhaustedIn === undefined ? '' : ` full ${formatAge(exhaustedIn)}`;
  const space = STATUS_WIDTH - 1 - cellWidth(`mem ${memory}${chart}${full}`);
  const about = suspect === undefined ? 0 : SHORTEST_NAME + 2 + cellWidth(numbersOf(suspect));
  const more = moreOf(system, gauge, space - about);
  const named = suspect === undefined ? '' : suspectText(suspect, space - cellWidth(more));
  const isForTmux = style.tmux || style.isForTmux === true;
  const process = isForTmux ? named.replaceAll('#', '##') : named;
  return `mem ${style.tmux ? colored(memory, gauge, style.thresholds) : memory}${more}${chart}${process}${full}`;
}

function memoryText(gauge: Gauge, thresholds?: Thresholds): string {
  const { word } = statusOf(gauge, thresholds);
  // The colour shows the rest; these two cannot be seen from the numbers.
  return word === 'throttled' || word === 'stalling' ? `${usedText(gauge)} (${word})` : usedText(gauge);
}

function unknownMemory({ total }: SystemMemory): string {
  return total === undefined ? 'not known' : `?/${formatSize(total)} used`;
}

function chartText({ trend = [] }: StatusLine, ascii: boolean): string {
  const known = trend.filter((value) => !Number.isNaN(value));
  return known.length === 0 ? '' : ` ${sparkline(trend, scaleOf(known), ascii ? ASCII : BLOCKS).trimStart()}`;
}

/** Swap of a limit and pressure that is felt, as far as `space` cells allow: pressure matters more. */
function moreOf(system: SystemMemory, gauge: Gauge | undefined, space: number): string {
  const pressure = gauge?.pressure ?? system.pressure;
  const isFelt = pressure !== undefined && pressureLevel(pressure).role !== 'quiet';
  const felt = isFelt ? ` pressure ${Math.round(pressure.some10)}%` : '';
  const swap = swapOf(system, gauge);
  const limited =
    swap?.isLimited !== true || swap.free === undefined ? '' : swapShort(swap.total - swap.free, swap.total);
  return [limited + felt, felt].find((text) => cellWidth(text) <= space) ?? '';
}

function swapShort(used: number, total: number): string {
  return total === 0 ? ' no swap' : ` swap ${formatSize(used)}/${formatSize(total)}`;
}

/** ` python3 245M +14.2M/min` in the given number of cells; the name is cut if necessary. */
function suspectText(suspect: Suspect, space: number): string {
  const numbers = numbersOf(suspect);
  return ` ${cut(clean(suspect.name), space - numbers.length - 2)} ${numbers}`;
}

function numbersOf({ rss, growth }: Suspect): string {
  return growth === undefined ? formatSize(rss) : `${formatSize(rss)} ${formatGrowth(growth)}/min`;
}

/** Of the 256 colours, readable on tmux's own green bar and any other: each brings its background. Nothing for OK. */
const COLORS = ['', '', 'fg=colour16,bg=colour220', 'fg=colour231,bg=colour124'] as const;

function colored(text: string, gauge: Gauge | undefined, thresholds?: Thresholds): string {
  const color = gauge === undefined ? '' : COLORS[statusOf(gauge, thresholds).level];
  return color === '' ? text : `#[${color}]${text}#[default]`;
}
