// The severity of memory pressure, and the text for it.
import type { Pressure } from '../snapshot/cgroup-memory.ts';

export interface PressureLevel {
  readonly role: 'quiet' | 'warn' | 'bad';
  /** Empty where pressure is too low to matter. */
  readonly word: '' | 'some stalls' | 'stalling';
}

/** Percent of time: below the first pressure does not matter; from the second on programs stall. */
const NOTICEABLE = 1;
const HEAVY = 10;
/** Percent of time in which all tasks wait (`full`), which is worse: no work gets done. */
const ALL_HEAVY = 5;

/** Averages of the last ten seconds. */
export function pressureLevel({ some10, full10 = 0 }: Pressure): PressureLevel {
  if (some10 >= HEAVY || full10 >= ALL_HEAVY) return { role: 'bad', word: 'stalling' };
  return some10 >= NOTICEABLE ? { role: 'warn', word: 'some stalls' } : { role: 'quiet', word: '' };
}

/** `memory pressure 3.2% (some stalls)`: the fraction of the last ten seconds in which tasks waited for memory. */
export function pressureText(pressure: Pressure): string {
  const { word } = pressureLevel(pressure);
  return `memory pressure ${pressure.some10.toFixed(1)}%${word === '' ? '' : ` (${word})`}`;
}

/** The longest form that fits into the given number of cells; empty where not even the shortest fits. */
export function pressureTextIn(pressure: Pressure, width: number): string {
  const whole = pressureText(pressure);
  return (
    [whole, whole.replace('memory ', ''), `pressure ${pressure.some10.toFixed(1)}%`].find(
      (text) => text.length <= width,
    ) ?? ''
  );
}
