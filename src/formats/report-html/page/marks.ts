// Marks of events in a chart: OOM kills as dashed lines, collections that freed much as triangles below.
import type uPlot from 'uplot';
import type { ChartPalette } from './palette.ts';

export interface ChartMark {
  readonly kind: 'kill' | 'collection';
  /** Seconds since the epoch. */
  readonly at: number;
}

/** Half the width of a triangle, in CSS pixels. */
const HALF = 5;

/** Draws the marks of the time that the chart shows. */
export function drawMarks(plot: uPlot, marks: readonly ChartMark[], palette: ChartPalette, pixels: number): void {
  const { ctx, bbox, scales } = plot;
  const { min = 0, max = 0 } = scales['x'] ?? {};
  ctx.save();
  ctx.lineWidth = pixels;
  for (const { kind, at } of marks) {
    if (at < (min ?? at) || at > (max ?? at)) continue;
    const x = Math.round(plot.valToPos(at, 'x', true));
    const [top, bottom] = [bbox.top, bbox.top + bbox.height];
    if (kind === 'kill') {
      ctx.strokeStyle = palette.kill;
      ctx.fillStyle = palette.kill;
      ctx.setLineDash([5 * pixels, 4 * pixels]);
      line(ctx, x, top, bottom);
      triangle(ctx, [x, top + HALF * 2 * pixels], [x, top], HALF * pixels);
    } else {
      ctx.fillStyle = palette.collection;
      triangle(ctx, [x, bottom - HALF * 2 * pixels], [x, bottom], HALF * pixels);
    }
  }
  ctx.restore();
}

function line(ctx: CanvasRenderingContext2D, x: number, top: number, bottom: number): void {
  ctx.beginPath();
  ctx.moveTo(x, top);
  ctx.lineTo(x, bottom);
  ctx.stroke();
}

type Point = readonly [x: number, y: number];

function triangle(ctx: CanvasRenderingContext2D, tip: Point, base: Point, half: number): void {
  ctx.beginPath();
  ctx.moveTo(...tip);
  ctx.lineTo(base[0] - half, base[1]);
  ctx.lineTo(base[0] + half, base[1]);
  ctx.fill();
}
