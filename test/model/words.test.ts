import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Label } from '../../src/model/label.ts';
import { filterOfWords, joinFilters } from '../../src/model/words.ts';
import { processOf } from '../helpers/reports.ts';

const labelOf = (name: string, command: string) => new Label(processOf({ pid: 1, name, command }).who);
const NODE = labelOf('node', '/usr/bin/node Server.js --port 80');
const matches = (text: string, label = NODE) => filterOfWords(text)?.(label);

describe('a filter of words', () => {
  it('looks in name and command, whatever the case', () => {
    expect(matches('NODE')).toBe(true);
    expect(matches('server.JS')).toBe(true);
    expect(matches('python')).toBe(false);
  });

  it('wants every word, in any order', () => {
    expect(matches('80 node')).toBe(true);
    expect(matches('node python')).toBe(false);
  });

  it('takes either side of `or`, whatever its case', () => {
    expect(matches('python or node 80')).toBe(true);
    expect(matches('python OR node 81')).toBe(false);
    expect(matches('orport')).toBe(false);
    expect(matches('port')).toBe(true);
  });

  it('takes no characters for a pattern', () => {
    expect(matches('.*')).toBe(false);
    expect(matches('server.js')).toBe(true);
    expect(matches('serverxjs')).toBe(false);
  });

  it('is none without words, so that everything is kept while somebody types', () => {
    for (const text of ['', '  ', 'or', ' or or ']) expect(filterOfWords(text)).toBeUndefined();
    expect(matches('node or')).toBe(true);
    expect(matches('or node')).toBe(true);
  });

  it('finds what is shown: a text with its control characters taken out', () => {
    expect(matches('evil', labelOf('ev\u0007il', 'x'))).toBe(true);
  });
});

describe('several filters', () => {
  it('are one that wants all of them', () => {
    expect(joinFilters(['', ''])).toBe('');
    expect(joinFilters(['a', 'b c'])).toBe('a b c');
    expect(joinFilters(['a or b', 'c'])).toBe('a c or b c');
    expect(joinFilters(['a or b', 'c or d'])).toBe('a c or a d or b c or b d');
  });

  it('match together what each of them matches', () => {
    const word = fc.constantFrom('a', 'b', 'c', 'd', 'or');
    const words = fc.array(word, { maxLength: 5 }).map((each) => each.join(' '));
    fc.assert(
      fc.property(words, words, fc.subarray(['a', 'b', 'c', 'd']), (one, other, present) => {
        const label = labelOf(present.join(' '), present.join(' '));
        const alone = [one, other].every((text) => filterOfWords(text)?.(label) ?? true);
        expect(filterOfWords(joinFilters([one, other]))?.(label) ?? true).toBe(alone);
      }),
    );
  });
});
