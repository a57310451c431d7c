// Many pairs of ending signals, 0 to 50 ms apart: the terminal is as it was after every one.
import { expect, it } from 'vitest';
import { amount } from '../helpers/long.ts';
import { leftBy, randomPair } from '../pty/endings.ts';

const PAIRS = amount(1000, 150);
const AT_ONCE = 4;

it(`${PAIRS} random pairs of ending signals leave the terminal as it was`, async () => {
  const wrong: string[] = [];
  let left = PAIRS;
  const one = async () => {
    while (left-- > 0) {
      const trouble = await leftBy(randomPair());
      if (trouble !== undefined) wrong.push(trouble);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  expect(wrong).toEqual([]);
}, 3_600_000);
