// The history of one number in the form that charts read, wherever it is stored.

/** The value from `time` (monotonic milliseconds) to the next reading; NaN: unknown. */
export interface Reading {
  readonly time: number;
  readonly value: number;
}

export interface ChartHistory {
  /** In order of time: the last reading at or before `from`, if there is one, and all others up to `to`. */
  readings(from: number, to: number): readonly Reading[];
}

/** The history of a process that exited: what was recorded, and unknown after that. */
export function endedAt(history: ChartHistory, end: number): ChartHistory {
  return {
    readings(from, to) {
      const readings = history.readings(from, Math.min(to, end));
      return end < to && readings.length > 0 ? [...readings, { time: end, value: Number.NaN }] : readings;
    },
  };
}
