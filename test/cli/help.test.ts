import fc from 'fast-check';
import { expect, it } from 'vitest';
import { section } from '../../src/cli/help.ts';
import { wordLines } from '../../src/text/wrap.ts';

it('a section hangs its meanings on one line, 80 cells wide', () => {
  const text = section('Things', [
    { name: 'a', meaning: 'short' },
    { name: 'long', meaning: `${'word '.repeat(20)}end` },
  ]);
  expect(text).toBe(
    ['\nThings:', '  a     short', `  long  ${'word '.repeat(14).trim()}`, `        ${'word '.repeat(6)}end\n`].join(
      '\n',
    ),
  );
});

it('wrapped lines hold all words in order and are no wider than requested', () => {
  const words = fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(words, fc.integer({ min: 12, max: 60 }), (given, width) => {
      const lines = wordLines(given.join(' '), width);
      expect(lines.join(' ')).toBe(given.join(' '));
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
    }),
  );
});
