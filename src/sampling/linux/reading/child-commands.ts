// Runs small programs such as cat and getent whose answer may never come: each has a deadline and can be given up.
import type { ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';

/** The timeout of a command, in milliseconds. */
const DEADLINE = 2_000;
/** A command that timed out is run again after this long, then after twice as long each time; milliseconds. */
const FIRST_REST = 10_000;
const LONGEST_REST = 300_000;
/** Maximum number of children at a time. One that is stuck in the kernel cannot be killed, and counts until it ends. */
const MOST_CHILDREN = 8;
/** Answers that were not fetched are forgotten after this long, in milliseconds. */
const KEEP = 60_000;
/** The longest error message that is kept. */
const LONGEST_ERROR = 1024;

/** What a program printed. */
export interface CommandAnswer {
  readonly bytes: Buffer;
  readonly exitCode: number | undefined;
  readonly error: string;
}

interface Question {
  child: ChildProcess | undefined;
  requestedAt: number;
  answer: CommandAnswer | undefined;
  /** When it may run again after a timeout, and how long that pause was. */
  retryAt: number;
  rest: number;
  timer: NodeJS.Timeout | undefined;
}

export interface ChildCommand {
  readonly program: string;
  readonly args: readonly string[];
  /** Bytes of output that are enough. */
  readonly limit: number;
}

/**
 * Never a thread: a read that is blocked in a worker or in the thread pool keeps `process.exit` of Node.js 20 and 24 from
 * returning. A child that is blocked is killed, and left behind where it cannot be.
 */
export class ChildCommands {
  readonly #questions = new Map<string, Question>();
  readonly #children = new Set<ChildProcess>();
  #running = 0;
  #isClosed = false;
  #waiters: (() => void)[] = [];

  /** Commands that have neither answered nor timed out. */
  get running(): number {
    return this.#running;
  }

  /** The pids of the children that exist, those included that are stuck. They are part of what memtop costs. */
  get pids(): number[] {
    return [...this.#children].flatMap(({ pid }) => (pid === undefined ? [] : [pid]));
  }

  /**
   * The answer to a command, which is started by the first call; undefined until it has come. An answer is handed out
   * once: the next call asks again.
   *
   * @param key identifies the command
   */
  ask(key: string, command: ChildCommand): CommandAnswer | undefined {
    const question = this.#questions.get(key);
    if (question?.answer !== undefined) {
      this.#questions.delete(key);
      return question.answer;
    }
    if (question?.child !== undefined || performance.now() < (question?.retryAt ?? 0)) return undefined;
    this.#start(key, command, question?.rest ?? FIRST_REST);
    return undefined;
  }

  /** Waits until every command has answered or timed out, but no longer than `milliseconds`. */
  async settled(milliseconds: number): Promise<void> {
    if (this.#running === 0) return;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      timer = setTimeout(resolve, milliseconds);
      this.#waiters.push(resolve);
    });
    clearTimeout(timer);
  }

  /** Abandons all pending commands without waiting for the children. */
  close(): void {
    this.#isClosed = true;
    for (const question of this.#questions.values()) {
      clearTimeout(question.timer);
      question.child = undefined;
    }
    this.#questions.clear();
    for (const child of this.#children) kill(child);
    this.#running = 0;
    this.#wake();
  }

  #start(key: string, { program, args, limit }: ChildCommand, rest: number): void {
    if (this.#isClosed || this.#children.size >= MOST_CHILDREN) return;
    this.#forgetOld();
    let child: ChildProcess;
    try {
      // A session of its own, so that no key and no hang-up of the terminal reaches it.
      const env = { PATH: '/usr/bin:/bin', LC_ALL: 'C' };
      // Loaded when first needed: it takes milliseconds of a start that mostly needs no child.
      const { spawn } = process.getBuiltinModule('node:child_process');
      child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true, cwd: '/', env });
    } catch {
      this.#questions.set(key, resting(rest));
      return;
    }
    const timer = setTimeout(() => this.#giveUp(key, question), DEADLINE);
    timer.unref();
    const question: Question = { ...resting(rest), child, timer };
    this.#questions.set(key, question);
    this.#children.add(child);
    this.#running += 1;
    this.#listen(key, question, child, limit);
    release(child);
  }

  #listen(key: string, question: Question, child: ChildProcess, limit: number): void {
    const chunks: Buffer[] = [];
    let length = 0;
    let error = '';
    const answer = (exitCode: number | undefined) => {
      if (question.child !== child) return;
      const bytes = Buffer.concat(chunks).subarray(0, limit);
      question.answer = { bytes, exitCode, error };
      this.#stop(question);
    };
    child.stdout?.on('data', (chunk: Buffer) => {
      if (length >= limit) return;
      chunks.push(chunk);
      length += chunk.length;
      if (length < limit) return;
      answer(0);
      kill(child);
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      if (error.length < LONGEST_ERROR) error += chunk.toString('latin1', 0, LONGEST_ERROR);
    });
    child.on('error', () => {
      this.#children.delete(child);
      this.#giveUp(key, question);
    });
    child.on('exit', () => this.#children.delete(child));
    child.on('close', (exitCode: number | null) => answer(exitCode ?? undefined));
  }

  #giveUp(key: string, question: Question): void {
    const { child } = question;
    if (child === undefined) return;
    this.#stop(question);
    const { rest } = question;
    question.retryAt = performance.now() + rest;
    question.rest = Math.min(LONGEST_REST, rest * 2);
    this.#questions.set(key, question);
    kill(child);
  }

  #stop(question: Question): void {
    clearTimeout(question.timer);
    question.child = undefined;
    this.#running -= 1;
    if (this.#running === 0) this.#wake();
  }

  #wake(): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const wake of waiters) wake();
  }

  /** Pending commands about processes that have exited meanwhile. */
  #forgetOld(): void {
    const now = performance.now();
    for (const [key, question] of this.#questions) {
      const since = Math.max(question.requestedAt, question.retryAt);
      if (question.child === undefined && now - since > KEEP) this.#questions.delete(key);
    }
  }
}

function resting(rest: number): Question {
  const requestedAt = performance.now();
  return {
    child: undefined,
    requestedAt,
    answer: undefined,
    retryAt: requestedAt + rest,
    rest,
    timer: undefined,
  };
}

/** The program ends although the child does not: nothing of it keeps the event loop alive. */
function release(child: ChildProcess): void {
  child.unref();
  // A pipe to a child is a socket (net.Socket), of which the types show only one end.
  for (const stream of [child.stdout, child.stderr]) (stream as Socket | null)?.unref?.();
}

function kill(child: ChildProcess): void {
  child.kill('SIGKILL');
  child.stdout?.destroy();
  child.stderr?.destroy();
}
