import { EventEmitter } from 'node:events';
import type { ReadStream, WriteStream } from 'node:tty';
import { expect, it, vi } from 'vitest';
import { ENTER_SCREEN, LEAVE_SCREEN } from '../../src/terminal/sequences.ts';
import { Terminal, type TerminalEvents } from '../../src/terminal/terminal.ts';

// What gives the terminal back goes to the descriptor of stdout, which here is not a terminal's.
const writeSync = vi.hoisted(() => vi.fn());
vi.mock('node:fs', async (original) => ({ ...(await original<typeof import('node:fs')>()), writeSync }));

/** The two ends of a fake terminal, what was written to it, and in which mode it is. */
function ends() {
  const written: string[] = [];
  const modes: boolean[] = [];
  const stdin = Object.assign(new EventEmitter(), {
    setEncoding: () => {},
    setRawMode: (raw: boolean) => modes.push(raw),
    resume: () => {},
    pause: () => {},
  });
  const stdout = Object.assign(new EventEmitter(), {
    columns: 80,
    rows: 24,
    write: (text: string) => written.push(text) > 0,
  });
  const events = {
    input: vi.fn(),
    resize: vi.fn(),
    resumed: vi.fn(),
    intruded: vi.fn(),
    background: vi.fn(),
    hungUp: vi.fn(),
  } satisfies TerminalEvents;
  const terminal = new Terminal(stdin as unknown as ReadStream, stdout as unknown as WriteStream, events, false);
  return { terminal, stdin, stdout, events, written, modes };
}

it('nothing is written before the terminal is taken over', () => {
  const { terminal, written } = ends();
  terminal.write('text');
  expect(written).toEqual([]);
  expect(terminal.size).toEqual({ columns: 80, rows: 24 });
});

it('is in raw mode and on the alternate screen from open to close, with no listener left afterwards', () => {
  const { terminal, stdin, stdout, written, modes } = ends();
  const listening = () => [stdin, stdout, process].flatMap((each) => each.eventNames()).length;
  const before = listening();
  terminal.open();
  expect(modes.at(-1)).toBe(true);
  expect(written).toEqual([ENTER_SCREEN]);
  terminal.write('text');
  expect(written.at(-1)).toBe('text');
  terminal.close();
  expect(modes.at(-1)).toBe(false);
  expect(writeSync.mock.lastCall?.[1]).toContain(LEAVE_SCREEN);
  terminal.write('more');
  expect(written.at(-1)).toBe('text');
  // What is left ignores the errors of writes that fail only now.
  for (const stream of [stdin, stdout]) stream.removeAllListeners('error');
  expect(listening()).toBe(before);
});

it('keys, a new size and the end of the terminal are handed over', () => {
  const { terminal, stdin, stdout, events } = ends();
  terminal.open();
  stdin.emit('data', 'q');
  expect(events.input).toHaveBeenCalledWith([expect.objectContaining({ key: 'q' })]);
  stdout.columns = 100;
  stdout.emit('resize');
  expect(events.resize).toHaveBeenCalledWith({ columns: 100, rows: 24 });
  stdin.emit('end');
  expect(events.hungUp).toHaveBeenCalledTimes(1);
  terminal.close();
});
