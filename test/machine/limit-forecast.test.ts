// Real kills at the limits of memory cgroups of the test's own: the forecast comes before, and it is right.
import { type ChildProcess, spawn } from 'node:child_process';
import { setPriority } from 'node:os';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { type Cgroup, makeCgroup, removeCgroup } from '../helpers/cgroups.ts';
import { endProgram } from '../helpers/ready-programs.ts';
import { ENVIRONMENT, LAUNCHER } from '../pty/memtop.ts';

const MIB = 2 ** 20;
/** What the programs leak in all before they are killed. */
const LIMIT = 310 * MIB;

/** MiB a second, after how many seconds the limit is reached, and how many before that it must be known. */
const LEAKS = [
  { pace: 5, life: 60, lead: 10 },
  { pace: 20, life: 15, lead: 2 },
  { pace: 50, life: 6, lead: 0.5 },
] as const;
const made = LEAKS.map(({ pace }) => makeCgroup(`memtop-forecast-test-${process.pid}-${pace}`, LIMIT));
const refused = made.find((one) => typeof one === 'string');
const children: ChildProcess[] = [];

afterEach(async () => {
  await Promise.all(children.splice(0).map(endProgram));
});

afterAll(async () => {
  for (const cgroup of made) {
    if (typeof cgroup === 'string') continue;
    await removeCgroup(cgroup);
  }
});

/** Keeps up with the clock on a busy machine: what was missed is made up for. Anonymous memory, a MiB at a time. */
const LEAK = `
import sys, time
pace, held, began = float(sys.argv[1]), [], time.monotonic()
while True:
  while len(held) < (time.monotonic() - began) * pace:
    held.append(bytearray(b'x' * 2**20))
  time.sleep(0.01)
`;

/** Starts a program that leaks N MiB a second. It enters the cgroup before it becomes itself. */
function leak(pace: number, cgroup: Cgroup): ChildProcess {
  const script = 'echo $$ > "$0/cgroup.procs" && exec "$@"';
  const child = spawn('sh', ['-c', script, cgroup.path, 'python3', '-c', LEAK, String(pace)], { stdio: 'ignore' });
  children.push(child);
  prefer(child);
  return child;
}

/** What is measured in seconds goes before what else is busy on this machine, where that is permitted. */
function prefer({ pid }: ChildProcess): void {
  try {
    setPriority(pid as number, -15);
  } catch {
    // It must do without.
  }
}

interface TimedForecast {
  /** Milliseconds since the epoch: when it was said, and when the limit is to be reached. */
  readonly at: number;
  readonly end: number;
}

interface Run {
  readonly program: ChildProcess;
  readonly life: number;
  readonly lead: number;
  readonly began: number;
  ended: number;
  readonly forecasts: TimedForecast[];
}

function start({ pace, life, lead }: (typeof LEAKS)[number], cgroup: Cgroup): Run {
  const run: Run = { program: leak(pace, cgroup), life, lead, began: Date.now(), ended: 0, forecasts: [] };
  run.program.once('exit', () => {
    run.ended = Date.now();
  });
  return run;
}

/** All forecasts that a stream of documents has for the programs, until the kernel has killed them all. */
async function forecastsUntilKilled(): Promise<readonly Run[]> {
  const memtop = spawn(process.execPath, [LAUNCHER, '-o', 'ndjson', '-d', '500ms'], {
    env: ENVIRONMENT as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(memtop);
  prefer(memtop);
  let runs: readonly Run[] | undefined;
  for await (const line of createInterface({ input: memtop.stdout as NodeJS.ReadableStream })) {
    const { time, processes } = JSON.parse(line);
    // Programs begin once memtop is there to see them.
    runs ??= LEAKS.map((given, index) => start(given, made[index] as Cgroup));
    for (const { program, forecasts } of runs) {
      const own = processes.find(({ pid }: { pid: number }) => pid === program.pid);
      if (own?.exhaustedAt) forecasts.push({ at: Date.parse(time), end: Date.parse(own.exhaustedAt) });
    }
    if (runs.every(({ ended }) => ended !== 0)) break;
  }
  return runs ?? [];
}

describe.skipIf(refused !== undefined)(`a limit of 310 MiB${refused === undefined ? '' : `: ${refused}`}`, () => {
  it('that leaks of 5, 20 and 50 MiB/s reach within a minute, 15 s and 6 s is forecast in time, and rightly', {
    timeout: 150_000,
  }, async () => {
    const runs = await forecastsUntilKilled();
    expect(runs.map(({ program }) => program.signalCode)).toEqual(LEAKS.map(() => 'SIGKILL'));
    for (const { life, lead, began, ended, forecasts } of runs) {
      const shown = `killed after ${ended - began} ms (about ${life} s); forecasts, ms before the end: ${forecasts
        .map(({ at, end }) => `${ended - at}: in ${end - at}`)
        .join(', ')}`;
      const deciding = forecasts.findLast(({ at }) => ended - at >= lead * 1000);
      expect(deciding, shown).toBeDefined();
      const { at, end } = deciding as TimedForecast;
      // Off by half at most, or by a second.
      expect(Math.abs(end - ended), shown).toBeLessThan(Math.max((ended - at) / 2, 1000));
    }
  });
});
