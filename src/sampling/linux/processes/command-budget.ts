// How much of command lines is kept: any user can have thousands of processes with 128 KiB of arguments each.
import type { Needs } from '../../sampler/sampler.ts';
import type { ProcRow } from './row.ts';

/** Bytes of a command that every process may have kept, whatever the others have. */
const SHORT = 4096;

/** Shares out the room for long commands: first come, first served; what has ended gives its part back. */
export class CommandBudget {
  #held = 0;

  /** Bytes of this row's command that may be kept. */
  limitFor(row: ProcRow, { commandLimit, commandBudget }: Pick<Needs, 'commandLimit' | 'commandBudget'>): number {
    if (commandBudget === undefined) return commandLimit;
    const free = commandBudget - (this.#held - row.longCommand);
    return Math.min(commandLimit, free >= commandLimit ? commandLimit : SHORT);
  }

  /** Takes note of what is kept of it now. */
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
