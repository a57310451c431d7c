// A line fitted to a window of a curve: its slope, and how much of the movement it explains. Computed when first needed.

import { existing } from '../../numbers/existing.ts';
import { arrayOf, type Workspace } from '../../numbers/workspace.ts';
import { type Profile, profileOf } from './profile.ts';
import type { Observed, Readings } from './readings.ts';
import { medianOf, slope } from './theil-sen.ts';

/** Spans into which a window is cut. */
export const FIT_SPANS = 60;
/** Only every third span is used for the spread. Sorting all would cost more than everything else here. */
const SPREAD_STEP = 3;
/** As many as five readings make. */
const FEWEST_SPANS = 4;

/** The readings must not change while the fit is in use. */
export class Fit {
  /** Milliseconds until now. */
  readonly window: number;
  readonly #readings: Readings;
  readonly #observed: Observed;
  #profile: Profile | undefined;
  #line: { readonly growth: number; readonly quality: number } | undefined;

  constructor(readings: Readings, observed: Observed, window: number) {
    this.#readings = readings;
    this.#observed = observed;
    this.window = window;
  }

  get profile(): Profile {
    const { now } = this.#observed;
    this.#profile ??= profileOf(this.#readings, now - this.window, now, FIT_SPANS);
    return this.#profile;
  }

  /** Units a second. */
  get growth(): number {
    this.#line ??= this.#fitted();
    return this.#line.growth;
  }

  /** From 0 to 1: 1 for a line, about 0 for what only swings. */
  get quality(): number {
    this.#line ??= this.#fitted();
    return this.#line.quality;
  }

  #fitted(): { readonly growth: number; readonly quality: number } {
    const { now, interval } = this.#observed;
    // Where readings are fewer than spans, spans of one reading each: a staircase is not as steep as what it stands for.
    const count = Math.max(FEWEST_SPANS, Math.floor(this.window / interval));
    const { times, means } =
      count < FIT_SPANS ? profileOf(this.#readings, now - this.window, now, count) : this.profile;
    const { workspace } = this.#readings;
    const growth = slope(times, means, workspace);
    const flat = spread(means, times, 0, workspace);
    const bent = spread(means, times, growth, workspace);
    return { growth, quality: flat === 0 ? 1 : Math.max(0, 1 - bent / flat) };
  }
}

/** The median distance from the median, once a line of this slope is taken away. */
function spread(values: Float64Array, times: Float64Array, rate: number, workspace: Workspace | undefined): number {
  const left = arrayOf(Math.ceil((values.length - 1) / SPREAD_STEP), workspace);
  for (let index = 0; index < left.length; index += 1) {
    const at = index * SPREAD_STEP + 1;
    left[index] = existing(values[at]) - rate * existing(times[at]);
  }
  const middle = medianOf(left, left.length);
  for (let index = 0; index < left.length; index += 1) left[index] = Math.abs(existing(left[index]) - middle);
  return medianOf(left, left.length);
}
