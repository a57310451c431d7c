// Sessions with a Node.js inspector (chromedevtools.github.io/devtools-protocol), each over a proven connection.
import { get } from 'node:http';
import type { Socket } from 'node:net';
import { WebSocket } from 'ws';
import type { Processes } from '../../agent/client/finding/processes.ts';
import type { TcpListener } from '../../sampling/linux/proc/net/tcp.ts';
import { inspectorCandidates } from './listeners.ts';
import { connectProven, reachable } from './proven.ts';

/** Milliseconds for a whole step, however slowly its bytes arrive. */
const STEP_WITHIN = 3000;

/** Maximum bytes of an answer. */
const LONGEST = 64 * 1024;

/** An inspector that has answered. */
export interface Inspector {
  readonly pid: number;
  readonly listener: TcpListener;
  /** The path at which it takes sessions. */
  readonly path: string;
}

/** How an evaluation ended. */
export type Evaluated =
  | { readonly kind: 'answered' }
  /** It threw, or nothing could be evaluated: why, the end of a sentence. */
  | { readonly kind: 'failed'; readonly why: string };

/** Asks a listening socket of a process whether it is its inspector; undefined when it is not, or not in time. */
export async function askInspector(
  processes: Processes,
  pid: number,
  listener: TcpListener,
  within = STEP_WITHIN,
): Promise<Inspector | undefined> {
  const signal = AbortSignal.timeout(within);
  const socket = await connectProven(processes, pid, listener, signal);
  if (socket === undefined) return undefined;
  const text = await fetchText(socket, listener, signal);
  socket.destroy();
  const id = text === undefined ? undefined : idIn(text);
  return id === undefined ? undefined : { pid, listener, path: `/${id}` };
}

/**
 * Has one expression evaluated, in the scope of a debugger's console, with `require`, and disconnects immediately.
 * There is no answer. Closing an inspector stops the program until every session has disconnected, so that
 * the evaluated expression may close it only because memtop waits for no answer here: a memtop that is stopped, swapped out or killed
 * cannot hold the program up. True when it was sent.
 */
export async function send(processes: Processes, inspector: Inspector, expression: string): Promise<boolean> {
  const session = await openSession(processes, inspector);
  if (session === undefined) return false;
  const { web, socket } = session;
  web.send(evaluation(expression));
  // The end of the stream goes out with the message, not after an answer to a close frame.
  socket.end();
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => socket.destroy(), STEP_WITHIN);
    socket.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
  });
  return true;
}

/** Has one expression evaluated in an inspector that stays open, and waits for the answer. */
export async function evaluate(processes: Processes, inspector: Inspector, expression: string): Promise<Evaluated> {
  const session = await openSession(processes, inspector);
  if (session === undefined) return { kind: 'failed', why: 'memtop could not connect to it' };
  const { web } = session;
  try {
    return await new Promise<Evaluated>((resolve) => {
      setTimeout(resolve, STEP_WITHIN, { kind: 'failed', why: 'it did not answer in time' }).unref();
      web.on('close', () => resolve({ kind: 'failed', why: 'it closed the connection' }));
      web.on('message', (data) => {
        const result = readAnswer(String(data));
        if (result !== undefined) resolve(result);
      });
      web.send(evaluation(expression));
    });
  } finally {
    web.terminate();
  }
}

function evaluation(expression: string): string {
  const params = { expression, includeCommandLineAPI: true, silent: true, returnByValue: true };
  return JSON.stringify({ id: 1, method: 'Runtime.evaluate', params });
}

async function openSession(
  processes: Processes,
  { pid, listener, path }: Inspector,
): Promise<{ web: WebSocket; socket: Socket } | undefined> {
  const signal = AbortSignal.timeout(STEP_WITHIN);
  const socket = await connectProven(processes, pid, listener, signal);
  if (socket === undefined) return undefined;
  return new Promise((resolve) => {
    const options = { perMessageDeflate: false, maxPayload: LONGEST, createConnection: () => socket };
    const web = new WebSocket(`ws://${hostOf(listener)}${path}`, options);
    const end = () => {
      resolve(undefined);
      web.terminate();
    };
    signal.addEventListener('abort', end);
    web.on('error', () => resolve(undefined));
    web.once('open', () => {
      signal.removeEventListener('abort', end);
      resolve({ web, socket });
    });
  });
}

function readAnswer(text: string): Evaluated | undefined {
  try {
    const { id, result, error } = JSON.parse(text) as {
      id?: number;
      result?: { exceptionDetails?: unknown };
      error?: unknown;
    };
    if (id !== 1) return undefined;
    if (error !== undefined || result?.exceptionDetails !== undefined)
      return { kind: 'failed', why: 'the agent did not start' };
    return { kind: 'answered' };
  } catch {
    return { kind: 'failed', why: 'its answer was not valid' };
  }
}

function idIn(text: string): string | undefined {
  try {
    const [first] = JSON.parse(text) as { webSocketDebuggerUrl?: string }[];
    return /^ws:\/\/[^/]{1,64}\/([0-9a-f-]{36})$/.exec(first?.webSocketDebuggerUrl ?? '')?.[1];
  } catch {
    return undefined;
  }
}

function hostOf(listener: TcpListener): string {
  const { address, port } = reachable(listener);
  return `${address.includes(':') ? `[${address}]` : address}:${port}`;
}

function fetchText(socket: Socket, listener: TcpListener, signal: AbortSignal): Promise<string | undefined> {
  return new Promise((resolve) => {
    const end = () => resolve(undefined);
    const options = { path: '/json/list', headers: { host: hostOf(listener) }, createConnection: () => socket };
    const request = get(options, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
        if (text.length > LONGEST) end();
      });
      response.on('end', () => resolve(text));
      response.on('error', end);
      response.on('close', end);
    });
    request.on('error', end);
    signal.addEventListener('abort', () => {
      end();
      request.destroy();
    });
  });
}

/** The inspector that a process has open; found by its sockets, since its arguments are not reliable. */
export async function openInspector(processes: Processes, pid: number): Promise<Inspector | undefined> {
  const requests = inspectorCandidates(processes, pid).map((listener) => askInspector(processes, pid, listener));
  return (await Promise.all(requests)).find((inspector) => inspector !== undefined);
}
