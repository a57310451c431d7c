// The flags that keep memtop's heap small are known to every version of Node.js that it runs on, and can be taken back.
import { lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
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

/** Starts the screen, and quits once it stands. */
async function startAndQuit(version: number, cacheHome: string): Promise<void> {
  const env = { ...ENVIRONMENT, XDG_CACHE_HOME: cacheHome };
  const terminal = openTerminal({ command: nodeOfVersion(version), args: [LAUNCHER], env, columns: 120, rows: 30 });
  try {
    await terminal.waitFor(/PID.*\n[\s\S]*memtop/, 'the first table');
    terminal.write('q');
    expect((await terminal.exited).code).toBe(0);
  } finally {
    terminal.close();
  }
}

// Below the home folder: no code is kept below one that others can write to, as /tmp is.
it.each([20, 22, 24, 26])('Node.js %s takes the compiled code that an earlier start kept', async (version) => {
  const cacheHome = mkdtempSync(join(homedir(), '.memtop-small-heap-'));
  onTestFinished(() => rmSync(cacheHome, { recursive: true, force: true }));
  const folder = join(cacheHome, 'memtop');
  const kept = () => readdirSync(folder).map((name) => [name, lstatSync(join(folder, name), { bigint: true }).mtimeNs]);
  await startAndQuit(version, cacheHome);
  await startAndQuit(version, cacheHome);
  const written = kept();
  expect(written.map(([name]) => String(name).split('-')[0])).toContain('watch.cjs');
  // V8 does not say what it has taken. What it refuses is compiled and written again.
  await startAndQuit(version, cacheHome);
  expect(kept()).toEqual(written);
});
