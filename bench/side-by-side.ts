// Two programs on two terminals at the same time: CPU, bytes written, and answers to keys.
import { cpuTime } from './costs.ts';
import { pause } from './rounds.ts';
import { medianRatio, quantile } from './statistics.ts';
import type { TerminalProgram } from './terminal-program.ts';

/** The cost of one program in several spans of time, per second. */
export interface Cost {
  /** Milliseconds of CPU a second. */
  readonly cpu: number[];
  /** Bytes written to the terminal a second. */
  readonly bytes: number[];
}

/** Measures programs for several spans of equal length. */
export async function costsOf(
  programs: readonly TerminalProgram[],
  spans: number,
  milliseconds: number,
): Promise<Cost[]> {
  const costs = programs.map((): Cost => ({ cpu: [], bytes: [] }));
  let before = programs.map(reading);
  for (let span = 0; span < spans; span += 1) {
    await pause(milliseconds);
    const after = programs.map(reading);
    for (const [index, cost] of costs.entries()) {
      const [from, to] = [before[index], after[index]] as [Reading, Reading];
      const seconds = (to.time - from.time) / 1000;
      cost.cpu.push((to.cpu - from.cpu) / seconds);
      cost.bytes.push((to.bytes - from.bytes) / seconds);
    }
    before = after;
  }
  return costs;
}

type Reading = ReturnType<typeof reading>;

function reading(program: TerminalProgram) {
  return { time: performance.now(), cpu: cpuTime(program.pid), bytes: program.bytes };
}

/** The ratio of one value of two costs. */
export function ratioOf(one: Cost | undefined, other: Cost | undefined, figure: keyof Cost): number {
  return medianRatio(one?.[figure] ?? [], other?.[figure] ?? []);
}

const DOWN = '\u001b[B';
const UP = '\u001b[A';

/** Presses an arrow key in each program in turn at random moments; the milliseconds to the first byte of each answer. */
export async function keyLatencies(programs: readonly TerminalProgram[], presses: number): Promise<number[][]> {
  const latencies = programs.map((): number[] => []);
  for (let press = 0; press < presses; press += 1) {
    for (const [index, program] of programs.entries()) {
      // Long enough for the program to finish the key before; not a multiple of the interval.
      await pause(15 + Math.random() * 20);
      latencies[index]?.push(await program.press(press % 2 === 0 ? DOWN : UP));
    }
  }
  return latencies;
}

/** The median and the slow end of latencies. */
export function describeLatencies(latencies: readonly number[]): string {
  return `${quantile(latencies, 0.5).toFixed(1)} / ${quantile(latencies, 0.99).toFixed(1)} ms`;
}
