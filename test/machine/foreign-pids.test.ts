// In a PID namespace without a /proc of its own, the pids on the screen are not those that kill(2) takes: nothing is signalled.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { openTerminal, type Terminal } from '../helpers/pty.ts';
import { uniqueWord } from '../helpers/unique-word.ts';
import { ENVIRONMENT, LAUNCHER } from '../pty/memtop.ts';

let terminal: Terminal | undefined;
const endings: (() => void)[] = [];

afterEach(() => {
  terminal?.close();
  for (const end of endings.splice(0)) end();
});

/** A process that says when it is ready; `word` is in its command line, for the filter. */
async function victim(word: string): Promise<{ pid: number; isAlive: () => boolean }> {
  const source = `setInterval(() => {}, 1000); console.log('ready'); // ${word}`;
  const child = spawn(process.execPath, ['-e', source], { stdio: ['ignore', 'pipe', 'ignore'] });
  endings.push(() => child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return { pid: child.pid as number, isAlive: () => child.exitCode === null && child.signalCode === null };
}

/** Processes of the namespace that memtop is in: those whose parents lead to the terminal's own process. */
function inside(root: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name): [number, number] => [Number(name), parentOf(name)]);
  const found = [root];
  for (const pid of found) for (const [child, parent] of parents) if (parent === pid) found.push(child);
  return found.slice(1);
}

function parentOf(pid: string): number {
  try {
    return Number(readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)?.split(' ')[1]);
  } catch {
    return Number.NaN;
  }
}

/** memtop, next to processes of the namespace that a signal could reach. */
function inNamespace(word: string): Terminal {
  const script = `for i in 1 2 3 4 5; do sleep 1000 & done; "$@"`;
  const command = [process.execPath, LAUNCHER, '-d', '200ms', '-f', word];
  const args = ['--pid', '--fork', '--kill-child', 'sh', '-c', script, 'sh', ...command];
  return openTerminal({ command: 'unshare', args, env: ENVIRONMENT, columns: 140, rows: 30 });
}

describe('signals from within a PID namespace that sees the outer /proc', () => {
  it.each([
    ['TERM', '\r'],
    ['KILL', '9\r'],
  ])('%s is refused with the reason, and every process lives on', async (_, keys) => {
    const word = uniqueWord('seen-from-inside');
    const { pid, isAlive } = await victim(word);
    terminal = inNamespace(word);
    await terminal.waitFor(new RegExp(`${pid} `), 'the process');
    const before = inside(terminal.pid);
    terminal.write('K');
    await terminal.waitFor(new RegExp(`Signal to node.*\\(${pid}\\)`), 'the menu of signals');
    terminal.write(keys);
    await terminal.waitFor(/belongs to another PID namespace/, 'the refusal');
    expect(isAlive()).toBe(true);
    expect(before.length).toBeGreaterThanOrEqual(7);
    expect(inside(terminal.pid)).toEqual(expect.arrayContaining(before));
  });
});
