// The time window of a chart, in columns at fixed times: a tick redraws only the newest.
import { existing } from '../numbers/existing.ts';
import type { Reading } from './curve.ts';

const MINUTE = 60_000;

/** The selectable spans, in milliseconds. */
export const CHART_SPANS = [1, 2, 5, 10, 20, 60, 120, 360, 1440].map((minutes) => minutes * MINUTE);
/** The longest span of a chart that is not zoomed. */
const USUAL = 10 * MINUTE;

export interface Window {
  /** Monotonic milliseconds at which the first column begins. */
  readonly from: number;
  /** Milliseconds that a column covers. */
  readonly cell: number;
  readonly columns: number;
  readonly now: number;
}

/** The window of `columns` columns that covers `span` milliseconds and whose last column has `now` in it. */
export function windowOf(now: number, span: number, columns: number): Window {
  const cell = span / Math.max(1, columns);
  return { from: (Math.floor(now / cell) - columns + 1) * cell, cell, columns, now };
}

/** The column of a moment; undefined when it lies outside the window. */
export function chartColumnAt({ from, cell, columns }: Window, time: number): number | undefined {
  const column = Math.floor((time - from) / cell);
  return column >= 0 && column < columns ? column : undefined;
}

/** The shortest span that holds the whole history, ten minutes at most. */
export function usualSpan(known: number): number {
  return CHART_SPANS.find((span) => span >= known && span <= USUAL) ?? USUAL;
}

/** The next longer or shorter span; the same at either end. */
export function zoomed(span: number, by: 1 | -1): number {
  return (by === 1 ? CHART_SPANS.find((each) => each > span) : CHART_SPANS.findLast((each) => each < span)) ?? span;
}

/** The highest value known in each column, NaN where none is. Readings are in order of time. */
export function columnValues(readings: readonly Reading[], window: Window): number[] {
  const values = new Array<number>(window.columns).fill(Number.NaN);
  let next = 0;
  let held = Number.NaN;
  for (let column = 0; column < window.columns; column += 1) {
    const begin = window.from + column * window.cell;
    if (begin > window.now) break;
    while (next < readings.length && existing(readings[next]).time <= begin) held = existing(readings[next++]).value;
    let highest = held;
    while (next < readings.length && existing(readings[next]).time < begin + window.cell) {
      held = existing(readings[next++]).value;
      // A column that is known in part is drawn from that part.
      if (Number.isNaN(highest) || held > highest) highest = held;
    }
    values[column] = highest;
  }
  return values;
}
