// Puts an agent into a Node process that has none: its inspector is opened for as long as one evaluation takes.
import { createServer, type Server } from 'node:net';
import { pause } from '../collect.ts';
import type { Processes } from '../processes.ts';
import { type Attachable, mayAttach, portsOf } from './may-attach.ts';
import { evaluate, sessionUrl } from './session.ts';

export interface AttachOptions {
  readonly processes: Processes;
  /** Our own effective uid. */
  readonly uid: number;
  /** The agent: the text of a CommonJS file. */
  readonly source: string;
}

/** What came of it; sentences for people. */
export type Attached =
  | { readonly kind: 'attached'; readonly warning?: string }
  | { readonly kind: 'refused'; readonly sentence: string };

/** Milliseconds that a program has to open its inspector, and to close it. */
const OPENS_WITHIN = 3000;
const CLOSES_WITHIN = 2500;
const BEAT = 10;

/** In the abstract namespace (unix(7)): it is free again whatever ends its holder. It carries no data. */
const LOCK = '\0memtop-attach';

/**
 * Attaches to one process. The caller then finds its agent as it finds any other. Refuses, with the reason, whenever
 * that could harm: see mayAttach.
 */
export async function attach(pid: number, options: AttachOptions): Promise<Attached> {
  const lock = await takeLock();
  if (lock === undefined) return refused('Another memtop is attaching to a process just now. Try again in a moment.');
  try {
    const target = mayAttach(options.processes, pid, options.uid);
    if ('objection' in target) return refused(target.objection);
    return target.openPort === undefined
      ? await throughSignal(target, options)
      : await throughOpen(target.openPort, options);
  } finally {
    lock.close();
  }
}

/** An inspector that was open before is somebody's, and stays open. */
async function throughOpen(port: number, { source }: AttachOptions): Promise<Attached> {
  const url = await sessionUrl(port);
  if (url === undefined) return refused(`What listens on port ${port} does not answer as an inspector.`);
  const evaluated = await evaluate(url, loading(source));
  return evaluated.kind === 'failed' ? refused(`Its inspector was open, but ${evaluated.why}.`) : { kind: 'attached' };
}

async function throughSignal(target: Attachable, options: AttachOptions): Promise<Attached> {
  const { processes, source } = options;
  const { pid, startTime, ports } = target;
  if (processes.startTime(pid) !== startTime) return refused('It has ended meanwhile.');
  try {
    process.kill(pid, 'SIGUSR1');
  } catch {
    return refused('The signal that opens its inspector could not be sent.');
  }
  const opened = await openedPort(processes, pid, ports);
  if (opened === undefined) return refused('It opened no inspector: it may use SIGUSR1 for something of its own.');
  const evaluated = await evaluate(opened.url, closingAfter(loading(source)));
  const closed = await isClosed(processes, pid, opened.port);
  if (evaluated.kind === 'failed')
    return refused(`Its inspector was opened, but ${evaluated.why}.${closed ? '' : stillOpen(opened.port)}`);
  return closed ? { kind: 'attached' } : { kind: 'attached', warning: stillOpen(opened.port).trim() };
}

/** The inspector is a listener of this very process that was not there before. */
async function openedPort(
  processes: Processes,
  pid: number,
  before: ReadonlySet<number>,
): Promise<{ port: number; url: string } | undefined> {
  const deadline = performance.now() + OPENS_WITHIN;
  while (performance.now() < deadline) {
    for (const port of portsOf(processes, pid)) {
      const url = before.has(port) ? undefined : await sessionUrl(port);
      if (url !== undefined) return { port, url };
    }
    await pause(BEAT);
  }
  return undefined;
}

async function isClosed(processes: Processes, pid: number, port: number): Promise<boolean> {
  const deadline = performance.now() + CLOSES_WITHIN;
  while (portsOf(processes, pid).has(port)) {
    if (performance.now() > deadline) return false;
    await pause(BEAT);
  }
  return true;
}

/**
 * The first thing it does is to arm the closing, so that the inspector closes whatever happens to us; the last is to
 * close it at once, from within: a blocked event loop would not come to a timer. The timer is a program's own no
 * more than the agent is, and is cleared.
 */
function closingAfter(expression: string): string {
  return `(() => {
  const inspector = require('inspector');
  const { clearTimeout, setTimeout } = require('timers');
  const timer = setTimeout(() => inspector.close(), 1500);
  timer.unref();
  try { return ${expression}; } finally { clearTimeout(timer); inspector.close(); }
})()`;
}

/** Runs a CommonJS module. The console's `require` is its own; nothing stays behind in the program's globals. */
function loading(source: string): string {
  return `((require) => { const module = { exports: {} }; (function (exports, require, module) {${source}
}).call(module.exports, module.exports, require, module); return true; })(require)`;
}

function takeLock(): Promise<Server | undefined> {
  return new Promise((resolve) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', () => resolve(undefined));
    server.listen(LOCK, () => resolve(server));
  });
}

function stillOpen(port: number): string {
  return ` Its inspector is still open on port ${port} and closes as soon as its event loop runs again.`;
}

function refused(sentence: string): Attached {
  return { kind: 'refused', sentence };
}
