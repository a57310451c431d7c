import { array, assert as assertProperty, constant, maxSafeInteger, nat, oneof, property } from 'fast-check';
import { expect, it } from 'vitest';
import { decodeNumbers, encodeNumbers } from '../../../src/formats/report-html/number-text.ts';

it('Decodes to what was encoded', () => {
  const large = maxSafeInteger().map((value) => Math.floor(value / 8));
  const numbers = array(oneof(nat(2 ** 31 - 1), constant(0), constant(7), large));
  assertProperty(
    property(numbers, (values) => {
      expect(decodeNumbers(encodeNumbers(values))).toEqual(values.map((value) => value + 0));
    }),
  );
});

it('A thousand equal numbers take a few characters', () => {
  expect(encodeNumbers(Array.from({ length: 1000 }, () => 81_920)).length).toBeLessThan(10);
});

it('Uses no character that JSON or HTML would escape', () => {
  const text = encodeNumbers(Array.from({ length: 5000 }, (_, index) => index * index * (index % 2 === 0 ? 1 : -1)));
  expect(text).toMatch(/^[A-Za-z0-9+/]+$/);
});
