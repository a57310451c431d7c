// What one sample for the screen may cost.
import { COMMAND_LIMIT } from './patterns.ts';

export const SAMPLE_LIMITS = {
  /** Milliseconds per tick for reading PSS and USS: it delays the keys and the processes that are read. */
  smapsBudget: 5,
  /** Commands are kept whole, for filters and searches, as long as they are few that are long: 4 MiB of them. */
  commandLimit: COMMAND_LIMIT,
  commandBudget: 4 * 2 ** 20,
  /** Milliseconds that it waits for child processes, for example for the command of a process that waits for a disk. */
  timeout: 50,
} as const;
