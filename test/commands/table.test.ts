import { describe, expect, it } from 'vitest';
import { perform } from '../../src/main.ts';
import { fakeContext } from '../helpers/fake-context.ts';

/** The machine's own process, which is surely there, on whatever system the tests run. */
const SELF = ['-p', String(process.pid)];

describe('without a screen', () => {
  it('prints one table where stdout is not a terminal', async () => {
    const context = fakeContext();
    expect(await perform(SELF, context)).toBe(0);
    expect(context.printed).toHaveLength(1);
    expect(context.printed[0]).toMatch(/^Mem .*\n(Sw.*\n)?(memory pressure.*\n)?\n *PID USER .*COMMAND\n *\d+ /);
  });

  it('prints one table on a dumb terminal, cut at its width', async () => {
    const context = fakeContext({
      environment: { TERM: 'dumb' },
      inputIsTerminal: true,
      outputIsTerminal: true,
      terminalWidth: () => 40,
    });
    expect(await perform([], context)).toBe(0);
    expect(context.printed).toHaveLength(1);
    for (const line of (context.printed[0] as string).split('\n')) expect(line.length).toBeLessThanOrEqual(40);
  });

  it('prints on a terminal when a number of samples or a form is requested, keyboard or not', async () => {
    for (const line of [['--once'], ['-n', '1'], ['-o', 'table'], ['-o', 'json']]) {
      const context = fakeContext({ outputIsTerminal: true });
      expect(await perform([...line, ...SELF], context)).toBe(0);
      expect(context.printed).toHaveLength(1);
    }
  });

  it('is the same for the command by its name', async () => {
    const context = fakeContext();
    expect(await perform(['watch', ...SELF], context)).toBe(0);
    expect(context.printed[0]).toContain('PID');
  });
});

describe('a filter that keeps nothing', () => {
  it('ends with 1 and names the command that may have been meant', async () => {
    const context = fakeContext();
    // A tree of files: a process of this machine may have any word in its command line.
    expect(await perform(['--proc-root', 'test/fixtures/proc/ordinary/proc', 'waatch'], context)).toBe(1);
    expect(context.printed.join('')).toBe('');
    expect(context.warned).toEqual(["No process matches 'waatch'. Did you mean `memtop watch`?"]);
  });
});
