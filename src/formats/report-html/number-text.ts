// Whole numbers as compact text: differences in the digits of source maps (base64 VLQ), and runs of equal numbers counted.

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** A digit has five bits of a number, and a sixth that is set when more follow. */
const BITS = 32;

/** The numbers, from -2^51 to 2^51, as text that JSON need not escape. */
export function encodeNumbers(numbers: Iterable<number>): string {
  let text = '';
  let before = 0;
  let repeats = -1;
  const endRun = () => {
    if (repeats >= 0) text += `A${digitsOf(repeats)}`;
    repeats = -1;
  };
  for (const number of numbers) {
    if (number === before) {
      repeats += 1;
      continue;
    }
    endRun();
    // The sign is the lowest bit.
    text += digitsOf(number > before ? (number - before) * 2 : (before - number) * 2 + 1);
    before = number;
  }
  endRun();
  return text;
}

function digitsOf(value: number): string {
  let text = '';
  let rest = value;
  do {
    const next = Math.floor(rest / BITS);
    text += DIGITS.charAt((rest % BITS) + (next > 0 ? BITS : 0));
    rest = next;
  } while (rest > 0);
  return text;
}

/** The numbers of such a text. Other characters end it. */
export function decodeNumbers(text: string): number[] {
  const numbers: number[] = [];
  const values = valuesIn(text);
  let number = 0;
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at] ?? 0;
    if (value === 0) {
      at += 1;
      for (let repeats = values[at] ?? 0; repeats >= 0; repeats -= 1) numbers.push(number);
      continue;
    }
    number += value % 2 === 0 ? value / 2 : -(value - 1) / 2;
    numbers.push(number);
  }
  return numbers;
}

function valuesIn(text: string): number[] {
  const values: number[] = [];
  let value = 0;
  let scale = 1;
  for (const character of text) {
    const digit = DIGITS.indexOf(character);
    if (digit === -1) break;
    value += (digit % BITS) * scale;
    scale *= BITS;
    if (digit >= BITS) continue;
    values.push(value);
    value = 0;
    scale = 1;
  }
  return values;
}
