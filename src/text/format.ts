// Numbers as text: sizes, rates, fractions and ages in fixed widths. No other file formats numbers.

const UNITS = ['B', 'K', 'M', 'G', 'T', 'P', 'E'] as const;

/**
 * A size in binary units with one letter and three digits: `512B`, `97.6M`, `245M`, `1.95G`.
 * Five characters at most, for bytes from 0 up to 2^63; 0 is `0`.
 */
export function formatSize(bytes: number): string {
  if (bytes === 0) return '0';
  const sign = bytes < 0 ? '-' : '';
  let size = Math.abs(bytes);
  let unit = 0;
  while (size >= (unit === 0 ? 1000 : 999.5) && unit < UNITS.length - 1) {
    size /= 1024;
    unit += 1;
  }
  const digits = unit === 0 || size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2;
  return `${sign}${size.toFixed(digits)}${UNITS[unit]}`;
}

/** A size in the given unit (0 is bytes, 1 is K …), so that all numbers of one scale have the same unit: `0.95G`; 0 is `0`. */
export function formatSizeIn(bytes: number, unit: number, digits: number): string {
  return bytes === 0 ? '0' : `${(bytes / 1024 ** unit).toFixed(digits)}${UNITS[unit] ?? 'E'}`;
}

/** Growth below this is shown as `still`: one page a minute is noise, not a trend. */
const STILL_BYTES_PER_MINUTE = 4096;

/** Growth in bytes per second, shown per minute with its sign: `+14.2M`, `-820K`; `still` when it does not move. */
export function formatGrowth(bytesPerSecond: number, still = '·'): string {
  const perMinute = bytesPerSecond * 60;
  if (Math.abs(perMinute) < STILL_BYTES_PER_MINUTE) return still;
  return perMinute > 0 ? `+${formatSize(perMinute)}` : formatSize(perMinute);
}

/** A percentage in at most four characters: `0.0`, `10.0`, `100`, `1600`, `13k`. */
export function formatPercent(percent: number): string {
  if (percent >= 9999.5) return formatCount(percent, 4);
  return percent >= 99.95 ? percent.toFixed(0) : percent.toFixed(1);
}

const COUNT_UNITS = ['', 'k', 'M', 'G', 'T', 'P', 'E'] as const;

/**
 * A number in at most the given number of characters, three or more: whole where it fits, else shortened with its unit, in powers of
 * a thousand: `1234`, `12k`, `1.2M`. Digits are never cut off.
 */
export function formatCount(value: number, width: number): string {
  const sign = value < 0 ? '-' : '';
  let count = Math.round(Math.abs(value));
  for (const unit of COUNT_UNITS) {
    const texts = unit === '' || count >= 100 ? [] : [`${sign}${count.toFixed(1)}${unit}`];
    texts.push(`${sign}${Math.round(count)}${unit}`);
    const text = texts.find((each) => each.length <= width);
    if (text !== undefined && (unit === '' || Math.round(count) < 1000)) return text;
    count /= 1000;
  }
  return `${sign}>E`;
}

const AGE_UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
] as const;

/** An age of this many days or more is shown in years, to fit into four characters. */
const MANY_DAYS = 1000;
const YEAR = 365.25 * 86_400_000;

/** A span of milliseconds in its largest whole unit: `27y`, `12d`, `5h`, `3m`, `45s`. */
export function formatAge(milliseconds: number): string {
  if (milliseconds >= MANY_DAYS * 86_400_000) return `${formatCount(Math.floor(milliseconds / YEAR), 3)}y`;
  for (const [letter, size] of AGE_UNITS) {
    if (milliseconds >= size) return `${Math.floor(milliseconds / size)}${letter}`;
  }
  return '0s';
}

/**
 * An age whose digits stay for a while: as `formatAge`, but in steps of ten seconds from ten seconds on. Minutes and hours
 * are whole ones too, and a table of young processes is not rewritten every second.
 */
export function formatSteadyAge(milliseconds: number): string {
  return formatAge(
    milliseconds < 60_000 && milliseconds >= 10_000 ? milliseconds - (milliseconds % 10_000) : milliseconds,
  );
}

/** CPU time as top(1) and htop print it: `1:02.34` (minutes), `1h02:33`, `12d03h`; at most eight cells. In milliseconds. */
export function formatCpuTime(milliseconds: number): string {
  const hundredths = Math.floor(milliseconds / 10);
  const seconds = Math.floor(hundredths / 100);
  const [minutes, hours, days] = [60, 3600, 86_400].map((size) => Math.floor(seconds / size)) as [
    number,
    number,
    number,
  ];
  if (hours < 1) return `${minutes}:${two(seconds % 60)}.${two(hundredths % 100)}`;
  if (days < 1) return `${hours}h${two(minutes % 60)}:${two(seconds % 60)}`;
  return days < 1000 ? `${days}d${two(hours % 24)}h` : `${days}d`;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}

/** A future time span as text: `45 s`, `19 min`, `5 h`. Hours start late, since minutes are more precise. */
export function formatAhead(milliseconds: number): string {
  return aheadIn(milliseconds, [' s', ' min', ' h']);
}

/** The same in four cells, rounded alike: `45s`, `40m`, `3h`. */
export function formatEta(milliseconds: number): string {
  return aheadIn(milliseconds, ['s', 'm', 'h']);
}

function aheadIn(milliseconds: number, [seconds, minutes, hours]: readonly [string, string, string]): string {
  if (milliseconds < 90_000) return `${Math.round(milliseconds / 1000)}${seconds}`;
  if (milliseconds < 90 * 60_000) return `${Math.round(milliseconds / 60_000)}${minutes}`;
  return `${Math.round(milliseconds / 3_600_000)}${hours}`;
}

/** An interval as a person would type it: `500ms`, `2s`, `1.5s`, `5m`. */
export function formatInterval(milliseconds: number): string {
  if (milliseconds < 1000) return `${milliseconds}ms`;
  if (milliseconds % 60_000 === 0) return `${milliseconds / 60_000}m`;
  return `${Number((milliseconds / 1000).toFixed(2))}s`;
}

/** A span of milliseconds in a unit that is written out: `30 s`, `2.5 min`, `24 h`. */
export function formatSpan(milliseconds: number): string {
  const [size, unit] =
    milliseconds >= 3_600_000 ? [3_600_000, 'h'] : milliseconds >= 60_000 ? [60_000, 'min'] : [1000, 's'];
  return `${Number((milliseconds / size).toFixed(1))} ${unit}`;
}

/** The hours and minutes of two moments (milliseconds since the epoch) in the local zone: `14:54–15:02`, or one if alike. */
export function formatClocks(from: number, to: number): string {
  const [one, other] = [formatClock(from).slice(0, 5), formatClock(to).slice(0, 5)];
  return one === other ? one : `${one}–${other}`;
}

/** The time of day of a moment (milliseconds since the epoch) in the local zone: `14:39:07`. */
export function formatClock(time: number): string {
  const date = new Date(time);
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) => String(part).padStart(2, '0')).join(':');
}

/** A pause in milliseconds: `0.4 ms`, `212 ms`, `1.65 s`. */
export function formatPause(value: number): string {
  if (value >= 1000) return `${(value / 1000).toFixed(2)} s`;
  return value >= 10 ? `${Math.round(value)} ms` : `${value.toFixed(1)} ms`;
}
