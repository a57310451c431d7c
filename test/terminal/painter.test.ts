import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Painter } from '../../src/terminal/painter.ts';
import { clean } from '../../src/text/clean.ts';
import { codePointWidth } from '../../src/text/width.ts';
import { VirtualScreen } from '../helpers/virtual-screen.ts';

const COLUMNS = 20;
const ROWS = 4;

/** What a frame looks like when it is written to an empty screen, line by line. */
async function paintedAnew(frame: string): Promise<VirtualScreen> {
  const screen = new VirtualScreen(COLUMNS, ROWS);
  await screen.write(
    frame
      .split('\n')
      .map((line, row) => `\u001b[0m\u001b[${row + 1}H${line}`)
      .join(''),
  );
  return screen;
}

const piece = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('a', 'b', ' ', '  ', 'node', '12.5M', '▁▂', '█', '·', 'Δ') },
  { weight: 3, arbitrary: fc.constantFrom('\u001b[31ma\u001b[0m', '\u001b[1;36mxy\u001b[0m', '\u001b[7m  \u001b[0m') },
  { weight: 1, arbitrary: fc.constantFrom('漢', '字x', 'é', 'e\u0301', '🙂', '❤') },
);

/** Lines of pieces that fit into the screen's columns. */
const line = fc.array(piece, { maxLength: 12 }).map((pieces) => {
  let cells = 0;
  let text = '';
  for (const each of pieces) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: styles take no cells.
    const width = [...each.replace(/\u001b\[[\d;]*m/g, '')].reduce(
      (sum, character) => sum + codePointWidth(character.codePointAt(0) ?? 0),
      0,
    );
    if (cells + width > COLUMNS) break;
    cells += width;
    text += each;
  }
  return text;
});
const frame = fc.array(line, { minLength: ROWS, maxLength: ROWS }).map((lines) => lines.join('\n'));

describe('painting frames', () => {
  it('a screen in doubt is written whole over whatever another program left there, and is not cleared first', async () => {
    const foreign = fc.constantFrom('noise\r\n', '\u001b[41mred', '\u001b[3;3H漢漢漢', '\n\n\n', '\u001b[2J\u001b[H$ ');
    await fc.assert(
      fc.asyncProperty(frame, frame, foreign, async (before, after, noise) => {
        const painter = new Painter(codePointWidth);
        const screen = new VirtualScreen(COLUMNS, ROWS);
        await screen.write(painter.paint(before) + noise);
        painter.doubt();
        const bytes = painter.paint(after);
        await screen.write(bytes);
        const expected = await paintedAnew(after);
        expect(screen.cells()).toEqual(expected.cells());
        expect(bytes).not.toContain('\u001b[2J');
        expect(painter.paint(after)).toBe('');
        screen.dispose();
        expected.dispose();
      }),
      { numRuns: 200 },
    );
  });

  it('after any sequence of frames the screen shows the last one, cell by cell', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(frame, { minLength: 1, maxLength: 5 }), async (frames) => {
        const painter = new Painter(codePointWidth);
        const screen = new VirtualScreen(COLUMNS, ROWS);
        for (const each of frames) await screen.write(painter.paint(each));
        const expected = await paintedAnew(frames.at(-1) as string);
        expect(screen.cells()).toEqual(expected.cells());
        screen.dispose();
        expected.dispose();
      }),
      { numRuns: 300 },
    );
  });

  it('the same frame again writes nothing', () => {
    const painter = new Painter(codePointWidth);
    painter.paint('one\ntwo');
    expect(painter.paint('one\ntwo')).toBe('');
  });

  it('one changed digit is one moved cursor and one character', () => {
    const painter = new Painter(codePointWidth);
    painter.paint('Mem 281M\nrow');
    expect(painter.paint('Mem 282M\nrow')).toBe('\u001b[1;7H2');
  });

  it('the same column of the next line is reached by a step down, not by an address', () => {
    const painter = new Painter(codePointWidth);
    painter.paint('trend 1 x\ntrend 1 x\ntrend 1 x');
    expect(painter.paint('trend 2 x\ntrend 2 x\ntrend 2 x')).toBe('\u001b[1;7H2\u001b[B\b2\u001b[B\b2');
  });

  it('after it has forgotten the screen it paints everything', () => {
    const painter = new Painter(codePointWidth);
    painter.paint('one');
    painter.forget();
    expect(painter.paint('one')).toContain('one');
  });

  it('behind a character that terminals measure differently the whole rest of the line is written', () => {
    const painter = new Painter(codePointWidth);
    painter.paint('a🙂b 1 tail');
    expect(painter.paint('a🙂b 2 tail')).toBe('\u001b[1;2H🙂b 2 tail\u001b[K');
  });

  it('hostile names leave every column where it was', async () => {
    const names = [
      '👨‍👩‍👧',
      '\u001b]52;c;aGk=\u0007x',
      '\u202Eevil',
      'a\u0000b',
      '\u001b[2J',
      '\u009b31m',
      '🏳️‍🌈',
      'e\u0301\u0301\u0301',
    ];
    for (const name of names) {
      const screen = new VirtualScreen(40, 2);
      await screen.write(new Painter(codePointWidth).paint(`left ${clean(name)}\nsecond line`));
      expect(screen.lines()[0]?.startsWith('left ')).toBe(true);
      expect(screen.lines()[1]).toBe('second line');
      screen.dispose();
    }
  });
});
