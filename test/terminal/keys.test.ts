import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KeyReader } from '../../src/terminal/keys.ts';

function keysOf(...chunks: string[]): string[] {
  const reader = new KeyReader();
  return [...chunks.flatMap((chunk) => reader.read(chunk)), ...reader.flush()].map((input) =>
    'key' in input ? input.key : `paste:${input.paste}`,
  );
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

  it('several keys that come in one read are told one by one', () => {
    expect(keysOf('jj\u001b[Bq')).toEqual(['j', 'j', 'down', 'q']);
  });

  it('a sequence split between two reads is one key', () => {
    expect(keysOf('\u001b', '[1', '7~')).toEqual(['f6']);
  });

  it('an Esc that nothing follows is the key itself', () => {
    expect(keysOf('\u001b')).toEqual(['escape']);
  });

  it('an unknown sequence is no key at all', () => {
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
        const reader = new KeyReader();
        for (const chunk of chunks) reader.read(chunk);
        reader.flush();
        expect(reader.isWaiting).toBe(false);
      }),
    );
  });
});
