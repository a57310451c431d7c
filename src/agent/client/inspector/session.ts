// A session with a Node inspector, for one evaluation (chromedevtools.github.io/devtools-protocol).
import { get } from 'node:http';
import { WebSocket } from 'ws';

/** Milliseconds for each step: it is a conversation over loopback. */
const PATIENCE = 3000;

/** Bytes of an answer that are read. */
const LONGEST = 64 * 1024;

/**
 * Where the inspector that listens on a loopback port takes its sessions; undefined when what listens there is no
 * inspector.
 */
export async function sessionUrl(port: number): Promise<string | undefined> {
  for (const host of ['127.0.0.1', '[::1]']) {
    const text = await fetchText(`http://${host}:${port}/json/list`);
    const id = text === undefined ? undefined : idIn(text);
    if (id !== undefined) return `ws://${host}:${port}/${id}`;
  }
  return undefined;
}

/** How an evaluation ended. */
export type Evaluated =
  /** The session was over before an answer came: what was evaluated closed the inspector. */
  | { readonly kind: 'closed' }
  | { readonly kind: 'answered' }
  /** It threw, or nothing could be evaluated: why, a sentence's end. */
  | { readonly kind: 'failed'; readonly why: string };

/**
 * Evaluates one expression with what the console of a debugger has, `require` among it. Settles when it has been
 * answered or the session has ended, and leaves no session behind.
 */
export function evaluate(url: string, expression: string): Promise<Evaluated> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url, { perMessageDeflate: false, maxPayload: LONGEST, handshakeTimeout: PATIENCE });
    let sent = false;
    const end = (result: Evaluated) => {
      clearTimeout(timer);
      resolve(result);
      socket.terminate();
    };
    const timer = setTimeout(end, PATIENCE, { kind: 'failed', why: 'it did not answer in time' });
    socket.on('error', () => end(sent ? { kind: 'closed' } : { kind: 'failed', why: 'it could not be connected to' }));
    socket.on('close', () => end(sent ? { kind: 'closed' } : { kind: 'failed', why: 'it hung up' }));
    socket.on('message', (data) => {
      const result = readAnswer(String(data));
      if (result !== undefined) end(result);
    });
    socket.on('open', () => {
      sent = true;
      const params = { expression, includeCommandLineAPI: true, silent: true, returnByValue: true };
      socket.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params }));
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
      return { kind: 'failed', why: 'the agent did not start in it' };
    return { kind: 'answered' };
  } catch {
    return { kind: 'failed', why: 'it answered nonsense' };
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

function fetchText(url: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const request = get(url, { timeout: PATIENCE }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
        if (text.length > LONGEST) request.destroy();
      });
      response.on('end', () => resolve(text));
      response.on('close', () => resolve(undefined));
      response.on('error', () => resolve(undefined));
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(undefined));
  });
}
