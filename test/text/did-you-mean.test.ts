import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearest } from '../../src/text/did-you-mean.ts';

const COLUMNS = ['pid', 'user', 'rss', 'growth', 'command'];

describe('the nearest word', () => {
  it.each([
    ['rsss', 'rss'],
    ['RSS', 'rss'],
    ['comand', 'command'],
    ['gorwth', 'growth'],
    ['usr', 'user'],
  ])('to %s is %s', (word, meant) => {
    expect(nearest(word, COLUMNS)).toBe(meant);
  });

  it('is undefined when nothing is similar', () => {
    for (const word of ['', 'zzzzzz', 'x'.repeat(1000)]) expect(nearest(word, COLUMNS)).toBeUndefined();
    expect(nearest('word', [])).toBeUndefined();
    expect(nearest('tcsh', ['bash', 'zsh', 'fish'])).toBeUndefined();
  });

  it('to a candidate is itself', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(
          fc.string({ minLength: 1, maxLength: 20 }).map((text) => text.toLowerCase()),
          { minLength: 1 },
        ),
        (words) => {
          for (const word of words) expect(nearest(word, words)).toBe(word);
        },
      ),
    );
  });
});
