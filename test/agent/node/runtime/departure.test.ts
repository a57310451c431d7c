import { expect, it } from 'vitest';
import { Departure } from '../../../../src/agent/node/runtime/departure.ts';

it('a departure that has happened is one for what asks later too, and once is enough', async () => {
  const departure = new Departure();
  let isGone = false;
  const waited = departure.happened.then(() => {
    isGone = true;
  });
  await Promise.resolve();
  expect(isGone).toBe(false);
  departure.happen();
  departure.happen();
  await waited;
  expect(isGone).toBe(true);
  await departure.happened;
});
