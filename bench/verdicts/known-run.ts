// Runs programs with a known cause, several at a time, and has `memtop collect` judge them.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Known } from '../../test/fixtures/programs/known/known.ts';
import { pause } from '../rounds.ts';
import type { Workbench } from '../workbench.ts';
import type { Runtime } from './runtimes.ts';

/** Milliseconds a program has to get ready; milliseconds between two searches for its agent, and how many searches. */
const READY_WITHIN = 120_000;
const SEARCH_EVERY = 200;
const SEARCHES = 50;

export interface KnownRun {
  readonly runtime: Runtime;
  readonly program: Known;
}

/** The document that `memtop collect --json` printed; `failed` where there is none. */
export interface Answer {
  readonly verdict?: string;
  readonly explanation?: string;
  readonly failed?: string;
}

/** Where the programs are, unless another folder is given. */
const PROGRAMS = 'test/fixtures/programs/known';

/** Runs all, in the order given, and gives each answer to `onAnswer`. `flags` are for `memtop collect`. */
export async function runKnown<Run extends KnownRun>(
  bench: Workbench,
  runs: readonly Run[],
  options: {
    readonly flags?: readonly string[];
    /** N programs run, and collect, at the same time. */
    readonly atOnce: number;
    /** With a folder for each runtime. */
    readonly folder?: string;
    onAnswer(run: Run, answer: Answer): void;
  },
): Promise<void> {
  const { flags = [], atOnce, folder = PROGRAMS, onAnswer } = options;
  for (let first = 0; first < runs.length; first += atOnce) {
    const batch = runs.slice(first, first + atOnce);
    const started = batch.map((run) => start(join(bench.root, folder), join(bench.root, 'dist'), run));
    try {
      await Promise.all(
        started.map(async ({ ready }, index) => onAnswer(batch[index] as Run, await answerOf(bench, flags, ready))),
      );
    } finally {
      await Promise.all(started.map(({ child }) => end(child)));
    }
  }
}

/** Starts a program in its own process group and waits for READY, which may be followed by the pid to judge. */
function start(
  folder: string,
  dist: string,
  { runtime, program }: KnownRun,
): { child: ChildProcess; ready: Promise<number> } {
  const file = join(folder, program.runtime, program.file);
  const agent = runtime.runtime === 'node' ? ['--require', join(dist, 'agent.cjs')] : [];
  const env = runtime.runtime === 'node' ? process.env : { ...process.env, PYTHONPATH: join(dist, 'python/site') };
  const child = spawn(runtime.command, [...agent, ...(program.flags ?? []), file, ...program.words], {
    ...{ env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] },
  });
  const ready = new Promise<number>((resolve, reject) => {
    let [output, errors] = ['', ''];
    const timer = setTimeout(() => reject(new Error('it was not ready in time')), READY_WITHIN);
    child.stderr?.on('data', (text) => {
      errors = `${errors}${text}`.slice(-500);
    });
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`it ended before it was ready: ${errors}`)));
    child.stdout?.on('data', (text) => {
      output += text;
      const [line, pid] = /^READY(?: (\d+))?\n/m.exec(output) ?? [];
      if (line === undefined) return;
      clearTimeout(timer);
      resolve(Number(pid ?? child.pid));
    });
  });
  return { child, ready };
}

/**
 * Makes a program collect as soon as it is ready: when a program rests for some seconds, V8 collects garbage by itself, and
 * nothing is left to judge. The agent of a Python program starts a moment after the program.
 */
async function answerOf({ memtop }: Workbench, flags: readonly string[], ready: Promise<number>): Promise<Answer> {
  let pid: number;
  try {
    pid = await ready;
  } catch (error) {
    return { failed: String(error) };
  }
  for (let search = 0; search < SEARCHES; search += 1) {
    await pause(SEARCH_EVERY);
    const printed = await new Promise<string>((resolve) => {
      const words = [memtop, 'collect', '--json', '--yes', ...flags, String(pid)];
      execFile(process.execPath, words, { maxBuffer: 2 ** 26 }, (_, stdout) => resolve(stdout));
    });
    if (printed !== '') return JSON.parse(printed) as Answer;
  }
  return { failed: 'no answer' };
}

/** Ends it and its children. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has exited already.
  }
  await ended;
}
