// The units in which other programs get the numbers of columns and of the machine.
import type { Kind } from '../../model/columns/column.ts';

/** The kinds of columns whose values are numbers. */
export type NumberKind = Exclude<Kind, 'text'>;

export interface Unit {
  /** As it ends the name of a metric: Prometheus and OpenMetrics want base units, and ratios in place of percent. */
  readonly base: string;
  /** What a value is multiplied by to have that unit. */
  readonly scale: number;
  /** The unit of the value as it is. */
  readonly plain: string;
}

export const UNITS: Readonly<Record<NumberKind, Unit>> = {
  bytes: { base: 'bytes', scale: 1, plain: 'bytes' },
  'bytes-a-second': { base: 'bytes_per_second', scale: 1, plain: 'bytes/s' },
  milliseconds: { base: 'seconds', scale: 0.001, plain: 'ms' },
  percent: { base: 'ratio', scale: 0.01, plain: '%' },
  number: { base: '', scale: 1, plain: 'count' },
};

/** Decimals of exported numbers: CPU percentages have no more that are measured. */
const DECIMALS = 4;

/** A number in base units, rounded. */
export function inBaseUnits(value: number, kind: NumberKind): number {
  return Number((value * UNITS[kind].scale).toFixed(DECIMALS));
}
