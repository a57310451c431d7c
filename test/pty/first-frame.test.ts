// From the first frame to Ink: what happens in these moments is neither lost nor drawn wrongly.
import { afterEach, expect, it } from 'vitest';
import type { Terminal } from '../helpers/pty.ts';
import { startIn } from './memtop.ts';

let terminal: Terminal;
afterEach(() => terminal.close());

const titles = (screen: string[]) => screen.find((line) => line.includes('COMMAND')) ?? '';

it('keys that were typed before memtop had started are done once its first frame is there', async () => {
  terminal = startIn({ columns: 100 });
  terminal.write('NI');
  await terminal.waitFor((t) => /PID▼/.test(titles(t.screen())), 'the table sorted by PID, the other way round');
});

it('a terminal that changes its size at the first byte has a frame of the new size, and keys work in it', async () => {
  terminal = startIn({ columns: 100, rows: 30 });
  await terminal.waitFor(/Mem/, 'the first frame');
  terminal.resize(60, 12);
  terminal.write('?');
  await terminal.waitFor(/Esc/, 'help');
  terminal.write('\u001b');
  await terminal.waitFor((t) => titles(t.screen()) !== '', 'the table');
  expect(terminal.screen()).toHaveLength(12);
});

it('q at the first byte ends memtop with 0, and the terminal is as it was', async () => {
  terminal = startIn({});
  await terminal.waitFor(/Mem/, 'the first frame');
  terminal.write('q');
  expect(await terminal.exited).toEqual({ code: 0, signal: undefined });
  expect(terminal.modes().alternateBuffer).toBe(false);
});
