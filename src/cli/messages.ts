// The messages for when nothing matches, and for values that need more samples, such as growth.

import { UserError } from '../errors/user-error.ts';
import type { Column } from '../model/columns/column.ts';
import { isKnownAfter, type Sampling } from '../model/history/known.ts';
import { quoted } from '../settings/values.ts';
import { formatInterval } from '../text/format.ts';
import type { Request } from './request.ts';

/**
 * Refuses to sort or filter by a column that would be unknown in every row.
 *
 * @param does what cannot be done, such as `sort`
 * @param next what to do about it
 * @throws UserError for the first such column
 */
export function refuseUnknown(does: string, columns: readonly Column[], sampling: Sampling, next: string): void {
  const unknown = columns.find((column) => !isKnownAfter(column, sampling));
  if (unknown === undefined) return;
  throw new UserError(`Cannot ${does} by ${unknown.id} from ${samplesIn(sampling)}.`, next);
}

/** What to do to get the values of such a column. */
export function untilKnown({ count, span }: Pick<Request, 'count' | 'span'>): string {
  if (span !== undefined) return 'Use a longer --for or a shorter -d.';
  const first = (count ?? 1) > 1 ? 'Leave out -n and add' : 'Add';
  return `${first} --for 60s to sample for a minute and print once.`;
}

/** The sentence below a table whose columns could not be known; undefined where all could. */
export function unknownColumns(columns: readonly Column[], sampling: Sampling, request: Request): string | undefined {
  const ids = columns.filter((column) => !isKnownAfter(column, sampling)).map(({ id }) => id);
  if (ids.length === 0) return undefined;
  return `Not known from ${samplesIn(sampling)}: ${ids.join(', ')}. ${untilKnown(request)}`;
}

function samplesIn({ samples, milliseconds }: Sampling): string {
  if (samples === 1) return 'a single sample';
  return `${samples} samples in ${formatInterval(milliseconds)}`;
}

/** The message for a filter that keeps nothing, with the command that was probably meant. */
export function nothingMatches({ settings, nearCommand }: Request): string {
  if (settings.filter === '') return 'No processes to show.';
  const meant = nearCommand === 'help' ? '--help' : nearCommand;
  const next = meant === undefined ? '' : ` Did you mean \`memtop ${meant}\`?`;
  return `No process matches ${quoted(settings.filter)}.${next}`;
}

/** The sentences for PIDs without a process. */
export function noSuchProcess(pids: readonly number[]): string {
  const which = pids.length === 1 ? `process ${pids[0]}` : `process ${pids.join(', ')}`;
  return `No ${which}. Run \`memtop --once\` to list processes.`;
}
