// The history of a number as tables read it, whether it is stored or a sum of others.

import type { Judgement } from '../growth/growth.ts';
import type { Timeline } from './timeline.ts';

/** Of one process, or the sum of several. */
export interface History {
  /** The newest value. */
  readonly value: number;
  /**
   * The newest `count` cells of the trend, oldest first: the highest value in each, and the current value in the last.
   * NaN before it began and where nothing was sampled.
   */
  cells(timeline: Timeline, count: number): number[];
  /** Units a second, zero when it does not move, undefined until there are enough readings. */
  growth(timeline: Timeline): number | undefined;
  /** Whether it has not moved for so long that its growth is zero. */
  isAtRest(timeline: Timeline): boolean;
  /** Units a second by which it lies above its highest value of about `span` milliseconds ago; 0 where that is unknown. */
  rise(timeline: Timeline, span: number): number;
  /** The growth when it was last asked for; 0 if it never was. */
  readonly lastGrowth: number;
  /** The same with how it was found and the pattern of the curve; absent where unknown. */
  judgement?(timeline: Timeline): Judgement | undefined;
}
