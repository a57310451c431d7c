import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KeyReader } from '../../src/terminal/keys.ts';
import { type Reply, readColour } from '../../src/terminal/replies.ts';

const OUT_OF_WHITE = '\u001b]11;rgb:ffff/ffff/ffff\u0007';
const ATTRIBUTES = '\u001b[?65;1;9;22c';

/** What a reader makes of chunks, each with the milliseconds of silence before it. */
function readAt(chunks: readonly (readonly [pause: number, chunk: string])[], isWaiting = false) {
  let now = 0;
  const replies: Reply[] = [];
  const reader = new KeyReader(() => now, { isWaiting, heard: (reply) => replies.push(reply) });
  const keys: string[] = [];
  const take = (inputs: ReturnType<KeyReader['read']>) =>
    keys.push(...inputs.map((input) => ('key' in input ? input.key : JSON.stringify(input))));
  const pass = (milliseconds: number) => {
    const until = now + milliseconds;
    for (let due = reader.timeout; due !== undefined && now + due <= until; due = reader.timeout) {
      now += due;
      take(reader.flush());
    }
    now = until;
  };
  for (const [pause, chunk] of chunks) {
    pass(pause);
    take(reader.read(chunk));
  }
  pass(60_000);
  return { keys, replies };
}

/** A text cut into pieces of these lengths, and one with the rest. */
function cut(text: string, lengths: readonly number[]): string[] {
  const pieces: string[] = [];
  let at = 0;
  for (const length of lengths) {
    pieces.push(text.slice(at, at + length));
    at += length;
  }
  return [...pieces, text.slice(at)].filter((piece) => piece !== '');
}

const at = (pause: number, pieces: readonly string[]) => pieces.map((piece) => [pause, piece] as const);

/** Answers as terminals give them, and what they could give at worst. */
const content = fc
  .string({ unit: 'binary', maxLength: 80 })
  .map((text) => text.replaceAll('\u0007', '').replaceAll('\u001b', ''));
const end = fc.constantFrom('\u0007', '\u001b\\');
const hostile = fc.tuple(fc.constantFrom('11;', '10;', '4;1;', '52;c;', 'l', 'L', '0;', '99'), content, end);
const answer = fc.oneof(
  fc.constantFrom(OUT_OF_WHITE, ATTRIBUTES, '\u001b]11;rgba:0/0/0/ffff\u001b\\', '\u001b[?1;2c', '\u001b[?2026;2$y'),
  hostile.map(([begin, text, final]) => `\u001b]${begin}${text}${final}`),
  fc
    .array(fc.nat({ max: 99 }), { maxLength: 40 })
    .map((parameters) => `\u001b[?1${parameters.map((one) => `;${one}`).join('')}c`),
);

