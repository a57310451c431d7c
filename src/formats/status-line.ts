// The machine's memory and the process to look at in one short line, for a status bar.
import { clean } from '../model/clean.ts';
import { formatAge, formatGrowth, formatSize } from '../model/format.ts';
import { type Gauge, gaugeOf } from '../model/gauge.ts';
import { levelOf } from '../model/level.ts';
import type { Thresholds } from '../model/look.ts';
import type { SystemMemory } from '../model/snapshot.ts';
import { ASCII, BLOCKS, scaleOf, sparkline } from '../model/sparkline.ts';
import { cellWidth, cut } from '../model/width.ts';

/** The line is always narrower than this many cells. */
export const STATUS_WIDTH = 60;

/** The process that the line tells of. */
export interface Suspect {
  readonly name: string;
  /** Bytes. */
  readonly rss: number;
  /** Bytes a second, when it is worth telling. */
  readonly growth?: number | undefined;
}

export interface StatusLine {
  readonly system: SystemMemory;
  /** Available memory over time, oldest first, NaN where unknown; undefined for no chart. */
  readonly trend?: readonly number[] | undefined;
  readonly suspect?: Suspect | undefined;
  /** Milliseconds until memory is exhausted, where that can be told. */
  readonly exhaustedIn?: number | undefined;
}

export interface StatusStyle {
  readonly ascii: boolean;
  readonly tmux: boolean;
  /** Where the colours change; the usual thresholds unless said otherwise. */
  readonly thresholds?: Thresholds;
}

/**
 * `mem 281M/1.95G ▇▆▅▄▃▂ python3 245M +14.2M/min`: available of total memory (`281M/512M limit` of a
 * cgroup's), how that went, and a process with its RSS and growth, and ` full 19m` where that is foretold. With `tmux`
 * the first part is coloured by the share in use, and what comes from
 * a process cannot be taken for markup: tmux(1) reads `##` as one `#`. Without a line feed.
 */
export function formatStatusLine(line: StatusLine, style: StatusStyle): string {
  const gauge = gaugeOf(line.system);
  const limit = gauge?.limit === undefined ? '' : ' limit';
  const { available, total } = gauge ?? line.system;
  const memory = `${sizeOf(available)}/${sizeOf(total)}${limit}`;
  const known = (line.trend ?? []).filter((value) => !Number.isNaN(value));
  const chart =
    known.length === 0
      ? ''
      : ` ${sparkline(line.trend ?? [], scaleOf(known), style.ascii ? ASCII : BLOCKS).trimStart()}`;
  const full = line.exhaustedIn === undefined ? '' : ` full ${formatAge(line.exhaustedIn)}`;
  const room = STATUS_WIDTH - 1 - cellWidth(`mem ${memory}${chart}${full}`);
  const suspect = line.suspect === undefined ? '' : tell(line.suspect, room);
  return style.tmux
    ? `mem ${colored(memory, gauge, style.thresholds)}${chart}${suspect.replaceAll('#', '##')}${full}`
    : `mem ${memory}${chart}${suspect}${full}`;
}

/** ` python3 245M +14.2M/min` in so many cells, the name being what is cut. */
function tell({ name, rss, growth }: Suspect, room: number): string {
  const numbers = growth === undefined ? formatSize(rss) : `${formatSize(rss)} ${formatGrowth(growth)}/min`;
  return ` ${cut(clean(name), room - numbers.length - 2)} ${numbers}`;
}

const COLORS = ['green', 'yellow', 'colour208', 'red'] as const;

function colored(text: string, gauge: Gauge | undefined, thresholds?: Thresholds): string {
  if (gauge === undefined || gauge.total === 0) return text;
  return `#[fg=${COLORS[levelOf(gauge.used / gauge.total, thresholds)]}]${text}#[default]`;
}

function sizeOf(bytes: number | undefined): string {
  return bytes === undefined ? '?' : formatSize(bytes);
}
