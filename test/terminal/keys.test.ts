import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Input, KeyReader } from '../../src/terminal/keys.ts';
import type { MouseReport } from '../../src/terminal/mouse.ts';

const reported = ({ what, column, row }: MouseReport) => `${what} ${column},${row}`;

const textOf = (input: Input) =>
  'key' in input ? input.key : 'mouse' in input ? reported(input.mouse) : `paste:${input.paste}`;

function keysOf(...chunks: string[]): string[] {
  const reader = new KeyReader(() => 0);
  const inputs = chunks.flatMap((chunk) => reader.read(chunk));
  while (reader.isWaiting) inputs.push(...reader.flush());
  return inputs.map(textOf);
}

/** The keys of chunks that come N milliseconds after one another, on a clock of their own. */
function keysAt(pause: number, ...chunks: string[]): string[] {
  let now = 0;
  const reader = new KeyReader(() => now);
  const inputs: Input[] = [];
  const waiting = (until: number) => {
    for (let due = reader.timeout; due !== undefined && now + due <= until; due = reader.timeout) {
      now += due;
      inputs.push(...reader.flush());
    }
    now = until;
  };
  for (const chunk of chunks) {
    inputs.push(...reader.read(chunk));
    waiting(now + pause);
  }
  waiting(now + 60_000);
  return inputs.map(textOf);
}

describe('keys from bytes', () => {
  it.each([
    ['\u001b[A', 'up'],
    ['\u001bOB', 'down'],
    ['\u001b[5~', 'pageup'],
    ['\u001b[H', 'home'],
    ['\u001b[1~', 'home'],
    ['\u001bOF', 'end'],
    ['\u001bOP', 'f1'],
    ['\u001b[[B', 'f2'],
    ['\u001b[15~', 'f5'],
    ['\u001b[17~', 'f6'],
    ['\u001b[20~', 'f9'],
    ['\u001b[21~', 'f10'],
    ['\u001b[1;5A', 'up'],
    ['\u001b[Z', 'shift-tab'],
    ['\u001b[1;2A', 'shift-up'],
    ['\u001b[1;2B', 'shift-down'],
    ['\u001b[1;2C', 'right'],
    ['\u001bOM', 'enter'],
    ['\r', 'enter'],
    ['\u007f', 'backspace'],
    ['\u0003', 'ctrl-c'],
    ['\u000c', 'ctrl-l'],
    [' ', 'space'],
    ['ä', 'ä'],
    ['🙂', '🙂'],
  ])('%j is the key %s', (bytes, key) => {
    expect(keysOf(bytes)).toEqual([key]);
  });

  it('several keys that come in one read are reported one by one', () => {
    expect(keysOf('jj\u001b[Bq')).toEqual(['j', 'j', 'down', 'q']);
  });

  it('a sequence split between two reads is one key', () => {
    expect(keysOf('\u001b', '[1', '7~')).toEqual(['f6']);
  });

  it('an Esc that nothing follows is the key itself', () => {
    expect(keysOf('\u001b')).toEqual(['escape']);
  });

  it('an unknown sequence is ignored', () => {
    expect(keysOf('\u001b[?62;22c', '\u001b[200z', 'x')).toEqual(['x']);
  });

  it('a bracketed paste is one text, whatever is in it', () => {
    expect(keysOf('\u001b[200~rm -rf\nq\u001b[A\u001b[201~j')).toEqual(['paste:rm -rf\nq\u001b[A', 'j']);
  });

  it('a paste that never ends is cut', () => {
    expect(keysOf(`\u001b[200~${'x'.repeat(100_000)}`)[0]?.length).toBeLessThan(70_000);
  });

  it('however the bytes are cut into reads, the keys are the same and nothing is left over', () => {
    const piece = fc.constantFrom(
      '\u001b[A',
      '\u001bOP',
      '\u001b[17~',
      'a',
      'é',
      '\r',
      '\u001b[200~zz\u001b[201~',
      '\u001b[1;2D',
      '\u001b[<0;12;7M',
      '\u001b[<65;200;1M',
      '\u001b[M !!',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.integer({ min: 1, max: 5 }), (pieces, size) => {
        const bytes = pieces.join('');
        const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
          bytes.slice(at * size, at * size + size),
        );
        expect(keysOf(...chunks)).toEqual(keysOf(bytes));
      }),
    );
  });

  it('no bytes at all make it throw or wait for ever', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (chunks) => {
        const reader = new KeyReader(() => 0);
        for (const chunk of chunks) reader.read(chunk);
        for (let flushes = 0; reader.isWaiting; flushes += 1) {
          expect(flushes).toBeLessThan(3);
          reader.flush();
        }
      }),
    );
  });
});

