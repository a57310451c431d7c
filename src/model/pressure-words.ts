// How bad pressure is, and in which word.
import type { Pressure } from './memory-group.ts';

export interface PressureLevel {
  readonly role: 'quiet' | 'warn' | 'bad';
  readonly word: string;
}

/** Below this share of time, in percent, nobody notices; from the other on programs stall. */
const NOTICEABLE = 1;
const HEAVY = 10;
/** All tasks waiting at once is worse: nothing at all gets done meanwhile. */
const ALL_HEAVY = 5;

/** From the last ten seconds. */
export function pressureLevel({ some10, full10 = 0 }: Pressure): PressureLevel {
  if (some10 >= HEAVY || full10 >= ALL_HEAVY) return { role: 'bad', word: 'stalling' };
  return some10 >= NOTICEABLE ? { role: 'warn', word: 'waiting' } : { role: 'quiet', word: 'none' };
}

/** `pressure 3.2%, waiting`: the share of the last ten seconds in which somebody waited for memory. */
export function pressureText(pressure: Pressure): string {
  return `pressure ${pressure.some10.toFixed(1)}%, ${pressureLevel(pressure).word}`;
}
