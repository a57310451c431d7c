// Ink drawing into a stand-in for a terminal, which passes on each frame that it writes.

import { render } from 'ink';
import type { ReactNode } from 'react';

/** The size of the stand-in, and what takes its frames. */
interface Sink {
  readonly columns: number;
  readonly rows: number;
  write(frame: string): void;
}

/** Draws as memtop does: whole frames, and nothing but frames. */
export function renderInto({ columns, rows, write }: Sink, node: ReactNode): ReturnType<typeof render> {
  const stdout = { columns, rows, isTTY: true, write, on() {}, off() {}, once() {}, removeListener() {} };
  return render(node, {
    stdout: stdout as unknown as NodeJS.WriteStream,
    stdin: process.stdin,
    debug: true,
    interactive: false,
    patchConsole: false,
    exitOnCtrlC: false,
  });
}
