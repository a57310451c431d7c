// Moments as people type and read them: `10:30`, `-15m`; `14:31:07, 6 min ago`.
import { parseDuration } from './duration.ts';
import { formatClock } from './format.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** What may be typed for a moment, for prompts and errors. */
export const WHEN_EXAMPLES = '10:30, "2026-11-28 10:30", -15m (before the end)';

/**
 * A moment in milliseconds since the epoch. `10:30` or `10:30:15` is the last such time before `end`; `2026-11-28 10:30`
 * is in the local time zone unless it names another (ISO 8601); `-15m` is 15 minutes before `end`. Undefined for any other
 * text.
 */
export function parseWhen(text: string, end: number): number | undefined {
  const trimmed = text.trim();
  return beforeEnd(trimmed, end) ?? timeOfDay(trimmed, end) ?? dateAndTime(trimmed);
}

/** The time of day of a moment, with its date where that is another day than now, and how long ago it was. */
export function formatPast(time: number, now: number): string {
  const ago = `${formatClock(time)}, ${agoOf(Math.max(0, now - time))} ago`;
  return new Date(time).toDateString() === new Date(now).toDateString() ? ago : `${dateOf(time)} ${ago}`;
}

/** `42 s`, `6 min`, `1 h 5 min`, `3 d`: whole ones, so that the text does not change with every tick. */
function agoOf(milliseconds: number): string {
  if (milliseconds < MINUTE) return `${Math.round(milliseconds / SECOND)} s`;
  if (milliseconds < HOUR) return `${Math.floor(milliseconds / MINUTE)} min`;
  if (milliseconds >= 2 * DAY) return `${Math.floor(milliseconds / DAY)} d`;
  return `${Math.floor(milliseconds / HOUR)} h ${Math.floor((milliseconds % HOUR) / MINUTE)} min`;
}

/** Day and time of a moment in the local zone: `2026-11-28 14:31:07`. */
export function formatDayAndClock(time: number): string {
  return `${dateOf(time)} ${formatClock(time)}`;
}

/** `2026-11-28` in the local zone. */
function dateOf(time: number): string {
  const date = new Date(time);
  const parts = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
  return parts.map((part) => String(part).padStart(2, '0')).join('-');
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
