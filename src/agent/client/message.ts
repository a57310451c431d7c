// Reads one line from an agent: JSON-RPC 2.0 or nothing.
import { clean } from '../../text/clean.ts';
import type { AgentAnswer } from './answer.ts';
import { isNestedDeeper } from './nesting.ts';

export type Message =
  | { readonly kind: 'answer'; readonly id: number; readonly answer: AgentAnswer }
  /** What an event says is not read: statistics are asked for. */
  | { readonly kind: 'event' }
  /** The error, as text after "The agent broke the protocol:". */
  | { readonly kind: 'fault'; readonly fault: string };

/** Longest sentence shown from an agent, in characters. */
const LONGEST_SENTENCE = 300;

/** Arrays and objects in one another; no answer of the protocol has more than six. */
const DEEPEST = 16;

/** Parses a line. Texts in it are still hostile, except an error message, which is cleaned and truncated. */
export function readMessage(line: string): Message {
  if (isNestedDeeper(line, DEEPEST)) return { kind: 'fault', fault: 'it sent JSON that is nested too deeply' };
  let message: unknown;
  try {
    message = JSON.parse(line);
  } catch {
    return { kind: 'fault', fault: 'it sent a line that is not JSON' };
  }
  if (!isRecord(message) || message['jsonrpc'] !== '2.0') {
    return { kind: 'fault', fault: 'it sent a line that is not JSON-RPC 2.0' };
  }
  if (message['method'] === 'event' && isRecord(message['params'])) return { kind: 'event' };
  const id = message['id'];
  if (typeof id !== 'number') return { kind: 'fault', fault: 'it sent an answer without a request' };
  if (isRecord(message['error'])) return { kind: 'answer', id, answer: readError(message['error']) };
  if (!('result' in message)) return { kind: 'fault', fault: 'it sent an answer with neither a result nor an error' };
  return { kind: 'answer', id, answer: { kind: 'result', value: message['result'] } };
}

/** Whether a value is a JSON object. Its fields may have any type. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text from an agent, safe to display: printable characters only, and not too many. */
export function shown(value: unknown, longest = LONGEST_SENTENCE): string {
  if (typeof value !== 'string') return '';
  const cleaned = clean(value.slice(0, 4 * longest));
  // The cut may split a surrogate pair.
  return cleaned.length <= longest ? cleaned : clean(cleaned.slice(0, longest));
}

function readError(error: Readonly<Record<string, unknown>>): AgentAnswer {
  const code = typeof error['code'] === 'number' ? error['code'] : 0;
  return { kind: 'error', code, sentence: shown(error['message']) || 'No reason was given.' };
}