describe('answers of a terminal', () => {
  it.each([
    ['\u001b]11;rgb:ffff/ffff/ffff\u0007', [{ what: 'background', colour: 'rgb:ffff/ffff/ffff' }]],
    ['\u001b]11;rgb:1/2/3\u001b\\', [{ what: 'background', colour: 'rgb:1/2/3' }]],
    ['\u001b[?62;22c', [{ what: 'attributes' }]],
    ['\u001b[?6c', [{ what: 'attributes' }]],
    ['\u001b]10;rgb:0/0/0\u0007', []],
    ['\u001b]lq\u0003\u001b\\', []],
    ['\u001b[?2026;2$y', []],
    ['\u001b[>0;276;0c', []],
  ])('%j is heard and presses no key', (bytes, replies) => {
    expect(readAt([[0, `j${bytes}k`]])).toEqual({ keys: ['j', 'k'], replies });
  });

  it.each([[false], [true]])(
    'cut anywhere, with any silence between: no key but Esc itself (awaited: %s)',
    (isWaiting) => {
      for (const bytes of [OUT_OF_WHITE, ATTRIBUTES, '\u001b]11;rgba:00/00/00/ff\u001b\\']) {
        for (let where = 1; where < bytes.length; where += 1) {
          for (const pause of [0, 39, 40, 299, 300, 999, 1500, 1501, 5000, 9000]) {
            const { keys } = readAt(at(pause, cut(bytes, [where])), isWaiting);
            const isEscape = where === 1 && pause >= (isWaiting ? 300 : 40);
            expect([where, pause, keys]).toEqual([where, pause, isEscape ? ['escape'] : []]);
          }
        }
      }
    },
  );

  it('byte by byte: no key but Esc and the bracket', () => {
    for (const bytes of [OUT_OF_WHITE, ATTRIBUTES]) {
      for (const pause of [1, 39, 40, 299, 300, 500, 1000]) {
        const { keys } = readAt(at(pause, [...bytes]));
        expect([pause, keys.filter((key) => key !== 'escape' && key !== '[')]).toEqual([pause, []]);
        if (pause < 40) expect(keys).toEqual([]);
      }
    }
  });

  it('whatever is in them, expected or not, in whatever pieces: the keys are those typed around them', () => {
    const piece = fc.oneof(answer, fc.constantFrom('j', 'q', '\r', '\u001b[A', 'K'));
    const typed = (text: string) => readAt([[0, text]]).keys;
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 8 }),
        fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 60 }),
        fc.integer({ min: 0, max: 39 }),
        fc.boolean(),
        (pieces, lengths, pause, isWaiting) => {
          const { keys } = readAt(at(pause, cut(pieces.join(''), lengths)), isWaiting);
          expect(keys).toEqual(typed(pieces.filter((one) => !/^.[\][][\d?lL]/.test(one)).join('')));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('one that is late by seconds in its middle presses no key, and the keys after it act', () => {
    for (const silence of [1501, 5000, 9000]) {
      expect(
        readAt([
          [0, '\u001b]11;rgb:ff'],
          [silence, 'ff/ff'],
          [silence, 'ff/ffff\u0007j'],
        ]).keys,
      ).toEqual(['j']);
      expect(
        readAt([
          [0, '\u001b[?62'],
          [silence, ';2'],
          [silence, '2cj'],
        ]).keys,
      ).toEqual(['j']);
    }
  });

  it('a command without an end is abandoned after a timeout, takes no memory, and leaves keys that work', () => {
    const flood = Array.from({ length: 200 }, () => [1, 'q'.repeat(5000)] as const);
    const { keys, replies } = readAt([[0, '\u001b]11;rgb:'], ...flood, [2000, 'j'], [1, 'q']]);
    expect({ keys, replies }).toEqual({ keys: ['j', 'q'], replies: [] });
  });

  it('a command longer than any is dropped to its end', () => {
    const long = `\u001b]52;c;${'q'.repeat(100_000)}`;
    expect(
      readAt([
        [0, long],
        [1, 'q\u001b'],
        [1, '\\j'],
      ]).keys,
    ).toEqual(['j']);
  });

  it('Esc, a bracket and other input stay keys', () => {
    expect(readAt([[0, '\u001b]q']]).keys).toEqual(['escape', ']', 'q']);
    expect(
      readAt([
        [0, '\u001b'],
        [50, 'q'],
      ]).keys,
    ).toEqual(['escape', 'q']);
  });
});

describe('a colour', () => {
  it.each([
    ['rgb:ffff/0000/8080', [1, 0, 0x8080 / 0xffff]],
    ['rgb:ff/00/80', [1, 0, 0x80 / 0xff]],
    ['rgb:f/0/8', [1, 0, 8 / 15]],
    ['rgb:fff/000/800', [1, 0, 0x800 / 0xfff]],
    ['RGB:Ff/0/8', [1, 0, 8 / 15]],
    ['rgba:0000/ffff/0000/cccc', [0, 1, 0]],
  ])('%s is read as parts of the whole', (text, [red, green, blue]) => {
    expect(readColour(text)).toEqual({ red, green, blue });
  });

  it.each([
    '',
    '?',
    'white',
    '#ffffff',
    'rgb:',
    'rgb:ff/ff',
    'rgb:fffff/0/0',
    'rgb:f/f/f/f',
    'rgba:f/f/f',
    'rgb:-1/0/0',
    'rgb:g/0/0',
    ' rgb:0/0/0',
    'rgb:0/0/0;',
  ])('%j is not one', (text) => expect(readColour(text)).toBeUndefined());

  it('of any text is undefined, or three numbers from 0 to 1', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^rgba?:[\da-f/]{0,24}$/)), (text) => {
        const colour = readColour(text);
        for (const part of Object.values(colour ?? {})) expect(part >= 0 && part <= 1).toBe(true);
      }),
    );
  });
});
