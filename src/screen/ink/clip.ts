// The part of the screen that a box with hidden overflow lets its children draw in.

/** Half open: x2 and y2 are the first cells outside. An undefined edge cuts nothing. */
export interface Clip {
  readonly x1: number | undefined;
  readonly x2: number | undefined;
  readonly y1: number | undefined;
  readonly y2: number | undefined;
}

function tighter(a: number | undefined, b: number | undefined, choose: (a: number, b: number) => number) {
  if (a === undefined || b === undefined) return a ?? b;
  return choose(a, b);
}

/** What two nested clips leave. */
export function intersect(outer: Clip | undefined, inner: Clip): Clip {
  if (outer === undefined) return inner;
  return {
    x1: tighter(outer.x1, inner.x1, Math.max),
    x2: tighter(outer.x2, inner.x2, Math.min),
    y1: tighter(outer.y1, inner.y1, Math.max),
    y2: tighter(outer.y2, inner.y2, Math.min),
  };
}

/** Whether a row lies inside. */
export function holdsRow(clip: Clip | undefined, y: number): boolean {
  return clip === undefined || (y >= (clip.y1 ?? -Infinity) && y < (clip.y2 ?? Infinity));
}

/** Whether cells from x up to, not including, end lie inside, so that nothing of them is cut. */
export function holdsCells(clip: Clip | undefined, x: number, end: number): boolean {
  return clip === undefined || (x >= (clip.x1 ?? -Infinity) && end <= (clip.x2 ?? Infinity));
}

/** The same part of the screen, counted from another row. */
export function shiftedUp(clip: Clip, rows: number): { -readonly [edge in keyof Clip]: Clip[edge] } {
  return {
    x1: clip.x1,
    x2: clip.x2,
    y1: clip.y1 === undefined ? undefined : clip.y1 - rows,
    y2: clip.y2 === undefined ? undefined : clip.y2 - rows,
  };
}
