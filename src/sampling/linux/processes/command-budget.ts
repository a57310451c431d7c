// Limits the memory for command lines: any user can have thousands of processes with 128 KiB of arguments each.
import type { Needs } from '../../sampler/sampler.ts';
import type { ProcRow } from './row.ts';

/** Bytes of a command that are kept for every process, whatever the others use. */
const SHORT = 4096;

/** Distributes the budget for long commands, first come, first served; exited processes return theirs. */
export class CommandBudget {
  #held = 0;

  /** Bytes of this row's command that may be kept. */
  limitFor(row: ProcRow, { commandLimit, commandBudget }: Pick<Needs, 'commandLimit' | 'commandBudget'>): number {
    if (commandBudget === undefined) return commandLimit;
    const free = commandBudget - (this.#held - row.longCommand);
    return Math.min(commandLimit, free >= commandLimit ? commandLimit : SHORT);
  }

  /** Records how much of it is kept now. */
  hold(row: ProcRow, command: string): void {
    const before = row.longCommand;
    row.longCommand = command.length > SHORT ? command.length : 0;
    this.#held += row.longCommand - before;
  }

  /** The row's process has ended. */
  release(row: ProcRow): void {
    this.#held -= row.longCommand;
    row.longCommand = 0;
  }
}
