// What a person sees who sorts by growth while five programs leak: the row that stands first, second after second.

import type { Program, Programs } from '../helpers/programs.ts';
import type { Terminal } from '../helpers/pty.ts';
import { until } from '../helpers/until.ts';
import { watchIn } from './memtop.ts';

/** KiB a second; the fastest is neither the first nor the last to be started. */
const SPEEDS = [400, 1600, 3200, 200, 800];
const FASTEST = 3200;

/** What stands in the first row of the table: the pid, and the growth, empty while it is not known. */
interface FirstRow {
  readonly pid: number;
  readonly growth: string;
}

export interface Leaks {
  readonly terminal: Terminal;
  readonly fastest: Program;
}

/** Five leaking programs, and memtop sorted by growth on them. */
export async function watchLeaks(programs: Programs): Promise<Leaks> {
  const started = await Promise.all(SPEEDS.map((speed) => programs.start('leaker.cjs', String(speed))));
  const pids = started.map(({ pid }) => pid).join(',');
  const words = ['-d', '1s', '-p', pids, '-s', 'growth', '-c', 'pid,growth,command'];
  const terminal = await watchIn({ columns: 100, words });
  return { terminal, fastest: started[SPEEDS.indexOf(FASTEST)] as Program };
}

export function firstRow(terminal: Terminal): FirstRow {
  const screen = terminal.screen();
  const line = screen[screen.findIndex((each) => each.includes('COMMAND')) + 1] ?? '';
  const [, pid = '', growth = ''] = /^. +(\d+) +(?:([+-]\S+) +)?/.exec(line) ?? [];
  return { pid: Number(pid), growth };
}

/** The first row at each of N seconds from now on. */
export async function everySecond(terminal: Terminal, seconds: number): Promise<FirstRow[]> {
  const rows: FirstRow[] = [];
  const began = performance.now();
  for (let second = 1; second <= seconds; second += 1) {
    await until(() => performance.now() - began >= second * 1000);
    rows.push(firstRow(terminal));
  }
  return rows;
}
