// What the flags of `memtop run` ask for.
import type { ParsedWords } from '../../cli/flags.ts';
import { readInterval } from '../../settings/values.ts';

/** Milliseconds between two samples of all processes. */
const USUAL_INTERVAL = 200;

export interface RunWishes {
  /** Whether there is to be a report at all: without one memtop need not stay. */
  readonly isReported: boolean;
  readonly interval: number;
  readonly hasAgent: boolean;
  readonly json: boolean;
  /** The file to write the report to, in place of stderr. */
  readonly file?: string;
  readonly ascii: boolean;
}

/**
 * @param where.isTerminal whether stderr is one: then there is a report also where no flag asks for it
 * @throws UserError for a value that is not valid
 */
export function readWishes(
  flags: ParsedWords['flags'],
  { ascii, isTerminal }: { readonly ascii: boolean; readonly isTerminal: boolean },
): RunWishes {
  const { runInterval, agent, json, reportTo } = flags;
  const file = typeof reportTo === 'string' ? reportTo : undefined;
  return {
    isReported: isTerminal || file !== undefined || json === true,
    interval: typeof runInterval === 'string' ? readInterval(runInterval) : USUAL_INTERVAL,
    hasAgent: agent !== false,
    json: json === true,
    ...(file !== undefined && { file }),
    ascii,
  };
}
