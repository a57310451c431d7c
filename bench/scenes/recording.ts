// A recording of a day: how large it is, and what writing it costs.
import type { Result } from '../result.ts';
import type { Workbench } from '../workbench.ts';

const MEGABYTE = 1e6;
const DAY = 86_400_000;

/** 200 processes every 5 s: MB a day, and the fraction of a core. Making up the day is counted with it. */
const LARGEST = 15;
const MOST = 0.002;

export async function recording(bench: Workbench): Promise<Result[]> {
  const program = bench.answering(process.execPath, [await bench.bundle('record')]);
  const [bytes = Number.NaN, cpu = Number.NaN] = await program.ask();
  await bench.children.end(program);
  const what = 'recording 200 processes every 5 s for 24 h';
  return [
    {
      what: `${what}, size`,
      measured: `${(bytes / MEGABYTE).toFixed(1)} MB`,
      against: '',
      budget: `<= ${LARGEST} MB`,
      isMet: bytes <= LARGEST * MEGABYTE,
    },
    {
      what: `${what}, CPU`,
      measured: `${((cpu / DAY) * 100).toFixed(3)} % of a core`,
      against: '',
      budget: `<= ${MOST * 100} %`,
      isMet: cpu / DAY <= MOST,
    },
  ];
}
