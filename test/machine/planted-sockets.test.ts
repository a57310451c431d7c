// Another user plants sockets and sends without end: root's memtop draws and answers as ever, and gives back what it took.
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Terminal } from '../helpers/pty.ts';
import { removeFolder } from '../helpers/remove-folder.ts';
import { until } from '../helpers/until.ts';
import { watchIn } from '../pty/memtop.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures/programs');
const OTHER = ['--reuid', '65534', '--regid', '65534', '--clear-groups'];
const MIB = 2 ** 20;

let folder: string;
let terminal: Terminal | undefined;
const started: ChildProcess[] = [];

beforeEach(() => {
  if (process.geteuid?.() !== 0) throw new Error('This test starts programs as another user: run it as root.');
  folder = mkdtempSync(join(tmpdir(), 'gp-'));
  chmodSync(folder, 0o1777);
});
afterEach(async () => {
  terminal?.close();
  for (const child of started.splice(0)) {
    child.stdin?.end();
    if (child.spawnfile !== 'setpriv' || !child.spawnargs.includes('python3')) child.kill('SIGKILL');
    await new Promise((resolve) =>
      (child.exitCode ?? child.signalCode) === null ? child.once('exit', resolve) : resolve(0),
    );
  }
  removeFolder(folder);
});

/** Starts a program as the other user; settles when it says READY. */
async function asOther(...words: string[]): Promise<number> {
  const child = spawn('setpriv', [...OTHER, ...words], { stdio: ['pipe', 'pipe', 'inherit'], cwd: '/' });
  started.push(child);
  let output = '';
  child.stdout?.on('data', (text) => {
    output += text;
  });
  await until(() => output.includes('READY') || child.exitCode !== null, 60_000);
  if (!output.includes('READY')) throw new Error(`${words[0]} ended before it was ready.`);
  return child.pid ?? 0;
}

const readable = (name: string) => {
  const text = readFileSync(join(FIXTURES, name), 'utf8');
  return ['-e', text, '--'];
};
const node = (name: string, ...args: string[]) => asOther(process.execPath, ...readable(name), ...args);

/** Milliseconds from the start to the first table. */
async function firstTable(): Promise<number> {
  const begun = performance.now();
  terminal = await watchIn({ columns: 160, rows: 50, words: ['-d', '1s'] });
  await terminal.waitFor(/PID.*\n[\s\S]*memtop/);
  return performance.now() - begun;
}

/** Milliseconds from a key to what it draws, again and again for some seconds, the longest last. */
async function answers(seconds: number): Promise<number[]> {
  const taken: number[] = [];
  const end = performance.now() + seconds * 1000;
  for (let key = 0; performance.now() < end; key += 1) {
    const title = key % 2 === 0 ? /PID▼|PID▲/ : /RSS▼|RSS▲/;
    const begun = performance.now();
    terminal?.write(key % 2 === 0 ? 'N' : 'M');
    await terminal?.waitFor(title);
    taken.push(performance.now() - begun);
    await wait(40);
  }
  return taken.sort((a, b) => a - b);
}

describe('sockets planted by another user', () => {
  it('1,000 of them named after a process with 1,000 descriptors hold nothing up', async () => {
    const quiet = await firstTable();
    const before = await answers(5);
    terminal?.close();
    const victim = await node('many-descriptors.cjs', '1000');
    await node('planter.cjs', String(victim), '1000', folder);
    const first = await firstTable();
    const during = await answers(40);
    const at = (all: number[], part: number) => all[Math.floor((all.length - 1) * part)] ?? 0;
    process.stdout.write(
      `first table ${quiet.toFixed()} → ${first.toFixed()} ms; keys: median ${at(before, 0.5).toFixed(1)} → ` +
        `${at(during, 0.5).toFixed(1)}, 99% ${at(before, 0.99).toFixed(1)} → ${at(during, 0.99).toFixed(1)}, longest ` +
        `${at(before, 1).toFixed(1)} → ${at(during, 1).toFixed(1)} ms\n`,
    );
    expect(first).toBeLessThan(Math.max(2000, 2 * quiet));
    expect(at(during, 0.99)).toBeLessThan(Math.max(50, 2 * at(before, 0.99)));
    expect(at(during, 1)).toBeLessThan(Math.max(200, 3 * at(before, 1)));
  });
});

describe('agents of another user that send without end', () => {
  /** Bytes that memtop has at most and afterwards, more than at first, while 800 processes of that name come and go. */
  async function weigh(name: string): Promise<{ most: number; after: number }> {
    await firstTable();
    const rss = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${terminal?.pid}/status`, 'utf8'))?.[1]) * 1024;
    await wait(10_000);
    const before = rss();
    const script = readFileSync(join(FIXTURES, 'endless-lines.py'), 'utf8');
    await asOther('/usr/bin/python3', '-c', script, '800', folder, name, String(MIB));
    let most = 0;
    for (let half = 0; half < 40; half += 1) {
      most = Math.max(most, rss());
      await wait(500);
    }
    started.at(-1)?.stdin?.end();
    await wait(20_000);
    const after = rss();
    terminal?.close();
    return { most: most - before, after: after - before };
  }

  it('800 lines of 1 MiB cost 40 MiB at most while they last, and almost nothing once they have ended', async () => {
    // As many processes that are no agents: memtop has a row and a past for each.
    const plain = await weigh('other');
    const flooded = await weigh('memtop');
    const text = ({ most, after }: typeof plain) => `+${(most / MIB).toFixed(1)}M, later +${(after / MIB).toFixed(1)}M`;
    process.stdout.write(`RSS with 800 processes ${text(plain)}; with 800 endless lines ${text(flooded)}\n`);
    expect(flooded.most - plain.most).toBeLessThan(40 * MIB);
    // The lines are gone then, and V8 has given back what it took for them.
    expect(flooded.after - plain.after).toBeLessThan(16 * MIB);
  });
});
