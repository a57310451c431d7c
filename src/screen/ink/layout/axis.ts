// The two axes of a box: which sides they begin and end at, and which size runs along them.

import { constants } from './constants.ts';

export type Side = 'left' | 'top' | 'right' | 'bottom';
export type Sides = Record<Side, number>;
export type Dimension = 'width' | 'height';

/** Children are placed from the start to the end. */
export interface FlexAxis {
  readonly start: Side;
  readonly end: Side;
  readonly size: Dimension;
  readonly isReversed: boolean;
}

export const ROW: FlexAxis = { start: 'left', end: 'right', size: 'width', isReversed: false };
export const COLUMN: FlexAxis = { start: 'top', end: 'bottom', size: 'height', isReversed: false };
const ROW_REVERSE: FlexAxis = { start: 'right', end: 'left', size: 'width', isReversed: true };
const COLUMN_REVERSE: FlexAxis = { start: 'bottom', end: 'top', size: 'height', isReversed: true };

/** The axis along which children follow each other, by the number of a flex direction. */
export function mainAxisOf(direction: number): FlexAxis {
  switch (direction) {
    case constants.FLEX_DIRECTION_ROW:
      return ROW;
    case constants.FLEX_DIRECTION_ROW_REVERSE:
      return ROW_REVERSE;
    case constants.FLEX_DIRECTION_COLUMN_REVERSE:
      return COLUMN_REVERSE;
    default:
      return COLUMN;
  }
}

/** The axis across it. */
export const crossAxisOf = (main: FlexAxis): FlexAxis => (main.size === 'width' ? COLUMN : ROW);

/** What both sides of an axis add up to. */
export const alongAxis = (sides: Readonly<Sides>, axis: FlexAxis): number => sides[axis.start] + sides[axis.end];
