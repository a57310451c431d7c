import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Painter as LinePainter } from '../../src/terminal/painter.ts';
import { clean } from '../../src/text/clean.ts';
import { codePointWidth } from '../../src/text/width.ts';
import { VirtualScreen } from '../helpers/virtual-screen.ts';

/** Frames as texts. */
class Painter extends LinePainter {
  frame(text: string): string {
    return this.paint(text.split('\n'));
  }
}

const COLUMNS = 20;
const ROWS = 9;

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
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      '\u001b[31ma\u001b[0m',
      '\u001b[1;36mxy\u001b[0m',
      '\u001b[7m  \u001b[0m',
      '\u001b[1m\u001b[4;38;5;231;48;5;24mz \u001b[22m8\u001b[39m9\u001b[m',
      '\u001b[1;38;2;255;117;117m+1 \u001b[0m',
      '\u001b[48;2;1;2;3m \u001b[49m ',
      '\u001b[38;5;248m▁ ▂\u001b[0m',
      '\u001b[2;97;101m·\u001b[0m',
    ),
  },
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
const lines = fc.array(line, { minLength: ROWS, maxLength: ROWS });
const frame = lines.map((each) => each.join('\n'));

/** Frames, each with most lines of the one before it: some in another row, some new, some changed. */
const frames = fc
  .tuple(
    lines,
    fc.array(fc.array(fc.tuple(fc.nat({ max: ROWS }), fc.nat({ max: ROWS }), line), { maxLength: 4 }), {
      maxLength: 5,
    }),
  )
  .map(([first, steps]) => {
    const all = [first];
    for (const moves of steps) {
      const next = [...(all.at(-1) as string[])];
      for (const [from, to, text] of moves) {
        next.splice(from, 1);
        next.splice(to, 0, text);
      }
      all.push(next.slice(0, ROWS).concat(new Array(Math.max(0, ROWS - next.length)).fill('')));
    }
    return all.map((each) => each.join('\n'));
  });

