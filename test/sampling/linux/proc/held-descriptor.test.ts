import { openSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { HeldDescriptor } from '../../../../src/sampling/linux/proc/held-descriptor.ts';

const FILE = import.meta.filename;

/** A descriptor of this file, and how many times it was opened. */
function counted(): { file: HeldDescriptor; opens: () => number; open: () => number } {
  const file = new HeldDescriptor();
  onTestFinished(() => file.close());
  let opens = 0;
  const open = () => {
    opens += 1;
    return openSync(FILE, 'r');
  };
  return { file, opens: () => opens, open: () => file.opened(open) };
}

test('a file is opened once for many readings, and again after it was closed', () => {
  const { file, opens, open } = counted();
  for (let reading = 0; reading < 3; reading += 1) {
    open();
    file.readOnce();
  }
  expect(opens()).toBe(1);
  file.close();
  open();
  expect(opens()).toBe(2);
});

test('a file that cannot be opened is tried again, and the reason is passed on', () => {
  const file = new HeldDescriptor();
  onTestFinished(() => file.close());
  expect(file.opened(() => 'denied')).toBe('denied');
  expect(file.surrender()).toBe(false);
  expect(file.opened(() => openSync(FILE, 'r'))).toBeTypeOf('number');
});

test('a descriptor that was given back is opened for each reading', () => {
  const { file, opens, open } = counted();
  open();
  expect(file.surrender()).toBe(true);
  expect(file.surrender()).toBe(false);
  for (let reading = 0; reading < 2; reading += 1) {
    open();
    file.readOnce();
  }
  expect(opens()).toBe(3);
});
