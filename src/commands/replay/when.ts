// Reads times within a recording as people type them.

import { UserError } from '../../errors/user-error.ts';
import { quoted } from '../../settings/values.ts';
import { parseDuration } from '../../text/duration.ts';

const DAY = 86_400_000;

/**
 * A moment in milliseconds since the epoch. `10:30` or `10:30:15` is the last such time before the end of the recording;
 * `2026-11-28 10:30` is in the local time zone unless it names another (ISO 8601); `-15m` is 15 minutes before the end.
 *
 * @param end the last moment of the recording
 * @throws UserError for any other text
 */
export function readWhen(text: string, end: number): number {
  const trimmed = text.trim();
  const time = beforeEnd(trimmed, end) ?? timeOfDay(trimmed, end) ?? dateAndTime(trimmed);
  if (time !== undefined) return time;
  throw new UserError(`Invalid time ${quoted(text)}.`, 'Examples: 10:30, "2026-11-28 10:30", -15m (before the end).');
}

function beforeEnd(text: string, end: number): number | undefined {
  if (!text.startsWith('-')) return undefined;
  const ago = parseDuration(text.slice(1));
  return ago === undefined ? undefined : end - ago;
}

function timeOfDay(text: string, end: number): number | undefined {
  const match = /^([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/.exec(text);
  if (match === null) return undefined;
  const [hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0));
  const day = new Date(end);
  const time = new Date(day.getFullYear(), day.getMonth(), day.getDate(), hours, minutes, seconds).getTime();
  if (time <= end) return time;
  const before = new Date(end - DAY);
  return new Date(before.getFullYear(), before.getMonth(), before.getDate(), hours, minutes, seconds).getTime();
}

function dateAndTime(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d)?)?$/.test(text)) return undefined;
  // A date alone would be read in UTC, unlike one with a time.
  const time = Date.parse(text.length === 10 ? `${text}T00:00` : text.replace(' ', 'T'));
  return Number.isNaN(time) ? undefined : time;
}
