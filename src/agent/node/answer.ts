// Turns a request line into an answer line. Every error becomes an answer, never an exception.
import {
  ERROR_CODES,
  ERROR_SENTENCES,
  type ErrorName,
  type ErrorReply,
  ProtocolError,
  type RequestId,
} from '../protocol/protocol.ts';

/** The parameters of a method: an object whose fields are not yet checked. */
export type RawParams = Readonly<Record<string, unknown>>;

export type Method = (params: RawParams) => unknown;

interface Call {
  /** Undefined for a notification, which is carried out but not answered. */
  readonly id: RequestId | undefined;
  readonly method: string;
  readonly params: RawParams;
}

/**
 * Answers one line.
 *
 * @param methods by name; may throw or reject with a ProtocolError
 * @returns the reply as JSON without a newline, or undefined for a notification
 */
export async function answer(line: string, methods: ReadonlyMap<string, Method>): Promise<string | undefined> {
  let id: RequestId | undefined = null;
  try {
    const message = parse(line);
    id = idOf(message);
    const call = callOf(message, id);
    const method = methods.get(call.method);
    if (method === undefined) throw new ProtocolError('unknownMethod');
    const result = (await method(call.params)) ?? null;
    return id === undefined ? undefined : JSON.stringify({ jsonrpc: '2.0', id, result });
  } catch (error) {
    return id === undefined ? undefined : JSON.stringify(errorReply(id, error));
  }
}

/** The reply to a request that failed; errors that are not part of the protocol are not described. */
export function errorReply(id: RequestId, error: unknown): ErrorReply {
  const reason: ErrorName = error instanceof ProtocolError ? error.reason : 'internal';
  const message = error instanceof ProtocolError ? error.message : ERROR_SENTENCES.internal;
  return { jsonrpc: '2.0', id, error: { code: ERROR_CODES[reason], message } };
}

function parse(line: string): RawParams {
  let message: unknown;
  try {
    message = JSON.parse(line);
  } catch {
    throw new ProtocolError('notJson');
  }
  if (!isObject(message)) throw new ProtocolError('invalidRequest');
  return message;
}

function idOf(message: RawParams): RequestId | undefined {
  const { id } = message;
  if (id === undefined || id === null || typeof id === 'string' || typeof id === 'number') return id;
  throw new ProtocolError('invalidRequest', 'The id must be a string, a number or null.');
}

function callOf(message: RawParams, id: RequestId | undefined): Call {
  const { jsonrpc, method, params = {} } = message;
  if (jsonrpc !== '2.0' || typeof method !== 'string') throw new ProtocolError('invalidRequest');
  if (!isObject(params)) throw new ProtocolError('invalidParams', 'The parameters must be an object.');
  return { id, method, params };
}

function isObject(value: unknown): value is RawParams {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
