import { describe, expect, it } from 'vitest';
import { type Grammar, parseFlags } from '../../src/cli/command-line.ts';
import { FLAGS } from '../../src/cli/flags.ts';
import { COMMANDS } from '../../src/commands/table.ts';

const GRAMMAR: Grammar = {
  name: 'memtop',
  summary: '',
  version: '1.2.3',
  flags: COMMANDS[0]?.flags ?? [],
  words: '[FILTER...]',
  appendix: () => 'APPENDIX',
};
const parse = (line: string) => parseFlags(line.split(' ').filter(Boolean), GRAMMAR);

/** The flags that are set. */
function flagsOf(line: string) {
  return Object.fromEntries(Object.entries(parse(line).flags).filter(([, value]) => value !== undefined));
}

describe('a command line', () => {
  it('takes flags short and long, with their values separate or attached', () => {
    const expected = { interval: '2s', color: true, mouse: true };
    for (const line of ['-d 2s', '-d2s', '--interval 2s', '--interval=2s']) expect(flagsOf(line)).toEqual(expected);
  });

  it('takes every flag of the table', () => {
    const values = (form: string) => (form.endsWith('>') ? ['value'] : []);
    const line = GRAMMAR.flags.flatMap((name) => [
      /--[a-z-]+/.exec(FLAGS[name].form)?.[0] as string,
      ...values(FLAGS[name].form),
    ]);
    const { flags } = parseFlags(line, GRAMMAR);
    for (const name of GRAMMAR.flags) {
      const expected = FLAGS[name].form.endsWith('>') ? 'value' : !FLAGS[name].form.startsWith('--no-');
      expect(flags[name], name).toBe(expected);
    }
  });

  it('takes bare words before, between and behind flags, and anything behind --', () => {
    expect(parse('node -d 2s server --once js').words).toEqual(['node', 'server', 'js']);
    expect(parse('a -- --once line').words).toEqual(['a', '--once', 'line']);
    expect(flagsOf('-- --once')).not.toHaveProperty('once');
  });

  it('lets the last of a flag given twice count', () => {
    expect(flagsOf('-d 1 -d 2')).toMatchObject({ interval: '2' });
  });

  it('ends in an answer when help or version are asked for', () => {
    expect(parse('--help').answer).toMatch(/^Usage: memtop .*APPENDIX$/s);
    expect(parse('-V').answer).toBe('memtop 1.2.3\n');
    expect(parse('').answer).toBeUndefined();
  });
});
