// The flight recorder: what it takes when it is full, and what a sample and a jump cost.
import type { Result } from '../result.ts';
import type { Workbench } from '../workbench.ts';

const MIB = 2 ** 20;
/** Bytes of the recorder, and CPU milliseconds of a sample, at 300 processes every second. */
const LARGEST = 4 * MIB;
const MOST_CPU = 1;

/** Half an hour, which is what it keeps whole; and five hours, in which all tiers are full. */
const HALF_HOUR = '300 1000 1800';
const FULL = '300 1000 18000';

export async function flight(bench: Workbench): Promise<Result[]> {
  const program = bench.answering(process.execPath, ['--expose-gc', await bench.bundle('flight')]);
  const [bytes = Number.NaN, , cpu = Number.NaN, held = Number.NaN, jump = Number.NaN] = await program.ask(FULL);
  const [half = Number.NaN, rows = Number.NaN] = await program.ask(HALF_HOUR);
  await bench.children.end(program);
  const what = 'flight recorder, 300 processes every second';
  return [
    {
      what: `${what}, full`,
      measured: `${(bytes / MIB).toFixed(2)} MiB, ${(held / MIB).toFixed(2)} MiB held`,
      against: '',
      budget: `<= ${LARGEST / MIB} MiB`,
      isMet: bytes <= LARGEST,
    },
    {
      what: `${what}, half an hour`,
      measured: `${(half / MIB).toFixed(2)} MiB, ${(half / rows).toFixed(1)} bytes a changed row`,
      against: '',
      budget: '',
      isMet: true,
    },
    {
      what: `${what}, CPU of a sample`,
      measured: `${cpu.toFixed(2)} ms; ${jump.toFixed(0)} ms for a jump`,
      against: '',
      budget: `<= ${MOST_CPU} ms`,
      isMet: cpu <= MOST_CPU,
    },
  ];
}
