// Keys, pastes, the mouse and resizes in any order, in a real terminal: memtop lives, and gives the terminal back.
import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { KEYS } from '../../src/app/state/keys.ts';
import { type Terminal, untouched } from '../helpers/pty.ts';
import { watchIn } from './memtop.ts';

/** Nothing is looked at but these, and with --readonly nothing acts on them. */
const children: ChildProcess[] = [];
beforeAll(() => {
  for (let count = 0; count < 5; count += 1) children.push(spawn('sleep', ['600'], { stdio: 'ignore' }));
});
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
});

let terminal: Terminal;
afterEach(() => terminal.close());

const BYTES: Readonly<Record<string, string>> = {
  up: '\u001b[A',
  down: '\u001b[B',
  pageup: '\u001b[5~',
  pagedown: '\u001b[6~',
  home: '\u001b[H',
  end: '\u001b[F',
  enter: '\r',
  tab: '\t',
  space: ' ',
  escape: '\u001b',
  f1: '\u001bOP',
  f2: '\u001bOQ',
  f5: '\u001b[15~',
  f6: '\u001b[17~',
  f9: '\u001b[20~',
  'ctrl-l': '\u000c',
};

/** What each key of the table sends; those that end or stop memtop come last or not at all. */
const KEY_BYTES = KEYS.flatMap(({ keys, command }) =>
  command.do === 'quit' || command.do === 'suspend' ? [] : keys.map((key) => BYTES[key] ?? key),
);

const BINARY = String.fromCharCode(...Array.from({ length: 256 }, (_, code) => code));
const PASTES = [BINARY, 'x'.repeat(10_000), 'rss>"(not', '\u202eabc\u0000\u001b[31m漢字👩‍👩‍👧', '2s\n'].map(
  (text) => `\u001b[200~${text.replaceAll('\u001b[201~', '')}\u001b[201~`,
);

/** The same numbers for the same seed (mulberry32), from 0 to below `below`. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

function anything(random: (below: number) => number): string {
  const pick = <Item>(items: readonly Item[]) => items[random(items.length)] as Item;
  const kind = random(20);
  if (kind === 0) return pick(PASTES);
  if (kind === 1) return `\u001b[<${pick([0, 32, 64, 65])};${1 + random(170)};${1 + random(55)}${pick(['M', 'm'])}`;
  if (kind === 2) return pick(['\u007f', '\u0015', '\u0017', '9', 'ö', '漢', '\u001b[1;2B', '\u001b[', '\u001b[M !!']);
  return pick(KEY_BYTES);
}

/** That memtop still answers: help opens whatever was open, once Esc has closed it. */
async function answers(): Promise<void> {
  terminal.resize(80, 24);
  // Esc leaves whatever is open, two at most; on the help, and on the table, it does no harm. A memtop that was starved
  // reads what was typed at once, and takes Esc and what follows for one key: then once more.
  for (let isOpen = false; !isOpen; ) {
    for (let times = 0; times < 4; times += 1) {
      terminal.write('\u001b');
      await pause(100);
    }
    terminal.write('?');
    isOpen = await Promise.race([terminal.waitFor(/q close/, 'the help').then(() => true), pause(5000, false)]);
  }
}

async function quits(): Promise<void> {
  terminal.write('\u0003');
  expect(await terminal.exited).toEqual({ code: 0, signal: undefined });
  expect(terminal.modes()).toEqual(untouched);
  expect(terminal.output()).not.toMatch(/This is a bug|Error:/);
}

const words = () => ['--readonly', '-p', children.map(({ pid }) => pid).join(',')];

it.each([
  [160, 50, 1],
  [80, 24, 2],
  [40, 10, 3],
  [20, 5, 4],
])('every key, and 500 of anything, at %i×%i', async (columns, rows, seed) => {
  terminal = await watchIn({ columns, rows, words: words() });
  const random = numbers(seed);
  for (const key of KEY_BYTES) terminal.write(key);
  for (let count = 0; count < 500; count += 1) {
    terminal.write(anything(random));
    if (count % 25 === 0) await pause(60);
  }
  // What an unfinished paste or sequence still waits for.
  terminal.write('\u001b[201~');
  await answers();
  await quits();
});

it('a storm of resizes in the middle of everything', async () => {
  terminal = await watchIn({ words: words() });
  const random = numbers(5);
  for (let count = 0; count < 30; count += 1) {
    terminal.resize(10 + random(191), 3 + random(58));
    for (let keys = 0; keys < 8; keys += 1) terminal.write(anything(random));
    await pause(10);
  }
  terminal.write('\u001b[201~');
  await answers();
  await quits();
});

it('a filter of 10,000 characters, and binary data in every prompt', async () => {
  terminal = await watchIn({ words: words() });
  for (const open of ['/', 'd', '\u001b[17~', 'u', '\u001b[20~', '?', '\u001bOQ', '\r']) {
    for (const paste of PASTES) terminal.write(open + paste);
    terminal.write('\u001b');
    await pause(100);
  }
  terminal.write(`/${'z'.repeat(10_000)}`);
  await terminal.waitFor(/z{20}/, 'the end of what was typed');
  await answers();
  await quits();
});
