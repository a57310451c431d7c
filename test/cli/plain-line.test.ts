// Command lines read without Commander mean what Commander makes of them.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Grammar, parseFlags } from '../../src/cli/command-line.ts';
import { FLAGS, namesOf } from '../../src/cli/flags.ts';
import { firstWord, readPlain } from '../../src/cli/plain-line.ts';
import { COMMANDS } from '../../src/commands/table.ts';

const GRAMMARS = COMMANDS.map(
  ({ name, summary, flags, words, passThrough }): Grammar => ({
    ...{ name: `memtop ${name}`, summary, version: '1.2.3', flags, words, passThrough: passThrough === true },
    appendix: () => '',
  }),
);

const names = Object.values(FLAGS).flatMap(namesOf);
const text = fc.oneof(
  fc.constantFrom('2s', 'rss', 'pid,rss', 'node', 'a b', '', '-', '--', '-1', 'rss>500m', '--once=', '-h', '-V', '-dt'),
  fc.string({ maxLength: 6 }),
);
const word = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...names) },
  { weight: 3, arbitrary: text },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constantFrom(...names), fc.constantFrom('', '='), text).map((part) => part.join('')),
  },
);

/** What Commander makes of a line; undefined where that is a mistake. */
function byCommander(line: readonly string[], grammar: Grammar) {
  try {
    const { words, ...read } = parseFlags(line, grammar);
    return { ...read, words: [...words] };
  } catch {
    return undefined;
  }
}

describe('a command line that is read without Commander', () => {
  it('has the flags and words that Commander finds in it, whatever the line', () => {
    let plain = 0;
    const same = fc.property(fc.constantFrom(...GRAMMARS), fc.array(word, { maxLength: 6 }), (grammar, line) => {
      const read = readPlain(line, grammar);
      if (read === undefined) return;
      plain += 1;
      expect(read).toEqual(byCommander(line, grammar));
      expect(Object.keys(read.flags).sort()).toEqual(Object.keys(byCommander(line, grammar)?.flags ?? {}).sort());
    });
    fc.assert(same, { numRuns: 2000 });
    expect(plain).toBeGreaterThan(100);
  });

  const [watch, line] = GRAMMARS as [Grammar, Grammar];

  it('is one with flags of the table, their values and bare words', () => {
    const read = readPlain(['-d', '2s', 'node', '--no-color', '--once', 'js', '-d', '5s'], watch);
    expect(read?.words).toEqual(['node', 'js']);
    expect(read?.flags).toMatchObject({ interval: '5s', color: false, mouse: true, once: true, tree: undefined });
    expect(readPlain([], line)).toMatchObject({ words: [] });
  });

  it.each([
    [['--help'], watch],
    [['-V', '--once'], watch],
    [['--bogus'], watch],
    [['-d'], watch],
    [['-d', '-1'], watch],
    [['-d2s'], watch],
    [['--interval=2s'], watch],
    [['a', '--', '--once'], watch],
    [['-'], watch],
    [['word'], line],
    [['--once'], line],
  ])('is not %j', (words, grammar) => {
    expect(readPlain(words, grammar)).toBeUndefined();
  });
});

describe('the first word', () => {
  it.each([
    ['line', 0],
    ['--follow line', 1],
    ['-d 2s line', 2],
    ['-d2s line', 1],
    ['--interval=2s line', 1],
    ['--proc-root /x --once line', 3],
    ['-- line', -1],
    ['-d 2s', -1],
    ['-d', -1],
    ['', -1],
    ['-', 0],
  ])('of %j is at %d', (line, at) => {
    expect(firstWord(line.split(' ').filter(Boolean))).toBe(at);
  });
});
