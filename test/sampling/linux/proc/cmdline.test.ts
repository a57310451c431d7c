import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseCmdline } from '../../../../src/sampling/linux/proc/cmdline.ts';

function parse(content: string | Buffer, limit = 4096): string {
  const bytes = Buffer.concat([Buffer.from(content).subarray(0, limit), Buffer.from('left over')]);
  return parseCmdline(bytes, bytes.length - 'left over'.length, limit);
}

test('arguments are joined by spaces', () => {
  expect(parse('node\0/srv/app.js\0--port\x008080\0')).toBe('node /srv/app.js --port 8080');
});

test('an empty argument in the middle stays, as two spaces', () => {
  expect(parse('printf\0\0x\0')).toBe('printf  x');
});

test('the blanks and NULs after a rewritten title go', () => {
  expect(parse('nginx: master process  \0\0\0\0')).toBe('nginx: master process');
});

test('nothing at all is an empty command', () => {
  expect(parse('')).toBe('');
  expect(parse('\0\0')).toBe('');
});

test('a character cut in two by the limit is dropped, and one that just fits is kept', () => {
  expect(parse('ab記憶', 5)).toBe('ab記');
  expect(parse('ab記憶', 6)).toBe('ab記');
  expect(parse('ab記憶', 7)).toBe('ab記');
  expect(parse('ab記憶', 8)).toBe('ab記憶');
});

test('invalid UTF-8 becomes replacement characters', () => {
  expect(parse(Buffer.from([0x61, 0xff, 0x00, 0x62, 0]))).toBe('a\uFFFD b');
});

test('arguments without NULs or blanks at the end are read as they were written', () => {
  const argument = fc.string({ minLength: 1 }).filter((text) => !/\0/.test(text) && !/[\0 ]$/.test(text));
  fc.assert(
    fc.property(fc.array(argument), (list) => {
      const printed = list.map((text) => `${text}\0`).join('');
      expect(parse(printed, 1e6)).toBe(Buffer.from(list.join(' ')).toString());
    }),
  );
});
