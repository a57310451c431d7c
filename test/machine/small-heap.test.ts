// The flags that keep memtop's heap small are known to every version of Node.js that it runs on.
import { expect, it } from 'vitest';
import { nodeOfVersion } from '../helpers/node-versions.ts';
import { openTerminal } from '../helpers/pty.ts';
import { ENVIRONMENT, LAUNCHER } from '../pty/memtop.ts';

it.each([20, 22, 24, 26])('Node.js %s keeps the heap small and prints nothing into the screen', async (version) => {
  const args = [LAUNCHER, '-d', '200ms'];
  const terminal = openTerminal({ command: nodeOfVersion(version), args, env: ENVIRONMENT, columns: 120, rows: 30 });
  try {
    await terminal.waitFor(/PID.*\n[\s\S]*memtop/, 'the first table');
    // What is drawn for a key comes after what was printed once the first table stood.
    terminal.write('N');
    await terminal.waitFor(/PID[▼▲]/, 'the table sorted by PID');
    expect(terminal.screen().join('\n')).not.toMatch(/unrecognized flag/i);
    terminal.write('q');
    expect((await terminal.exited).code).toBe(0);
    expect(terminal.output()).not.toMatch(/unrecognized flag/);
  } finally {
    terminal.close();
  }
});
