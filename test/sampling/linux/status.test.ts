import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countNamespaces, parseStatus } from '../../../src/sampling/linux/status.ts';

const parse = (text: string) => parseStatus(Buffer.from(text), Buffer.byteLength(text));

test('the effective user is the second of four, and sizes come in bytes', () => {
  expect(parse('Name:\tx\nUid:\t1000\t33\t1000\t1000\nVmHWM:\t    1728 kB\nVmSwap:\t       8 kB\n')).toEqual({
    uid: 33,
    peak: 1728 * 1024,
    swap: 8 * 1024,
  });
});

test('a kernel thread has no peak rather than one of zero', () => {
  expect(parse('Name:\tkthreadd\nUid:\t0\t0\t0\t0\nThreads:\t1\n')).toEqual({ uid: 0 });
});

test('a number that the file ends in is not believed', () => {
  expect(parse('Name:\tx\nUid:\t0\t10')).toEqual({});
});

test('a name cannot pretend to be another line, since the kernel escapes its newlines', () => {
  expect(parse('Name:\t\\nUid:\t0\t0\nUid:\t7\t7\t7\t7\n')).toEqual({ uid: 7 });
});

test('any text is read without an exception or a number that is none', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('\nUid:', '\nVmHWM:', '\t', ' ', '7', 'kB', '-', '\0') }), (text) => {
      for (const value of Object.values(parse(text))) expect(value).toBeGreaterThanOrEqual(0);
    }),
  );
});

test('the pid namespaces between reader and process are counted', () => {
  expect(countNamespaces('NSpid:\t4711\t12\n')).toBe(2);
  expect(countNamespaces('NSpid:\t12\n')).toBe(1);
  expect(countNamespaces('Name:\told kernel\n')).toBe(0);
});
