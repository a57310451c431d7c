// What the flags of `memtop run` ask for.
import type { ParsedWords } from '../../cli/flags.ts';
import { readTimes } from '../../cli/values.ts';
import { readInterval } from '../../settings/values.ts';

/** Milliseconds between two samples of all processes. */
const USUAL_INTERVAL = 200;
/** How often each command is run by `--compare`. */
const USUAL_TIMES = 3;

export interface RunWishes {
  /** Whether there is to be a report at all: without one memtop need not stay. */
  readonly isReported: boolean;
  readonly interval: number;
  readonly hasAgent: boolean;
  readonly lastCollect: boolean;
  readonly json: boolean;
  /** The file to write the report to, in place of stderr. */
  readonly file?: string;
  readonly compare: boolean;
  readonly times: number;
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
  const { runInterval, agent, lastCollect, json, reportTo, compare, times } = flags;
  const file = typeof reportTo === 'string' ? reportTo : undefined;
  return {
    isReported: isTerminal || file !== undefined || json === true || compare === true,
    interval: typeof runInterval === 'string' ? readInterval(runInterval) : USUAL_INTERVAL,
    hasAgent: agent !== false,
    lastCollect: lastCollect === true,
    json: json === true,
    ...(file !== undefined && { file }),
    compare: compare === true,
    times: typeof times === 'string' ? readTimes(times) : USUAL_TIMES,
    ascii,
  };
}
