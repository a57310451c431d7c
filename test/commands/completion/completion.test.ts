import { describe, expect, it } from 'vitest';
import { FLAGS, type Flag, namesOf, placeholderOf } from '../../../src/cli/flags.ts';
import { completionScript } from '../../../src/commands/completion/completion.ts';
import { grammarOf } from '../../../src/commands/completion/grammar.ts';
import { SHELLS } from '../../../src/commands/completion/shells.ts';
import { COMMANDS } from '../../../src/commands/table.ts';
import { perform } from '../../../src/main.ts';
import { COLUMNS } from '../../../src/model/columns/columns.ts';
import { samplers } from '../../../src/sampling/samplers.ts';
import { fakeContext } from '../../helpers/fake-context.ts';

describe.each(SHELLS)('the script for %s', (shell) => {
  const script = completionScript([shell], COMMANDS);
  const words = new Set(script.split(/[^\w-]+/));

  it('has every command, column and sampler', () => {
    const expected = [...COMMANDS.map(({ name }) => name), ...COLUMNS.map(({ id }) => id)];
    for (const word of [...expected, ...samplers.map(({ name }) => name)]) expect(words).toContain(word);
  });

  it('has every flag, long and short', () => {
    for (const flag of Object.values<Flag>(FLAGS)) {
      for (const name of namesOf(flag)) {
        if (shell === 'fish')
          expect(script).toMatch(new RegExp(` ${name.startsWith('--') ? '-l ' : '-s '}${name.replace(/^-+/, '')} `));
        else expect(words).toContain(name);
      }
    }
  });

  it('has no mark left where something of the tables belongs', () => {
    expect(script).not.toMatch(/@[A-Z]+@/);
  });

  it('is what the command prints', async () => {
    const context = fakeContext();
    expect(await perform(['completion', shell], context)).toBe(0);
    expect(context.printed).toEqual([script]);
  });
});

it('every flag with a choice of values lists them', () => {
  const free = ['number', 'time', 'query', 'folder', 'file'];
  for (const flag of Object.values<Flag>(FLAGS)) {
    const placeholder = placeholderOf(flag);
    if (placeholder !== undefined && !free.includes(placeholder)) {
      expect(flag.takes, `${flag.form} needs "takes", for completions`).toBeDefined();
    }
  }
});

it('every command that takes words has the kind of its words', () => {
  for (const { name, words, takes } of COMMANDS) expect(takes !== undefined, name).toBe(words !== undefined);
});

it('the grammar completes a command with its own flags and those of all', () => {
  const line = grammarOf(COMMANDS).commands.find(({ name }) => name === 'line');
  const names = line?.flags.flatMap((flag) => flag.names) ?? [];
  expect(names).toEqual(expect.arrayContaining(['--follow', '--tmux', '--help', '--version']));
  expect(names).not.toContain('--columns');
});

it('another shell, none or two are refused with what to write', async () => {
  await expect(perform(['completion', 'tcsh'], fakeContext())).rejects.toMatchObject({
    next: 'Use one of: bash, zsh, fish.',
  });
  for (const words of [[], ['bash', 'zsh']]) {
    expect(() => completionScript(words, COMMANDS)).toThrow('Which shell?');
  }
});

it('in bash, a flag that means another thing for one command is completed by the command', async () => {
  const context = fakeContext();
  await perform(['completion', 'bash'], context);
  const script = context.printed.join('');
  const report = script.indexOf('report\\ -o|report\\ --output) _memtop_file ;;');
  const others = script.indexOf('*\\ -o|*\\ --output) _memtop_keep table json ndjson csv ;;');
  expect(report).toBeGreaterThan(0);
  expect(others).toBeGreaterThan(report);
});
