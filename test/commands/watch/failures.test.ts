import { expect, it } from 'vitest';
import { Failures } from '../../../src/commands/watch/failures.ts';

function failures(place: string | undefined) {
  const notices: string[] = [];
  const lines: string[] = [];
  const log = (line: string) => {
    lines.push(line);
    return place;
  };
  return { notices, lines, failures: new Failures({ notify: (notice) => notices.push(notice), log }) };
}

it('what fails is a notice with the log, and a line there with the stack', async () => {
  const { failures: all, notices, lines } = failures('/state/memtop.log');
  const done = await all.attempt('Settings not saved', () => Promise.reject(new Error('the disk is full')));
  expect(done).toBeUndefined();
  expect(notices).toEqual(['Settings not saved: the disk is full (log: /state/memtop.log)']);
  expect(lines[0]).toMatch(/^Settings not saved: Error: the disk is full \| at .*failures\.test\.ts/);
});

it('a mistake that the user can fix comes with its next step', () => {
  const { failures: all, notices } = failures(undefined);
  all.report('Signal not sent', Object.assign(new Error('memtop was upgraded.'), { next: 'Start it again.' }));
  expect(notices).toEqual(['Signal not sent: memtop was upgraded. Start it again.']);
});

it('what something else wrote is a notice of one line, and cannot forge a line of the log', () => {
  const { failures: all, notices, lines } = failures(undefined);
  all.note('Warning: eleven listeners\u001b[2J\n2026-01-01T00:00:00.000Z forged\n');
  expect(notices).toEqual(['Warning: eleven listeners[2J']);
  expect(lines).toEqual(['Warning: eleven listeners[2J | 2026-01-01T00:00:00.000Z forged']);
});

it('what goes well is reported to nothing', async () => {
  const { failures: all, notices, lines } = failures(undefined);
  expect(await all.attempt('Nothing', () => 7)).toBe(7);
  expect([notices, lines]).toEqual([[], []]);
});
