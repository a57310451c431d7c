// The colours of the charts, which the style sheet has: light, dark, and light on paper.

export interface ChartPalette {
  readonly text: string;
  readonly grid: string;
  readonly used: string;
  readonly kill: string;
  readonly collection: string;
  /** Lines have these in turn. */
  readonly lines: readonly string[];
}

const LINES = 8;

/** The colours in force now. */
export function paletteOf(root: HTMLElement): ChartPalette {
  const style = getComputedStyle(root);
  const colour = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    ...{ text: colour('muted'), grid: colour('grid'), used: colour('used') },
    ...{ kill: colour('kill'), collection: colour('collection') },
    lines: Array.from({ length: LINES }, (_, index) => colour(`line-${index}`)),
  };
}

/** Dashes, so that lines of one colour differ. */
const DASHES: readonly (readonly number[])[] = [[], [8, 4], [2, 4], [10, 4, 2, 4]];

/** The dash of the line at an index. */
export function dashOf(index: number): number[] {
  return [...(DASHES[Math.floor(index / LINES) % DASHES.length] ?? [])];
}

/** The colour of the line at an index. */
export function colourOf({ lines }: ChartPalette, index: number): string {
  return lines[index % lines.length] ?? '';
}
