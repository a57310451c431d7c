// What a measurement comes to, and the table of all of them.

/** One line of the table. */
export interface Result {
  readonly what: string;
  /** With its unit. */
  readonly measured: string;
  /** What it was measured against, with name and unit; empty where the budget is an absolute one. */
  readonly against: string;
  /** The first divided by the second. */
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

/** The lines under their titles, in columns. */
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
