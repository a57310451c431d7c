// Text that would become deeply nested objects is told from text that only looks so.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readMessage } from '../../../src/agent/client/message.ts';
import { isNestedDeeper } from '../../../src/agent/client/nesting.ts';

const depth = (value: unknown): number =>
  typeof value === 'object' && value !== null
    ? 1 + Math.max(0, ...Object.values(value).map((inner) => depth(inner)))
    : 0;

it('the depth of any JSON is what it is when parsed', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
      const text = JSON.stringify(value);
      const deep = depth(JSON.parse(text));
      expect(isNestedDeeper(text, deep)).toBe(false);
      if (deep > 0) expect(isNestedDeeper(text, deep - 1)).toBe(true);
    }),
  );
});

it('brackets in strings do not count, also behind escaped quotes', () => {
  expect(isNestedDeeper(JSON.stringify({ a: '[[[["\\"{{{{', b: '\\' }), 1)).toBe(false);
});

it('a line of brackets is refused before it is parsed', () => {
  const line = `{"jsonrpc":"2.0","id":1,"result":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
  expect(readMessage(line)).toEqual({ kind: 'fault', fault: 'it sent JSON that is nested too deeply' });
});
