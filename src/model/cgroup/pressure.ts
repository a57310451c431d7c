// How bad pressure is, and the text for it.
import type { Pressure } from '../snapshot/cgroup-memory.ts';

export interface PressureLevel {
  readonly role: 'quiet' | 'warn' | 'bad';
  /** Empty where there is nothing to notice. */
  readonly word: '' | 'some stalls' | 'stalling';
}

/** Below this share of time, in percent, nothing is noticed; from the other on programs stall. */
const NOTICEABLE = 1;
const HEAVY = 10;
/** All tasks waiting at once is worse: no work at all gets done meanwhile. */
const ALL_HEAVY = 5;

/** From the last ten seconds. */
export function pressureLevel({ some10, full10 = 0 }: Pressure): PressureLevel {
  if (some10 >= HEAVY || full10 >= ALL_HEAVY) return { role: 'bad', word: 'stalling' };
  return some10 >= NOTICEABLE ? { role: 'warn', word: 'some stalls' } : { role: 'quiet', word: '' };
}

/** `memory pressure 3.2% (some stalls)`: the share of the last ten seconds in which tasks waited for memory. */
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
