import { constants } from 'node:os';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { signalsOf, signalTyped } from '../../src/model/signals.ts';

const SIGNALS = signalsOf(constants.signals, process.platform);
const typed = (text: string) => SIGNALS[signalTyped(SIGNALS, text)]?.name;

describe('signalsOf', () => {
  it.skipIf(process.platform === 'win32')('gives a meaning to every signal of this system, second names apart', () => {
    const numbers = new Set(SIGNALS.map(({ number }) => number));
    for (const [name, number] of Object.entries(constants.signals)) expect(numbers, name).toContain(number);
    expect(numbers.size).toBe(SIGNALS.length);
  });

  it('is in the order of the numbers, and each meaning is one line', () => {
    const numbers = SIGNALS.map(({ number }) => number);
    expect(numbers).toEqual([...numbers].sort((one, other) => one - other));
    for (const { meaning } of SIGNALS) expect(meaning).toMatch(/^[\x20-\x7e]{5,72}$/);
  });

  it('offers on Windows only to end a process, which is all there is', () => {
    const offered = signalsOf({ SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 }, 'win32');
    expect(offered.map(({ name }) => name)).toEqual(['KILL', 'TERM']);
    expect(offered[0]?.meaning).toMatch(/nothing is saved/);
  });
});

describe('what is typed', () => {
  it.each([
    ['9', 'KILL'],
    ['15', 'TERM'],
    ['1', 'HUP'],
    ['ki', 'KILL'],
    ['KILL', 'KILL'],
    ['sigterm', 'TERM'],
    ['SIGT', 'TRAP'],
    ['si', 'HUP'],
    ['st', 'STKFLT'],
    ['sto', 'STOP'],
    ['us', 'USR1'],
  ])('%s means %s', (text, name) => {
    if (process.platform === 'linux') expect(typed(text)).toBe(name);
  });

  it.each(['0', '-9', '99', 'killl', 'y', 'sigy', ' '])('"%s" means none', (text) => {
    expect(typed(text)).toBeUndefined();
  });

  it('the whole name or number of every signal means that signal', () => {
    for (const { name, number } of SIGNALS) {
      for (const text of [name, name.toLowerCase(), `SIG${name}`, String(number)]) expect(typed(text)).toBe(name);
    }
  });

  it('never throws, and returns an existing line or -1', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const index = signalTyped(SIGNALS, text);
        return index >= -1 && index < SIGNALS.length;
      }),
    );
  });
});
