// The result of a measurement, and the table of results.

/** One line of the table. */
export interface Result {
  readonly what: string;
  /** With its unit. */
  readonly measured: string;
  /** The value it is compared with, with name and unit; empty for an absolute budget. */
  readonly against: string;
  /** `measured` divided by `against`. */
  readonly ratio?: number;
  readonly budget: string;
  readonly isMet: boolean;
}

/** A line whose budget is a ratio. */
export function withinRatio(
  line: Pick<Result, 'what' | 'measured' | 'against'> & { readonly ratio: number; readonly atMost: number },
): Result {
  const { what, measured, against, ratio, atMost } = line;
  return { what, measured, against, ratio, budget: `<= ${atMost} x`, isMet: ratio <= atMost };
}

/** The table as text, with titles. */
export function formatTable(results: readonly Result[]): string {
  const titles = ['what', 'measured', 'against', 'ratio', 'budget', 'met?'];
  const lines = results.map(({ what, measured, against, ratio, budget, isMet }) => [
    what,
    measured,
    against,
    ratio === undefined ? '' : ratio.toFixed(2),
    budget,
    isMet ? 'yes' : 'NO',
  ]);
  const widths = titles.map((title, column) =>
    Math.max(title.length, ...lines.map((line) => line[column]?.length ?? 0)),
  );
  const rule = widths.map((width) => '-'.repeat(width));
  return [titles, rule, ...lines]
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
