// A collection as printed lines: heap and RSS before and after, the verdict as a sentence, and what to do next.

import { formatPause, formatSize } from '../../text/format.ts';
import { counted } from '../../text/plural.ts';
import { ASCII, BLOCKS, scaleOf, sparkline } from '../../text/sparkline.ts';
import { cellWidth, cut } from '../../text/width.ts';
import type { Collection } from './collection.ts';

export interface LinesStyle {
  readonly ascii: boolean;
  /** Cells at which lines are wrapped; undefined for no wrapping. */
  readonly width?: number | undefined;
}

const LONGEST_BAR = 20;
/** Cells of a line of change that are not part of a bar. */
const BESIDE_BARS = 44;
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
const CURVE = 30;

/** The lines, without newlines. `name` is cleaned already. */
export function collectionLines(collection: Collection, name: string, style: LinesStyle): string[] {
  const { pid, level, rounds, pauseMs, before, after, explanation, next, verdict } = collection;
  const head = `collect  ${name} (${pid})  ${level}, ${counted(rounds, 'round')}, paused ${formatPause(pauseMs)}`;
  const lines = [style.width === undefined ? head : cut(head, style.width)];
  if (before.heapUsed !== undefined && after.heapUsed !== undefined) {
    lines.push(change('heap', before.heapUsed, after.heapUsed, style));
    const held = (before.external ?? 0) + (after.external ?? 0);
    if (held > before.rss / 50) lines.push(change('ext.', before.external ?? 0, after.external ?? 0, style));
  }
  if (before.workers !== undefined && after.workers !== undefined)
    lines.push(change('wrk.', before.workers, after.workers, style));
  lines.push(`${change('RSS ', before.rss, after.rss, style)}  after 2 s`);
  const curve = curveOf(collection, style);
  if (curve !== undefined) lines.push(curve);
  lines.push(...paragraph(`${verdict.toUpperCase()}: ${explanation}`, style), ...paragraph(`Next: ${next}`, style));
  return lines;
}

/** `  heap  ████████████████████ 148M  → █▌ 11M  −137M`, its bars on one scale. */
function change(label: string, before: number, after: number, style: LinesStyle): string {
  const most = Math.max(before, after);
  const [arrow, minus] = style.ascii ? ['->', '-'] : ['→', '−'];
  const fall = before - after;
  const sign = fall > 0 ? minus : fall < 0 ? '+' : '';
  const length = barLength(style);
  const left = `${bar(before / most, length, style)} ${formatSize(before)}`;
  const right = `${bar(after / most, length, style)} ${formatSize(after)}`;
  return `  ${label}  ${left.padEnd(length + 6)} ${arrow} ${right.padEnd(length + 6)} ${sign}${formatSize(Math.abs(fall))}`;
}

function barLength({ width }: LinesStyle): number {
  return width === undefined ? LONGEST_BAR : Math.max(4, Math.min(LONGEST_BAR, Math.floor((width - BESIDE_BARS) / 2)));
}

/** A bar as long as a fraction from 0 to 1: blocks in eighths, or ASCII. */
function bar(fraction: number, length: number, { ascii }: LinesStyle): string {
  const eighths = Math.round((Number.isFinite(fraction) ? fraction : 0) * length * 8);
  if (ascii) return '#'.repeat(Math.round(eighths / 8));
  return '█'.repeat(eighths >> 3) + EIGHTHS[eighths & 7];
}

function curveOf({ curve }: Collection, { ascii }: LinesStyle): string | undefined {
  const last = curve.at(-1);
  if (last === undefined || curve.length < 3) return undefined;
  const values = curve.map(({ rss }) => rss);
  const step = Math.max(1, values.length / CURVE);
  const picked = Array.from(
    { length: Math.min(CURVE, values.length) },
    (_, index) => values[Math.floor(index * step)] ?? Number.NaN,
  );
  const line = sparkline(picked, { low: 0, high: scaleOf(values).high }, ascii ? ASCII : BLOCKS);
  return `  RSS over ${(last.ms / 1000).toFixed(1)} s  ${line}`;
}

/** Words in lines of the given width, indented by two. */
export function paragraph(text: string, { width }: LinesStyle): string[] {
  if (width === undefined) return [`  ${text}`];
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && cellWidth(last) + 1 + cellWidth(word) <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`  ${word}`);
  }
  return lines;
}
