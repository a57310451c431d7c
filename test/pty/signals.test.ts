// Real processes of this test's own, signalled from a real screen.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openTerminal, type Terminal } from '../helpers/pty.ts';
import { removeFolder } from '../helpers/remove-folder.ts';
import { uniqueWord } from '../helpers/unique-word.ts';
import { ENVIRONMENT, LAUNCHER, watchIn } from './memtop.ts';

const children: ChildProcess[] = [];
const folders: string[] = [];
let terminal: Terminal | undefined;
afterEach(async () => {
  await terminal?.close();
  terminal = undefined;
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const folder of folders.splice(0)) removeFolder(folder);
});

const screenOf = (t: Terminal) => t.screen().join('\n');

/** A program that says when it is ready; `word` is in its command line, for the filter. */
async function program(word: string, before = ''): Promise<ChildProcess> {
  const source = `${before}; setInterval(() => {}, 1000); console.log('ready'); // ${word}`;
  const child = spawn(process.execPath, ['-e', source], { env: ENVIRONMENT, stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  await once(child.stdout as NodeJS.ReadableStream, 'data');
  return child;
}

const IGNORES_TERM = "process.on('SIGTERM', () => {})";

describe('F9', () => {
  it('names the process, sends TERM on Enter, and reports that it exited', async () => {
    const word = uniqueWord('ends-when-asked');
    const child = await program(word);
    const ended = once(child, 'exit');
    terminal = await watchIn({ words: ['-f', word], columns: 120 });
    await terminal.waitFor(new RegExp(`${child.pid}`));
    terminal.write('\u001b[20~');
    await terminal.waitFor(new RegExp(`Signal to node.*\\(${child.pid}\\)[\\s\\S]*› 15 TERM`));
    expect(child.exitCode).toBeNull();
    terminal.write('\r');
    await terminal.waitFor(new RegExp(`\\(${child.pid}\\) exited .*after SIGTERM`));
    expect((await ended)[1]).toBe('SIGTERM');
  });

  it('Esc sends nothing', async () => {
    const word = uniqueWord('is-left-alone');
    const child = await program(word);
    terminal = await watchIn({ words: ['-f', word], columns: 120 });
    terminal.write('K');
    await terminal.waitFor(/Signal to/);
    terminal.write('9');
    await terminal.waitFor(/› +9 KILL/);
    terminal.write('\u001b');
    await terminal.waitFor(/no signal was sent/);
    expect(child.exitCode ?? child.signalCode).toBeNull();
  });

  it('one that ignores TERM is reported after 3 s, and the second K has KILL chosen', async () => {
    const word = uniqueWord('ignores-term');
    const child = await program(word, IGNORES_TERM);
    const ended = once(child, 'exit');
    terminal = await watchIn({ words: ['-f', word], columns: 120 });
    terminal.write('K');
    await terminal.waitFor(/› 15 TERM/);
    terminal.write('\r');
    await terminal.waitFor(/is still running \d+ s after SIGTERM: press K again for KILL/);
    terminal.write('K');
    await terminal.waitFor(/› +9 KILL/);
    terminal.write('\r');
    await terminal.waitFor(/exited .*after SIGKILL/);
    expect((await ended)[1]).toBe('SIGKILL');
  });

  it('sends to all that are tagged, and sums up the results', async () => {
    const word = uniqueWord('tagged-together');
    const willing = await program(word);
    const stubborn = await program(word, IGNORES_TERM);
    const ended = once(willing, 'exit');
    terminal = await watchIn({ words: ['-f', word], columns: 120 });
    await terminal.waitFor(new RegExp(`${stubborn.pid}`));
    terminal.write('\\');
    await terminal.waitFor(/2 tagged, /);
    terminal.write('K');
    await terminal.waitFor(/Signal to 2 tagged processes/);
    expect(screenOf(terminal)).toContain(String(willing.pid));
    expect(screenOf(terminal)).toContain(String(stubborn.pid));
    terminal.write('\r');
    await terminal.waitFor(/TERM to 2: 1 exited .*, 1 still running after \d+ s/);
    await ended;
    await terminal.waitFor(/1 tagged, /);
    expect(stubborn.exitCode ?? stubborn.signalCode).toBeNull();
  });

  it('--readonly has no menu', async () => {
    terminal = await watchIn({ words: ['--readonly'], columns: 120 });
    terminal.write('K\u001b[20~?');
    await terminal.waitFor(/any other key to close this help/);
    expect(screenOf(terminal)).not.toMatch(/signal: send/);
  });
});

it('a tagged process that exits by itself loses its tag, with a notice', async () => {
  const word = uniqueWord('ends-by-itself');
  const child = await program(word);
  terminal = await watchIn({ words: ['-f', word], columns: 120 });
  await terminal.waitFor(new RegExp(`${child.pid}`));
  terminal.write(' ');
  await terminal.waitFor(/1 tagged, /);
  child.kill('SIGKILL');
  await terminal.waitFor(new RegExp(`\\(${child.pid}\\) has exited: tag removed`));
});

const isRoot = process.geteuid?.() === 0;
const OTHER_USER = 65534;

it.skipIf(!isRoot)(
  'a process of another user: not permitted, and what would permit it (needs root, to become the user nobody)',
  async () => {
    const word = uniqueWord('is-of-root');
    const child = await program(word);
    const home = mkdtempSync(join(tmpdir(), 'memtop-nobody-'));
    folders.push(home);
    chmodSync(home, 0o777);
    // A copy, since the tree under test may lie in a folder that only its owner can read.
    const root = dirname(dirname(LAUNCHER));
    for (const part of ['bin', 'dist', 'package.json'])
      cpSync(join(root, part), join(home, 'memtop', part), { recursive: true });
    const launcher = join(home, 'memtop', 'bin', basename(LAUNCHER));
    // setuid(2) before anything of memtop is loaded.
    const source = `
    process.argv = [process.execPath, ${JSON.stringify(launcher)}, '-d', '200ms', '-f', ${JSON.stringify(word)}];
    process.setgroups([]); process.setgid(${OTHER_USER}); process.setuid(${OTHER_USER});
    import(${JSON.stringify(launcher)});
  `;
    terminal = openTerminal({
      command: process.execPath,
      args: ['-e', source],
      columns: 120,
      env: { ...ENVIRONMENT, HOME: home },
      cwd: home,
    });
    await terminal.waitFor(new RegExp(`${child.pid}`));
    terminal.write('K');
    await terminal.waitFor(new RegExp(`Signal to node.*\\(${child.pid}\\) of root`));
    terminal.write('\r');
    await terminal.waitFor(/Permission denied: node.* belongs to root\. Try sudo memtop/);
    expect(child.exitCode ?? child.signalCode).toBeNull();
  },
);

it('C collects in all tagged, one after the other, and ends with one table of verdicts', async () => {
  const agent = new URL('../../dist/agent.cjs', import.meta.url).pathname;
  const word = uniqueWord('collected');
  for (const name of ['dropped-objects', 'kept-cache']) {
    const path = new URL(`../fixtures/programs/node/${name}.cjs`, import.meta.url).pathname;
    const child = spawn(process.execPath, ['--require', agent, path, '150', word], {
      env: ENVIRONMENT,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(child);
    await once(child.stdout as NodeJS.ReadableStream, 'data');
  }
  terminal = await watchIn({ words: ['-f', word], columns: 160, rows: 40 });
  await terminal.waitFor((t) => (screenOf(t).match(/●/g) ?? []).length >= 2, 'both agents are found');
  terminal.write('\\');
  await terminal.waitFor(/2 tagged, /);
  terminal.write('C');
  await terminal.waitFor(/Collect in 2 processes, one by one\? They pause .*Enter yes/);
  terminal.write('\r');
  await terminal.waitFor(/collect all tagged {2}0 of 2 done[\s\S]*waits/);
  await terminal.waitFor(/collect all tagged {2}2 of 2 done/);
  expect(screenOf(terminal)).toMatch(/garbage +\S+ → /);
  expect(screenOf(terminal)).toMatch(/retained +\S+ → /);
  expect(screenOf(terminal)).toMatch(/2 in sum/);
});
