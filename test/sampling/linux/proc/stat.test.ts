import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseStat, StatFields } from '../../../../src/sampling/linux/proc/stat.ts';
import { printStat } from '../tree.ts';

function parse(bytes: Buffer): (StatFields & { name: string }) | undefined {
  const fields = new StatFields();
  if (!parseStat(bytes, bytes.length, fields)) return undefined;
  return Object.assign(fields, { name: bytes.toString('latin1', fields.nameStart, fields.nameEnd) });
}

const name = fc.uint8Array({ maxLength: 64 }).map((bytes) => Buffer.from(bytes));
const count = fc.nat({ max: 2 ** 31 });
const fields = fc.record({
  name,
  state: fc.constantFrom(...'RSDZTtXxKWPI'),
  ppid: fc.nat({ max: 4_194_304 }),
  flags: fc.nat({ max: 0xffffffff }),
  faults: count,
  ticks: count,
  threads: count,
  startTime: fc.maxSafeNat(),
  virtual: fc.maxSafeNat(),
  pages: fc.nat({ max: 2 ** 40 }),
});

test('what was printed is read again, whatever the name holds', () => {
  fc.assert(
    fc.property(fields, (some) => {
      expect(parse(printStat(42, some))).toMatchObject({
        ...some,
        name: some.name.toString('latin1'),
        state: some.state.charCodeAt(0),
      });
    }),
  );
});

test('any bytes are read or refused, and never throw or give anything but numbers', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      const read = parse(Buffer.from(bytes));
      if (read !== undefined) expect(Object.values(read).filter(Number.isNaN)).toEqual([]);
    }),
  );
});

test('a line cut off anywhere before its 24th field ends is refused', () => {
  const line = printStat(42, { name: 'a) R (b', pages: 12345 });
  const needed = line.indexOf(' 12345 ') + ' 12345 '.length;
  for (let length = 0; length < line.length; length++) {
    expect(parse(line.subarray(0, length)) !== undefined, `cut at ${length}`).toBe(length >= needed);
  }
});

test('what a longer file left in the buffer is not read as part of a shorter one', () => {
  const buffer = Buffer.alloc(500, '1 ');
  const line = '42 (short) S 1 2 3';
  buffer.write(line);
  expect(parseStat(buffer, line.length, new StatFields())).toBe(false);
});

test('a name with a closing parenthesis is read whole', () => {
  expect(parse(printStat(42, { name: 'a) R 1 (b' }))?.name).toBe('a) R 1 (b');
});

test.each(['ppid', 'faults', 'ticks', 'threads', 'startTime', 'virtual', 'pages'])(
  'a line with %s below zero, beyond what is exact, or without end is refused',
  (field) => {
    for (const value of ['-1', '-9223372036854775808', '9007199254740993000', '9'.repeat(400)]) {
      const line = printStat(42, { [field]: value as unknown as number });
      expect(parse(line), value).toBeUndefined();
    }
  },
);

test('a negative niceness and priority are what they are', () => {
  expect(parse(Buffer.from(printStat(42).toString('latin1').replace(' 20 0 1 0 ', ' 10 -10 1 0 ')))?.nice).toBe(-10);
});
