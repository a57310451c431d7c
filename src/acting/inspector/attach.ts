// Starts the attaching process and receives its result.
import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { UserError } from '../../errors/user-error.ts';
import type { AttachRequest } from './attaching.ts';
import type { AttachReport } from './report.ts';

export interface AttachOptions {
  /** The bundle that is started: see attachProgramIn. */
  readonly program: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Stops waiting; the attaching process continues until the inspector is closed. */
  readonly signal?: AbortSignal;
}

/** The result. */
export interface Attached {
  /** Undefined when the agent was loaded; else the reasons, as sentences. */
  readonly refused: string | undefined;
  /** Settles when the inspector that memtop opened is closed: with undefined, or with a warning when it is not. */
  readonly settled: Promise<string | undefined>;
}

/** Milliseconds to wait for the first answer; the attaching process gives up earlier. */
const ANSWERS_WITHIN = 20_000;

/** Bytes of one report. */
const LONGEST = 16 * 1024;

/**
 * The bundle that attaches, in the folder where memtop is installed.
 *
 * @throws UserError when it is missing
 */
export function attachProgramIn(folder: string): string {
  const path = join(folder, 'attach.cjs');
  try {
    accessSync(path, constants.R_OK);
    return path;
  } catch {
    throw new UserError(
      `memtop's file ${path} is missing.`,
      'Install memtop again; from its source, run "npm run build".',
    );
  }
}

/**
 * Attaches to one process; settles as soon as the agent is loaded or has failed to load. The work is done by a process
 * of its own, in a separate session: however memtop ends, the inspector gets closed. Only where both are
 * killed between the signal and the first evaluation (some 20 ms) nothing closes it; the next attach to that process does.
 */
export async function attach(request: AttachRequest, options: AttachOptions): Promise<Attached> {
  const child = start(request, options);
  const reports = new Reports(child);
  const answer = await reports.first(options.signal);
  const settled = reports.last.then((last) => {
    if (last !== undefined) return last.kind === 'open' ? last.sentence : undefined;
    return closeLeft(request, options);
  });
  if (answer === undefined) return { refused: ENDED, settled };
  if (answer === 'interrupted') return { refused: interrupted(child.pid), settled };
  return { refused: answer.kind === 'refused' ? answer.sentence : undefined, settled };
}

/** Closes an inspector that a killed memtop left open in a process. Settles with a warning when it cannot. */
export async function closeLeft(
  { pid, startTime }: AttachRequest,
  options: Omit<AttachOptions, 'signal'>,
): Promise<string | undefined> {
  const request = startTime === undefined ? { pid } : { pid, startTime };
  const last = await new Reports(start(request, options)).last;
  if (last?.kind === 'closed') return undefined;
  return last?.kind === 'open'
    ? last.sentence
    : `The attaching process was killed twice, so the inspector of process ${pid} may still be open. Close it with: memtop collect --attach ${pid}`;
}

const ENDED = 'The attaching process of memtop was killed from outside. Try again.';

function interrupted(pid: number | undefined): string {
  return `Interrupted. memtop process ${pid} keeps running until the inspector is closed.`;
}

function start(request: AttachRequest, { program, environment }: AttachOptions): ChildProcess {
  const names = ['HOME', 'XDG_RUNTIME_DIR', 'XDG_CACHE_HOME', 'TMPDIR'];
  // NODE_OPTIONS is not passed on: it could contain an agent, a debugger, or a missing file.
  const env = Object.fromEntries(names.flatMap((name) => (environment[name] ? [[name, environment[name]]] : [])));
  const child = spawn(process.execPath, [program], {
    detached: true,
    stdio: ['pipe', 'pipe', 'ignore'],
    env,
    cwd: '/',
  });
  child.on('error', () => undefined);
  child.stdin.on('error', () => undefined);
  child.stdin.write(`${JSON.stringify(request)}\n`);
  // memtop does not wait for it.
  child.unref();
  // A pipe to a child is a socket (net.Socket), of which the types show only one end.
  for (const stream of [child.stdin, child.stdout]) (stream as Socket).unref();
  return child;
}

/** The reports of the attaching process, one per line. */
class Reports {
  /** Undefined when it exited without one. */
  readonly last: Promise<AttachReport | undefined>;
  #first: AttachReport | undefined;
  #onFirst: (() => void) | undefined;

  constructor(child: ChildProcess) {
    let text = '';
    let last: AttachReport | undefined;
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      text = (text + chunk).slice(-LONGEST);
      for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n')) {
        const report = JSON.parse(text.slice(0, end)) as AttachReport;
        text = text.slice(end + 1);
        if (report.kind === 'closed' || report.kind === 'open') last = report;
        this.#first ??= report;
        this.#onFirst?.();
      }
    });
    this.last = new Promise((resolve) => {
      const end = () => {
        resolve(last);
        this.#onFirst?.();
      };
      child.once('error', end);
      child.once('close', end);
    });
  }

  /** The first report; undefined when it exited without one. */
  async first(signal: AbortSignal | undefined): Promise<AttachReport | 'interrupted' | undefined> {
    const alive = setInterval(() => undefined, ANSWERS_WITHIN);
    try {
      return await Promise.race([
        new Promise<AttachReport>((resolve) => {
          this.#onFirst = () => this.#first !== undefined && resolve(this.#first);
          this.#onFirst();
        }),
        this.last.then(() => this.#first),
        new Promise<'interrupted'>((resolve) => {
          if (signal?.aborted === true) resolve('interrupted');
          signal?.addEventListener('abort', () => resolve('interrupted'), { once: true });
          setTimeout(resolve, ANSWERS_WITHIN, 'interrupted').unref();
        }),
      ]);
    } finally {
      clearInterval(alive);
    }
  }
}
