// The past of one number as a chart needs it, wherever it is kept.

/** The value from `time` (monotonic milliseconds) to the next reading; NaN: unknown. */
export interface Reading {
  readonly time: number;
  readonly value: number;
}

export interface Past {
  /** In order of time: the reading in force at `from` where there is one, and all others up to `to`. */
  readings(from: number, to: number): readonly Reading[];
}

/** The past of something that ended: what is known of it, and nothing after that. */
export function endedAt(past: Past, end: number): Past {
  return {
    readings(from, to) {
      const readings = past.readings(from, Math.min(to, end));
      return end < to && readings.length > 0 ? [...readings, { time: end, value: Number.NaN }] : readings;
    },
  };
}