describe('painting frames', () => {
  it('a screen in doubt is written whole over whatever another program left there, and is not cleared first', async () => {
    const foreign = fc.constantFrom('noise\r\n', '\u001b[41mred', '\u001b[3;3H漢漢漢', '\n\n\n', '\u001b[2J\u001b[H$ ');
    await fc.assert(
      fc.asyncProperty(frame, frame, foreign, async (before, after, noise) => {
        const painter = new Painter(codePointWidth);
        const screen = new VirtualScreen(COLUMNS, ROWS);
        await screen.write(painter.frame(before) + noise);
        painter.doubt();
        const bytes = painter.frame(after);
        await screen.write(bytes);
        const expected = await paintedAnew(after);
        expect(screen.cells()).toEqual(expected.cells());
        expect(bytes).not.toContain('\u001b[2J');
        expect(painter.frame(after)).toBe('');
        screen.dispose();
        expected.dispose();
      }),
      { numRuns: 200 },
    );
  });

  it('after any sequence of frames the screen shows the last one, cell by cell', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(frames, fc.array(frame, { minLength: 1, maxLength: 5 })), async (all) => {
        const painter = new Painter(codePointWidth);
        const screen = new VirtualScreen(COLUMNS, ROWS);
        for (const each of all) await screen.write(painter.frame(each));
        const expected = await paintedAnew(all.at(-1) as string);
        expect(screen.cells()).toEqual(expected.cells());
        screen.dispose();
        expected.dispose();
      }),
      { numRuns: 300 },
    );
  });

  it('the same frame again writes nothing', () => {
    const painter = new Painter(codePointWidth);
    painter.frame('one\ntwo');
    expect(painter.frame('one\ntwo')).toBe('');
  });

  it('one changed digit is one moved cursor and one character', () => {
    const painter = new Painter(codePointWidth);
    painter.frame('Mem 281M\nrow');
    expect(painter.frame('Mem 282M\nrow')).toBe('\u001b[1;7H2');
  });

  it('the same column of the next line is reached by a step down, not by an address', () => {
    const painter = new Painter(codePointWidth);
    painter.frame('trend 1 x\ntrend 1 x\ntrend 1 x');
    expect(painter.frame('trend 2 x\ntrend 2 x\ntrend 2 x')).toBe('\u001b[1;7H2\u001bD\b2\u001bD\b2');
  });

  it('cells of one style are written together, whatever row they are in', () => {
    const painter = new Painter(codePointWidth);
    const row = (grey: string, plain: string) => `\u001b[38;5;248m${grey}\u001b[0m            ${plain}  `;
    painter.frame([row('1', 'a'), row('1', 'a')].join('\n'));
    expect(painter.frame([row('2', 'b'), row('2', 'b')].join('\n'))).toBe(
      '\u001b[1;14Hb\u001bD\bb\r\u001b[38;5;248m2\u001b[H2\u001b[m',
    );
  });

  it('from one style to another only what differs is written', () => {
    const painter = new Painter(codePointWidth);
    const bar = (text: string, alarm: string) =>
      `\u001b[1;38;5;231;48;5;24m${text}\u001b[0m\u001b[1;38;5;231;48;5;124m${alarm}\u001b[0m   `;
    painter.frame(bar('1', '1'));
    expect(painter.frame(bar('2', '2'))).toBe('\u001b[H\u001b[1;38;5;231;48;5;24m2\u001b[48;5;124m2\u001b[m');
  });

  it('where a line comes and another goes, the terminal moves those between', () => {
    const painter = new Painter(codePointWidth);
    const rows = ['header', ...Array.from({ length: 12 }, (_, row) => `row ${row} of the list`), 'footer'];
    painter.frame(rows.join('\n'));
    const next = ['header', 'row new of the list', ...rows.slice(1, 12), 'footer'];
    expect(painter.frame(next.join('\n'))).toBe('\u001b[13H\u001b[M\u001b[2H\u001b[Lrow new of the list');
  });

  it('a line below those that move is changed in its place', () => {
    const painter = new Painter(codePointWidth);
    const rows = Array.from({ length: 12 }, (_, row) => `       ${row + 10} root of the list 1`);
    painter.frame([...rows, 'keys and 12 shown'].join('\n'));
    const next = ['       99 root of the list 1', ...rows.slice(0, 11), 'keys and 13 shown'];
    expect(painter.frame(next.join('\n'))).toBe(
      '\u001b[12H\u001b[M\u001b[H\u001b[L\u001b[7C99 root of the list 1\u001b[13;11H3',
    );
  });

  it('lines are moved, and then changed, where only their end has changed', () => {
    const painter = new Painter(codePointWidth);
    const rows = (end: string, from: number) =>
      Array.from({ length: 12 }, (_, row) => `   ${((row + from) * 7919) % 90_001} root of the list ${end}`).join('\n');
    painter.frame(rows('1', 10));
    const bytes = painter.frame(rows('2', 11));
    expect(bytes.startsWith('\u001b[H\u001b[M\u001b[12H\u001b[L')).toBe(true);
    expect(bytes.split('2').length).toBeGreaterThan(12);
    expect(bytes.length).toBeLessThan(140);
  });

  it('after it has forgotten the screen it paints everything', () => {
    const painter = new Painter(codePointWidth);
    painter.frame('one');
    painter.forget();
    expect(painter.frame('one')).toContain('one');
  });

  it('behind a character that terminals measure differently the whole rest of the line is written', () => {
    const painter = new Painter(codePointWidth);
    painter.frame('a🙂b 1 tail');
    expect(painter.frame('a🙂b 2 tail')).toBe('\u001b[1;2H\u001b[K🙂b 2 tail');
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
      await screen.write(new Painter(codePointWidth).frame(`left ${clean(name)}\nsecond line`));
      expect(screen.lines()[0]?.startsWith('left ')).toBe(true);
      expect(screen.lines()[1]).toBe('second line');
      screen.dispose();
    }
  });
});
