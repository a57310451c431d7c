// How much memory was in use in each cell of a timeline.

/** A gap of this many milliseconds, and of this many times the spacing before it, is shown as one. */
const GAP = { least: 90_000, factor: 3 };

interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly cells: number;
}

/**
 * The largest value of each of some equal spans of time; a sample counts until the next one. NaN where nothing was sampled.
 *
 * @param samples oldest first; times in milliseconds
 */
export function usageCells(
  samples: readonly { readonly time: number; readonly usage: number }[],
  { from, to, cells }: Stretch,
): number[] {
  const found = new Array<number>(cells).fill(Number.NaN);
  const span = Math.max(1, to - from) / cells;
  const cellOf = (time: number) => Math.min(cells - 1, Math.floor((time - from) / span));
  let spacing = 0;
  for (const [index, { time, usage }] of samples.entries()) {
    const next = samples[index + 1]?.time ?? time;
    const isGap = next - time > Math.max(GAP.least, GAP.factor * spacing);
    spacing = next - time;
    if (time > to || next < from) continue;
    const last = isGap ? cellOf(time) : Math.max(cellOf(time), cellOf(Math.min(to, next) - 1));
    for (let cell = Math.max(0, cellOf(time)); cell <= last; cell += 1) {
      if (!((found[cell] ?? 0) >= usage)) found[cell] = usage;
    }
  }
  return found;
}
