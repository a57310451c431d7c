// The times among the flags of `memtop replay`.
import { UserError } from '../../errors/user-error.ts';
import { quoted } from '../../settings/values.ts';
import { parseWhen, WHEN_EXAMPLES } from '../../text/when.ts';

/**
 * A moment in milliseconds since the epoch.
 *
 * @param end the last moment of the recording
 * @throws UserError for a text that is not a time
 */
export function readWhen(text: string, end: number): number {
  const time = parseWhen(text, end);
  if (time !== undefined) return time;
  throw new UserError(`Invalid time ${quoted(text)}.`, `Examples: ${WHEN_EXAMPLES}.`);
}
