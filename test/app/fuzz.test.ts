// Anything that can happen to the screen, in any order: it never throws, and a frame always fits its terminal.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { initialState } from '../../src/app/state/state.ts';
import { frameLines } from '../../src/screen/frame.ts';
import { cellWidth } from '../../src/text/width.ts';
import { SETTINGS, SIGNALS } from '../helpers/states.ts';
import { anyStep, run } from '../helpers/steps.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: styles are escape sequences.
const STYLE = /\u001b\[[\d;]*m/g;

it.each([
  { color: false, ascii: false, readonly: false },
  { color: true, ascii: true, readonly: true },
])('a frame fits, and nothing throws, whatever happens: %j', (given) => {
  const beginning = { ...SETTINGS, signals: SIGNALS, ...given };
  fc.assert(
    fc.property(fc.array(anyStep, { minLength: 1, maxLength: 40 }), (steps) => {
      run(initialState(beginning, { columns: 80, rows: 24 }), steps, (state) => {
        const lines = frameLines(state);
        expect(lines.length).toBeLessThanOrEqual(state.lines);
        for (const line of lines) {
          const shown = line.replace(STYLE, '');
          expect(cellWidth(shown), JSON.stringify(line)).toBeLessThanOrEqual(state.columns);
          expect(shown).not.toMatch(/\p{Cc}/u);
        }
      });
    }),
    { numRuns: 150 },
  );
});
