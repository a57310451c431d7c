import { expect, it } from 'vitest';
import { byteAt, float32At, float64At, int32At, numberAt, uint32At } from '../../src/numbers/at.ts';

it('each kind of array gives its values as they are', () => {
  expect(byteAt(Buffer.from([1, 255]), 1)).toBe(255);
  expect(float64At(Float64Array.of(0.1, -0.2), 1)).toBe(-0.2);
  expect(float32At(Float32Array.of(0.5), 0)).toBe(0.5);
  expect(int32At(Int32Array.of(-1), 0)).toBe(-1);
  expect(uint32At(Uint32Array.of(2 ** 32 - 1), 0)).toBe(2 ** 32 - 1);
  expect(numberAt([1, 2, 3], 2)).toBe(3);
});
