// No user can make the agents of others wait, however many sockets they plant.
import { expect, it } from 'vitest';
import { chooseFairly, crowdedBy } from '../../../../src/agent/client/finding/fairness.ts';

const owned = (owner: number | undefined, count: number) =>
  Array.from({ length: count }, (_, index) => ({ one: `${owner}-${index}`, owner }));

it('sockets are checked for each owner in turn, whatever their order in the list', () => {
  const { chosen, crowded } = chooseFairly([...owned(65534, 4), ...owned(0, 1), ...owned(1000, 2)]);
  expect(chosen).toEqual(['65534-0', '0-0', '1000-0', '65534-1', '1000-1', '65534-2', '65534-3']);
  expect(crowded).toEqual([]);
});

it('of each owner a limited number is checked, and the first one left out is reported', () => {
  const { chosen, crowded } = chooseFairly([...owned(7, 5), ...owned(undefined, 4), ...owned(0, 3)], 3);
  expect(chosen).toHaveLength(9);
  expect(crowded).toEqual([
    { owner: 7, first: '7-3' },
    { owner: undefined, first: 'undefined-3' },
  ]);
  expect(crowdedBy(7, 3)).toMatch(/^there are more than 3 sockets of the user with uid 7/);
});
