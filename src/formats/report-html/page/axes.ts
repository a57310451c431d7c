// The axes of the charts: sizes in binary steps, times with 24 hours and the day where it begins.
import type uPlot from 'uplot';
import { formatClock, formatSize } from '../../../text/format.ts';
import type { ChartPalette } from './palette.ts';
import { formatDay } from './times.ts';

/** Steps between two sizes: powers of two, from one byte to 512 TiB. */
const SIZE_STEPS = Array.from({ length: 50 }, (_, power) => 2 ** power);

/** Steps between two times, in seconds: from one second to 30 days. */
const HOURS = [1, 2, 3, 4, 6, 8, 12, 24, 48, 168, 720];
const TIME_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, ...HOURS.map((hours) => hours * 3600)];

const FONT = '12px system-ui, sans-serif';

/** Both axes, with the colours that `palette` has when they are drawn. */
export function axesOf(palette: () => ChartPalette): uPlot.Axis[] {
  const colours = {
    stroke: () => palette().text,
    grid: { stroke: () => palette().grid, width: 1 },
    ticks: { stroke: () => palette().grid, width: 1, size: 4 },
    font: FONT,
  };
  return [
    { ...colours, space: 90, incrs: TIME_STEPS, values: (_plot, splits) => timesOf(splits) },
    {
      ...colours,
      space: 36,
      size: 58,
      incrs: SIZE_STEPS,
      values: (_plot, splits) => splits.map((at) => formatSize(at)),
    },
  ];
}

/** Seconds only where times are closer than a minute; the day below the first time, and where another day begins. */
function timesOf(splits: readonly number[]): string[] {
  const hasSeconds = splits.some((at) => at % 60 !== 0);
  return splits.map((at, index) => {
    const clock = formatClock(at * 1000);
    const day = formatDay(at * 1000);
    const before = splits[index - 1];
    const isNew = before === undefined || formatDay(before * 1000) !== day;
    const text = hasSeconds ? clock : clock.slice(0, 5);
    return isNew ? `${text}\n${day}` : text;
  });
}
