// The figures below a chart: lowest, mean, highest, and when the highest was reached.
import type { Reading } from './curve.ts';

export interface Summary {
  readonly lowest: number;
  /** Weighted by time. */
  readonly mean: number;
  readonly highest: number;
  /** Monotonic milliseconds at which it first was that high. */
  readonly highestAt: number;
}

/** The summary of what was known between two moments; undefined when nothing was known. */
export function summaryOf(readings: readonly Reading[], from: number, to: number): Summary | undefined {
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  let highestAt = from;
  let sum = 0;
  let weight = 0;
  for (const [index, { time, value }] of readings.entries()) {
    const end = Math.min(to, readings[index + 1]?.time ?? to);
    const began = Math.max(from, time);
    if (Number.isNaN(value) || end < began || time > to) continue;
    lowest = Math.min(lowest, value);
    if (value > highest) {
      highest = value;
      highestAt = began;
    }
    sum += value * (end - began);
    weight += end - began;
  }
  if (highest < lowest) return undefined;
  // Sums of many large numbers are not exact.
  const mean = weight > 0 ? Math.max(lowest, Math.min(highest, sum / weight)) : highest;
  return { lowest, mean, highest, highestAt };
}

/** The summary with the value that the table shows now, which may be more exact than the history. */
export function including(summary: Summary, value: number, at: number): Summary {
  if (value >= summary.lowest && value <= summary.highest) return summary;
  return value > summary.highest
    ? { ...summary, highest: value, highestAt: at }
    : { ...summary, lowest: value, mean: Math.max(value, summary.mean) };
}
