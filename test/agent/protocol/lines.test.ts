import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineReader } from '../../../src/agent/protocol/protocol.ts';

const read = (chunks: readonly Buffer[], limit = 100): string[] => {
  const reader = new LineReader(limit);
  return chunks.flatMap((chunk) => [...reader.push(chunk)]);
};

describe('a line reader', () => {
  it('yields a line once its newline has come', () => {
    expect(read([Buffer.from('on'), Buffer.from('e\ntw'), Buffer.from('o\nthr')])).toEqual(['one', 'two']);
  });

  it('joins a character that is split between two chunks', () => {
    const bytes = Buffer.from('grün\n');
    expect(read([bytes.subarray(0, 3), bytes.subarray(3)])).toEqual(['grün']);
  });

  it('takes a line of exactly the limit and no byte more', () => {
    const reader = new LineReader(4);
    expect([...reader.push(Buffer.from('1234\n'))]).toEqual(['1234']);
    expect([...reader.push(Buffer.from('12345'))]).toEqual([]);
    expect(reader.overflowed).toBe(true);
    expect(reader.held).toBe(0);
  });

  it('returns the lines before one that is too long, and nothing after it', () => {
    const reader = new LineReader(4);
    expect([...reader.push(Buffer.from('ok\ntoo long\nok\n'))]).toEqual(['ok']);
    expect([...reader.push(Buffer.from('ok\n'))]).toEqual([]);
  });

  it('finds the same lines however the bytes are cut', () => {
    const text = fc.array(fc.string({ unit: 'binary', maxLength: 20 }).map((line) => line.replaceAll('\n', '')));
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 9 }), (lines, size) => {
        const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
        const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
          bytes.subarray(index * size, (index + 1) * size),
        );
        expect(read(chunks, 1000)).toEqual(lines.map((line) => Buffer.from(line).toString()));
      }),
    );
  });
});
