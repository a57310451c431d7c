// The readings of one number, in the form that the growth functions take.

/** Readings in order of time: from `times[i]` on, in milliseconds of the timeline, the value was `values[i]`. */
export interface Readings {
  readonly times: Float64Array;
  readonly values: Float64Array;
  readonly count: number;
}

/** The curve that readings belong to: its beginning, its end, and its sampling interval. All in milliseconds. */
export interface Observed {
  readonly since: number;
  readonly now: number;
  readonly interval: number;
}
