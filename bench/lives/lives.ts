// Lives of 44 kinds, made of a seed: programs that hit a limit, and ones that only seem about to.
import { type Random, seeded } from '../curves.ts';
import { HITTING } from './hitting.ts';
import { HOURS } from './hours.ts';
import { type Kinds, type Life, lifeOf } from './life.ts';
import { SPARED } from './spared.ts';

/** Lives of each kind. Each kind has its own seed, so that a new kind does not change the others. */
export function livesOf(seed: number, ofEach: number): Life[] {
  const lives = (kinds: Kinds, hits: boolean) =>
    Object.entries(kinds).flatMap(([name, kind]) => {
      const random = seeded(seed * 1000 + numberOf(name));
      return Array.from({ length: ofEach }, () => lifeOf(random, name, kind(random as Random), hits));
    });
  return [...lives(HITTING, true), ...lives({ ...SPARED, ...HOURS }, false)];
}

/** A seed from a name. */
function numberOf(name: string): number {
  return [...name].reduce((number, letter) => (number * 31 + (letter.codePointAt(0) ?? 0)) % 999_983, 0);
}
