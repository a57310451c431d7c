// Times as text, in the time zone of the reader.
import { formatClock } from '../../../text/format.ts';

/** `2026-11-22` */
export function formatDay(time: number): string {
  const date = new Date(time);
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');
}

/** `2026-11-22 14:39:07` */
export function formatMoment(time: number): string {
  return `${formatDay(time)} ${formatClock(time)}`;
}

/** The time of day, with the day where the whole report covers more than one. */
export function formatWithin(time: number, { from, to }: { readonly from: number; readonly to: number }): string {
  return formatDay(from) === formatDay(to) ? formatClock(time) : formatMoment(time);
}

/** A length of time: `45 s`, `12 min`, `3 h 20 min`, `2 d 4 h`. */
export function formatLength(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `${minutes} min`;
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours < 48) return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}
