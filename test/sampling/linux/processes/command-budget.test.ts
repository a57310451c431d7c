import { describe, expect, it } from 'vitest';
import { CommandBudget } from '../../../../src/sampling/linux/processes/command-budget.ts';
import { ProcRow } from '../../../../src/sampling/linux/processes/row.ts';

const KIB = 1024;
const NEEDS = { commandLimit: 128 * KIB, commandBudget: 300 * KIB };
const rows = (count: number) => Array.from({ length: count }, (_, index) => new ProcRow('/proc', index + 1));

describe('the room for long commands', () => {
  it('goes to the first commands, and beyond it a command is limited to 4,096 bytes', () => {
    const budget = new CommandBudget();
    const limits = rows(1000).map((row) => {
      const limit = budget.limitFor(row, NEEDS);
      budget.hold(row, 'x'.repeat(limit));
      return limit;
    });
    expect(limits.filter((limit) => limit === 128 * KIB)).toHaveLength(2);
    expect(limits.slice(2).every((limit) => limit === 4096)).toBe(true);
  });

  it('is not used up by short commands, nor twice by a command that is read again', () => {
    const budget = new CommandBudget();
    for (const row of rows(1000)) budget.hold(row, 'x'.repeat(4096));
    const [row] = rows(1) as [ProcRow];
    for (let time = 0; time < 10; time += 1) {
      expect(budget.limitFor(row, NEEDS)).toBe(128 * KIB);
      budget.hold(row, 'x'.repeat(128 * KIB));
    }
  });

  it('comes back with the end of a process', () => {
    const budget = new CommandBudget();
    const [one, two, three] = rows(3) as [ProcRow, ProcRow, ProcRow];
    for (const row of [one, two]) budget.hold(row, 'x'.repeat(128 * KIB));
    expect(budget.limitFor(three, NEEDS)).toBe(4096);
    budget.release(one);
    expect(budget.limitFor(three, NEEDS)).toBe(128 * KIB);
  });

  it('has no bound where none is asked for', () => {
    const budget = new CommandBudget();
    for (const row of rows(50)) budget.hold(row, 'x'.repeat(128 * KIB));
    expect(budget.limitFor(new ProcRow('/proc', 99), { commandLimit: 128 * KIB })).toBe(128 * KIB);
  });
});
