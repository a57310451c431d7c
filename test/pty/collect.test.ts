// Two programs, one key on each: the verdict stands on the screen.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from 'vitest';
import type { Terminal } from '../helpers/pty.ts';
import { uniqueWord } from '../helpers/unique-word.ts';
import { ENVIRONMENT, startIn, watchIn } from './memtop.ts';

const children: ChildProcess[] = [];
let terminal: Terminal | undefined;
afterEach(async () => {
  await terminal?.close();
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** Starts a program of test/fixtures/programs/node and waits until it holds what it is to hold. */
async function program(name: string, word: string): Promise<ChildProcess> {
  const path = fileURLToPath(new URL(`../fixtures/programs/node/${name}.cjs`, import.meta.url));
  const child = spawn(process.execPath, ['--require', AGENT, path, '150', word], {
    env: ENVIRONMENT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  await once(child.stdout as NodeJS.ReadableStream, 'data');
  return child;
}

const AGENT = fileURLToPath(new URL('../../dist/agent.cjs', import.meta.url));
const screenOf = (t: Terminal) => t.screen().join('\n');

it('c on a program that dropped its objects says GARBAGE, on one that keeps them RETAINED', async () => {
  const word = uniqueWord('collected');
  await program('dropped-objects', word);
  await program('kept-cache', word);
  terminal = await watchIn({ words: ['-f', word], columns: 200, rows: 30 });
  for (const [name, verdict] of [
    ['dropped-objects', 'GARBAGE'],
    ['kept-cache', 'RETAINED'],
  ] as const) {
    terminal.write(`\u001b\u001b`);
    terminal.write(`/${word} ${name}`);
    await terminal.waitFor(new RegExp(`/ ${word} ${name}▏ +1 of`));
    terminal.write('\r');
    await terminal.waitFor(/●/, `the agent of ${name} is found`);
    terminal.write('c');
    await terminal.waitFor(/Collect in node/, 'the question');
    terminal.write('\r');
    await terminal.waitFor(/collecting/, 'the row says that it is being collected in');
    // The screen is not frozen meanwhile.
    terminal.write('?');
    await terminal.waitFor(/any other key to close this help/);
    terminal.write('x');
    await terminal.waitFor(new RegExp(`${verdict}:`), `the verdict on ${name}`);
    expect(screenOf(terminal)).toMatch(/heap +█+.*→/);
    expect(screenOf(terminal)).toMatch(/Outside the heap/);
    expect(screenOf(terminal)).toMatch(/Spaces: /);
    terminal.write('\u001b');
    await terminal.waitFor((t) => !screenOf(t).includes(verdict), 'the pane is closed');
    await terminal.waitFor(/[▁-█]c|c[▁-█]/, 'the mark in the trend');
  }
});

it('a program whose event loop is blocked is shown as busy, and collecting in it says so', async () => {
  // It answers at first, as programs do, and then computes for a while.
  const word = uniqueWord('blocked-loop');
  const block = 'const end = Date.now() + 60000; while (Date.now() < end);';
  const blocking = `setInterval(() => {}, 1000); process.on('SIGUSR2', () => { ${block} }); // ${word}`;
  const child = spawn(process.execPath, ['--require', AGENT, '-e', blocking], { env: ENVIRONMENT, stdio: 'ignore' });
  children.push(child);
  terminal = await watchIn({ words: ['-f', word], columns: 100 });
  await terminal.waitFor(/●/, 'its agent is found');
  child.kill('SIGUSR2');
  await terminal.waitFor(/busy \d+s/, 'busy in the HEAP column');
  terminal.write('c');
  await terminal.waitFor(/Collect in node/, 'the question');
  terminal.write('\r');
  await terminal.waitFor(/has not answered for[\s\S]*event loop is blocked/);
});

it('--readonly knows no key that acts', async () => {
  terminal = await watchIn({ words: ['--readonly'] });
  terminal.write('c');
  await terminal.waitFor(/c: disabled by --readonly/);
  terminal.write('?');
  await terminal.waitFor(/any other key to close this help/);
  expect(screenOf(terminal)).not.toMatch(/^ {2}c /m);
});

it('a PID without a process is reported without opening a screen', async () => {
  terminal = startIn({ words: ['-p', '4194303'] });
  expect((await terminal.exited).code).toBe(1);
  expect(screenOf(terminal)).toContain('No process 4194303');
});
