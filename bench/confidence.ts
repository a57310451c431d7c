// Confidence intervals of means, for pairs of runs that hardly differ.

const VALUES = 20;
/** Student's t for 95%, two-sided, of N values: 19 degrees of freedom. */
const T = 2.093;

/** A mean and half the width of its 95 % confidence interval. */
export interface Estimate {
  readonly mean: number;
  readonly margin: number;
}

/** The mean of 20 independent values; throws when there are more or fewer. */
export function estimate(values: readonly number[]): Estimate {
  if (values.length !== VALUES) throw new Error(`An estimate needs ${VALUES} values, not ${values.length}.`);
  const mean = values.reduce((sum, value) => sum + value, 0) / VALUES;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (VALUES - 1);
  return { mean, margin: T * Math.sqrt(variance / VALUES) };
}
