// Real OOM kills, in a memory cgroup of the test's own and nowhere else.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { type Cgroup, makeCgroup, removeCgroup } from '../helpers/cgroups.ts';
import type { Terminal } from '../helpers/pty.ts';
import { endProgram } from '../helpers/ready-programs.ts';
import { ENVIRONMENT, LAUNCHER, watchIn } from '../pty/memtop.ts';

const LIMIT = 100 * 1024 * 1024;

const made = makeCgroup(`memtop-oom-test-${process.pid}`, LIMIT);
const cgroup = made as Cgroup;

const children: ChildProcess[] = [];
let terminal: Terminal | undefined;

afterEach(async () => {
  await terminal?.close();
  terminal = undefined;
  await Promise.all(children.splice(0).map(endProgram));
});

afterAll(async () => {
  if (typeof made === 'string') return;
  await removeCgroup(cgroup);
});

const PROGRAMS = {
  python3: [
    'python3',
    '-c',
    'import time\nheld = []\nwhile True:\n  held.append(bytearray(b"x" * 2**21))\n  time.sleep(0.02)',
  ],
  node: [
    process.execPath,
    '-e',
    'const held = []; setInterval(() => held.push(Buffer.alloc(2 ** 21, 1)), 20); // oom-victim',
  ],
} as const;

/** Starts a program that runs into the limit. It enters the cgroup before it becomes itself. */
function victim(name: keyof typeof PROGRAMS): ChildProcess {
  const script = 'echo $$ > "$0/cgroup.procs" && exec "$@"';
  const child = spawn('sh', ['-c', script, cgroup.path, ...PROGRAMS[name]], { stdio: 'ignore' });
  children.push(child);
  return child;
}

/** What the kernel logged of the killed process, whichever process started it. */
function kernelRecord(pid: number): { name: string; rss: number } {
  const log = spawnedLog();
  const found = new RegExp(
    `Killed process ${pid} \\((.*)\\) total-vm:\\d+kB, anon-rss:(\\d+)kB, file-rss:(\\d+)kB, shmem-rss:(\\d+)kB`,
  ).exec(log);
  if (found === null) throw new Error(`The kernel's log does not tell of ${pid}.`);
  return { name: found[1] as string, rss: (Number(found[2]) + Number(found[3]) + Number(found[4])) * 1024 };
}

function spawnedLog(): string {
  return execFileSync('dmesg', { encoding: 'utf8', maxBuffer: 2 ** 26 });
}

describe.skipIf(typeof made === 'string')(`a cgroup of 100 MiB${typeof made === 'string' ? `: ${made}` : ''}`, () => {
  it.each(['python3', 'node'] as const)('%s runs into it, and the stream of documents says so', async (name) => {
    const memtop = spawn(process.execPath, [LAUNCHER, '-o', 'ndjson', '-d', '200ms'], {
      env: ENVIRONMENT as NodeJS.ProcessEnv,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(memtop);
    const lines = createInterface({ input: memtop.stdout as NodeJS.ReadableStream });
    let died: ChildProcess | undefined;
    for await (const line of lines) {
      const document = JSON.parse(line);
      died ??= victim(name);
      const event = document.events.find(({ pid }: { pid: number }) => pid === died?.pid);
      if (event === undefined) continue;
      const record = kernelRecord(died.pid as number);
      expect(event).toMatchObject({
        type: 'oom-kill',
        name: record.name,
        scope: 'cgroup',
        cgroup: cgroup.name,
        limit: LIMIT,
      });
      expect(event).toMatchObject({ by: 'kernel', source: 'kmsg', verified: true, certainty: 'certain', user: 'root' });
      expect(Math.abs(event.rss - record.rss)).toBeLessThanOrEqual(record.rss / 10);
      expect(Math.abs(Date.parse(event.time) - Date.parse(document.time))).toBeLessThan(5000);
      expect(document.system.oomKills).toBeGreaterThan(0);
      break;
    }
    expect(died).toBeDefined();
  });

  it.each(['python3', 'node'] as const)('%s runs into it, and the screen says so', async (name) => {
    terminal = await watchIn({ columns: 120, rows: 30 });
    const died = victim(name);
    await terminal.waitFor(new RegExp(`\\d+ OOM kills?.*${name} \\(${died.pid}\\)`), 'the header tells of the kill');
    const header = terminal.screen().findIndex((line) => line.includes('OOM kill'));
    const column = terminal.screen()[header]?.indexOf('OOM kill') ?? 0;
    expect(terminal.style(header, column).foreground, 'it is red').toBe(210);
    terminal.write('O');
    const pid = died.pid;
    await terminal.waitFor(
      new RegExp(`${name} \\(${pid}\\).*[\\s\\S]*limit of 100M.*[\\s\\S]*${cgroup.name}`),
      'the pane',
    );
    const { rss } = kernelRecord(pid as number);
    expect(terminal.screen().join('\n')).toContain(`${Math.round(rss / 2 ** 20)}M`.slice(0, 2));
    expect(terminal.screen().join('\n')).toMatch(/[▁-█]{5}/);
    terminal.write('\u001b');
    await terminal.waitFor((t) => !t.screen().join('\n').includes('limit of 100M'), 'the pane is closed');
  });
});
