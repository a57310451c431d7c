// What stands before a kernel line in logs, and every wording of a kill under every prefix.
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KernelKills } from '../../../../src/model/oom/kernel-kills.ts';
import { kernelText, logLine } from '../../../../src/sampling/linux/oom/log-prefix.ts';

const NOW = new Date(2026, 10, 22, 15).getTime();
const LOCAL = new Date(2026, 10, 22, 14, 31, 7).getTime();
const UTC = Date.UTC(2026, 10, 22, 14, 31, 7);

/** A prefix, and the time that it names. */
const PREFIXES: readonly (readonly [string, number | undefined])[] = [
  ['Nov 22 14:31:07 web-1 kernel: ', LOCAL],
  ['Nov 22 14:31:07 web-1 kernel: [   12.345678] ', LOCAL],
  ['Nov 22 14:31:07 web-1 kernel: [   12.345678][  T123] ', LOCAL],
  ['Nov 22 14:31:07 web-1 kernel: [   12.345678] [   T123] ', LOCAL],
  ['Nov 22 14:31:07 web-1 kernel: [   12.345678][    C0] ', LOCAL],
  ['Nov 22 14:31:07 fe80::5054:ff:fe12:3456%eth0 kernel: ', LOCAL],
  ['Nov 22 14:31:07 [2001:db8::1] kernel: ', LOCAL],
  ['Nov 22 14:31:07 web-1.example.org kernel[0]: ', LOCAL],
  ['Nov 22 14:31:07 web-1 kern.warn kernel: [   12.345678] ', LOCAL],
  ['Nov 22 14:31:07 kernel: ', LOCAL],
  ['Nov 22 14:31:07.123 web-1 kernel: ', LOCAL + 123],
  ['<6>Nov 22 14:31:07 web-1 kernel: ', LOCAL],
  ['Sun Nov 22 14:31:07 2026 web-1 kernel: ', LOCAL],
  ['2026-11-22T14:31:07.000000+00:00 web-1 kernel: [   12.345678] ', UTC],
  ['2026-11-22T14:31:07+0000 web-1 kernel: ', UTC],
  ['2026-11-22T15:31:07+01:00 10.0.0.7 kernel: ', UTC],
  ['2026-11-22T14:31:07Z web-1 kernel: ', UTC],
  ['2026-11-22 14:31:07 web-1 kernel: ', LOCAL],
  [`${UTC / 1000}.250 web-1 kernel: `, UTC + 250],
  ['<3>1 2026-11-22T14:31:07.000Z web-1 kernel - - - ', UTC],
  ['<3>1 2026-11-22T14:31:07.000Z fe80::1 kernel 0 - [meta sequenceId="1" x="a\\"]"][b] ', UTC],
  ['1 2026-11-22T14:31:07.000Z web-1 kernel - - - [   12.345678] ', UTC],
  ['[Sun Nov 22 14:31:07 2026] ', LOCAL],
  ['[Sun Nov 22 14:31:07 2026] [  T123] ', LOCAL],
  ['2026-11-22T14:31:07,000000+00:00 ', UTC],
  ['kern  :err   : [Sun Nov 22 14:31:07 2026] ', LOCAL],
  ['kern  :info  : [   12.345678] ', undefined],
  ['[   12.345678] ', undefined],
  ['[   12.345678@3] ', undefined],
  ['<4>[   12.345678] ', undefined],
  ['<4>[   12.345678][ T1234] ', undefined],
];

const folder = new URL('../../../fixtures/kernel-logs/', import.meta.url);
const logs = readdirSync(folder).map((name) => readFileSync(new URL(name, folder), 'utf8').trimEnd().split('\n'));

function killsIn(lines: readonly string[]) {
  const parser = new KernelKills();
  return lines.flatMap((line) => parser.take(line) ?? []);
}

describe('a line of the kernel', () => {
  it.each(PREFIXES)('after "%s" is its text and its time', (prefix, time) => {
    expect(logLine(`${prefix}mysqld invoked oom-killer: order=0`, NOW)).toEqual({
      ...(time === undefined ? {} : { time }),
      text: 'mysqld invoked oom-killer: order=0',
    });
  });

  it.each(PREFIXES)('after "%s" reports the same kill, in the words of every kernel', (prefix) => {
    for (const lines of logs) {
      const texts = lines.map((line) => logLine(prefix + line, NOW)?.text ?? '');
      expect(killsIn(texts)).toEqual(killsIn(lines));
      expect(killsIn(texts).length).toBeGreaterThan(0);
    }
  });

  it('that begins with a bracket of its own keeps it', () => {
    expect(kernelText('[12.5] [ 2592]    27  2592   502341')).toBe('[ 2592]    27  2592   502341');
    expect(kernelText('[  T12][ pid ]   uid  tgid')).toBe('[ pid ]   uid  tgid');
  });

  it('of last December, read in January, is of the year before', () => {
    const january = new Date(2027, 0, 2).getTime();
    expect(logLine('Dec 31 23:59:00 web-1 kernel: x', january)?.time).toBe(new Date(2026, 11, 31, 23, 59).getTime());
  });
});

describe('a line of another program', () => {
  it.each([
    'Nov 22 14:31:07 web-1 app: kernel: x',
    'Nov 22 14:31:07 web-1 app kernel: x',
    '<13>1 2026-11-22T14:31:07.000Z web-1 app - - - kernel: x',
    'kernel: x',
    'Killed process 7 (a) total-vm:1kB, anon-rss:2kB, file-rss:3kB',
    '',
  ])('is left out: %s', (line) => {
    expect(logLine(line, NOW)).toBeUndefined();
  });

  it('never makes the parser throw, and never takes long', () => {
    const words = fc.constantFrom(
      ...PREFIXES.flatMap(([prefix]) => prefix.split(' ')),
      '[',
      ']',
      '"',
      '\\',
      ' kernel: ',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(words, fc.string({ unit: 'binary' })), { maxLength: 40 }), (parts) => {
        logLine(parts.join(' '), NOW);
        logLine(parts.join(''), NOW);
      }),
    );
    for (const part of ['[a="', 'a ', '[x]', '\\"', '12', ':'])
      logLine(`<1>1 - h kernel - - ${part.repeat(4000)}`, NOW);
  });
});