describe('bytes of a key that arrive late', () => {
  const sequences: [bytes: string, key: string][] = [
    ...['A', 'B', 'C', 'D', 'H', 'F', 'Z', '1;2A', '1;5D'].map((rest): [string, string] => [`\u001b[${rest}`, rest]),
    ...['A', 'B', 'C', 'D', 'H', 'F', 'P', 'Q', 'R', 'S', 'M'].map((rest): [string, string] => [
      `\u001bO${rest}`,
      rest,
    ]),
    ...[1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24].map((number): [string, string] => [
      `\u001b[${number}~`,
      `${number}`,
    ]),
    ...['A', 'B', 'C', 'D', 'E'].map((rest): [string, string] => [`\u001b[[${rest}`, rest]),
    ['\u001b[<0;12;7M', 'press'],
    ['\u001b[M !!', 'the mouse of X10'],
    ['\u001b[200~qK\u001b[201~', 'paste'],
  ];
  const PAUSES = [1, 39, 40, 41, 299, 300, 301, 500, 999, 1000];

  it.each(sequences)('%j cut anywhere is that key, or Esc and that key, and never another', (bytes) => {
    const whole = keysOf(bytes);
    for (let at = 1; at < bytes.length; at += 1) {
      for (const pause of PAUSES) {
        const keys = keysAt(pause, bytes.slice(0, at), bytes.slice(at));
        const expected = at === 1 && pause >= 40 ? ['escape', ...whole] : whole;
        expect([at, pause, keys]).toEqual([at, pause, expected]);
      }
    }
  });

  it.each(sequences)('%j byte by byte presses nothing but Esc, the bracket and that key', (bytes) => {
    for (const pause of PAUSES) {
      const allowed = new Set(['escape', bytes[1], ...keysOf(bytes)]);
      const strange = keysAt(pause, ...bytes).filter((key) => !allowed.has(key));
      expect([pause, strange]).toEqual([pause, []]);
    }
  });

  it('a [ or O behind a lone Esc is a key when nothing follows it for 300 ms', () => {
    expect(keysAt(200, '\u001b', 'O')).toEqual(['escape', 'O']);
    expect(keysAt(200, '\u001b', '[')).toEqual(['escape', '[']);
    expect(keysAt(400, '\u001b', 'O', 'j')).toEqual(['escape', 'O', 'j']);
  });

  it('more than a second after Esc every byte is a key of its own', () => {
    expect(keysAt(1001, '\u001b', 'O', 'D')).toEqual(['escape', 'O', 'D']);
  });

  it('a key between Esc and the bracket ends the sequence', () => {
    expect(keysAt(100, '\u001b', 'j', 'O')).toEqual(['escape', 'j', 'O']);
  });

  it('a paste whose rest is late stays one text', () => {
    expect(keysAt(900, '\u001b[200~rm', ' -rf\nq', '\u001b[201~')).toEqual(['paste:rm -rf\nq']);
  });

  it('Ctrl-C acts in the middle of a sequence', () => {
    expect(keysAt(100, '\u001b', '[', '\u0003').at(-1)).toBe('ctrl-c');
    expect(keysAt(100, '\u001b[1', '\u0003').at(-1)).toBe('ctrl-c');
  });
});

describe('the mouse', () => {
  it.each([
    ['\u001b[<0;1;1M', 'press 0,0'],
    ['\u001b[<0;80;24m', 'release 79,23'],
    ['\u001b[<32;40;12M', 'drag 39,11'],
    ['\u001b[<64;3;5M', 'wheel-up 2,4'],
    ['\u001b[<65;3;5M', 'wheel-down 2,4'],
    ['\u001b[<16;223;60M', 'press 222,59'],
  ])('%j is %s', (bytes, what) => {
    expect(keysOf(bytes)).toEqual([what]);
  });

  it.each([
    ['another button', '\u001b[<2;3;5M'],
    ['with Shift, which selects text', '\u001b[<4;3;5M'],
    ['moving without a button', '\u001b[<35;3;5M'],
    ['the wheel sideways', '\u001b[<66;3;5M'],
    ['a huge number', '\u001b[<0;99999999999999999999;5M'],
    ['no such place', '\u001b[<0;0;5M'],
    ['a number too few', '\u001b[<0;5M'],
    ['a number too many', '\u001b[<0;1;2;3M'],
    ['nothing at all', '\u001b[<M'],
    ['the form of urxvt', '\u001b[32;10;5M'],
    ['the form of X10', '\u001b[M q!'],
    ['the form of X10 with a control character', '\u001b[M\u0003\u001bq'],
  ])('%s is neither a report nor a key', (_, bytes) => {
    expect(keysOf(bytes)).toEqual([]);
    expect(keysOf(`${bytes}j`)).toEqual(['j']);
  });

  it('a report whose end comes late leaves no key behind', () => {
    for (const begun of ['\u001b[<', '\u001b[<0;1', '\u001b[<0;12;3']) {
      const reader = new KeyReader(() => 0);
      const rest = '\u001b[<0;12;34M'.slice(begun.length);
      expect([...reader.read(begun), ...reader.flush()]).toEqual([]);
      expect(reader.isWaiting).toBe(false);
      expect(reader.read(`${rest}j`)).toEqual([{ key: 'j' }]);
    }
  });

  it('an unterminated sequence is dropped, and what follows are keys', () => {
    const reader = new KeyReader(() => 0);
    for (let read = 0; read < 100; read += 1) reader.read(`${read === 0 ? '\u001b[<' : ''}${'1'.repeat(100)}`);
    reader.flush();
    expect(reader.isWaiting).toBe(false);
    expect(reader.read('q').at(-1)).toEqual({ key: 'q' });
  });
});
