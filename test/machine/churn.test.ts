// Five thousand processes, and five hundred a second that come and go: the screen stays alive and tells the truth.
import { type ChildProcess, spawn } from 'node:child_process';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Terminal } from '../helpers/pty.ts';
import { uniqueWord } from '../helpers/unique-word.ts';
import { watchIn } from '../pty/memtop.ts';

const SLEEPERS = 5000;
const jobs: ChildProcess[] = [];

/** A shell in a process group of its own, so that it can be ended with all it started. */
function job(script: string): ChildProcess {
  const child = spawn('bash', ['-c', script], { detached: true, stdio: ['ignore', 'pipe', 'ignore'] });
  jobs.push(child);
  return child;
}

beforeAll(async () => {
  const sleeping = job(`for ((i = 0; i < ${SLEEPERS}; i++)); do sleep 1000 & done; echo READY; wait`);
  await new Promise((resolve) => sleeping.stdout?.once('data', resolve));
  job('while :; do for ((i = 0; i < 50; i++)); do sleep 0.05 & done; sleep 0.1; done');
}, 120_000);

afterAll(() => {
  for (const { pid } of jobs) if (pid !== undefined) process.kill(-pid, 'SIGKILL');
});

const shown = (t: Terminal) => Number(/ of (\d+)/.exec(t.screen().at(-1) ?? '')?.[1]);
const clock = (t: Terminal) => /\d\d:\d\d:\d\d/.exec(t.screen()[0] ?? '')?.[0];

it('memtop goes on, counts them all, and answers keys', async () => {
  const terminal = await watchIn({ columns: 120, rows: 30, words: ['-d', '1s'] });
  try {
    for (let tick = 0; tick < 10; tick += 1) {
      const before = clock(terminal);
      await terminal.waitFor((t) => clock(t) !== before, 'the next tick');
      expect(shown(terminal)).toBeGreaterThan(SLEEPERS);
      const line = terminal.screen().findIndex((text) => text.startsWith('›'));
      terminal.write(tick % 2 === 0 ? 'G' : 'g');
      await terminal.waitFor(
        (t) => t.screen().findIndex((text) => text.startsWith('›')) !== line,
        'the selection moves',
      );
    }
    terminal.write(`/${uniqueWord('absent')}\r`);
    await terminal.waitFor(/No process matches/);
    terminal.write('q');
    expect((await terminal.exited).code).toBe(0);
  } finally {
    await terminal.close();
  }
});
