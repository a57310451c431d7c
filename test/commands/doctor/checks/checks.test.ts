import { expect, it } from 'vitest';
import { STATES } from '../../../../src/commands/doctor/checks/check.ts';
import { CHECKS } from '../../../../src/commands/doctor/checks/checks.ts';
import { fakeMachine } from '../fake-machine.ts';

const checks = CHECKS.flatMap((group) => [...group.checks]);

it('each check of the table is made on a Linux machine of an ordinary user, and finds something to say', () => {
  for (const check of checks) {
    const { state, found } = check.run(fakeMachine());
    expect(STATES, check.id).toContain(state);
    expect(found, check.id).toMatch(/\S/);
  }
});

it('each is made where no file can be read, without an error', () => {
  const bare = fakeMachine({ read: () => ({ why: 'denied' }), open: () => 'denied', names: () => undefined });
  for (const check of checks) expect(() => check.run(bare), check.id).not.toThrow();
});

it('groups have names and checks', () => {
  expect(CHECKS.map(({ group }) => group)).toEqual([...new Set(CHECKS.map(({ group }) => group))]);
  for (const { checks: own } of CHECKS) expect(own.length).toBeGreaterThan(0);
});
