// Memory over 10,000 frames: it must not grow.
import { type Result, withinRatio } from '../result.ts';
import { median } from '../statistics.ts';
import type { Workbench } from '../workbench.ts';

/** 5 % more is noise of the collector. */
const FLAT = 1.05;

/** Thousands of frames: until the heap has its size, and those whose medians are compared at the start and the end. */
const WARM_UP = 1;
const FEW = 3;
const THOUSANDS = WARM_UP + 10 + FEW;

export async function frames(bench: Workbench): Promise<Result[]> {
  const program = bench.answering(process.execPath, ['--expose-gc', await bench.bundle('draw')]);
  const readings: number[][] = [];
  while (readings.length < THOUSANDS) readings.push(await program.ask());
  await bench.children.end(program);
  const line = (what: string, figure: number) => {
    const values = readings.map((reading) => reading[figure] ?? Number.NaN);
    const early = median(values.slice(WARM_UP, WARM_UP + FEW));
    const late = median(values.slice(-FEW));
    return withinRatio({
      what: `${what}, 10,000 frames later`,
      measured: `${late.toFixed(1)} MiB`,
      against: `before  ${early.toFixed(1)} MiB`,
      ratio: late / early,
      atMost: FLAT,
    });
  };
  return [line('heap', 0), line('RSS', 1)];
}
