// The errors of an agent that cannot carry out a request: a code for programs, a sentence for users.

/** JSON-RPC 2.0's own codes, and from -32001 on those of this protocol. */
export const ERROR_CODES = {
  notJson: -32700,
  invalidRequest: -32600,
  unknownMethod: -32601,
  invalidParams: -32602,
  internal: -32603,
  otherProtocol: -32001,
  tooLong: -32002,
  unsupported: -32003,
  refused: -32004,
} as const;

export type ErrorName = keyof typeof ERROR_CODES;

/** The sentence sent where nothing more exact is known. */
export const ERROR_SENTENCES: Readonly<Record<ErrorName, string>> = {
  notJson: 'The line is not JSON.',
  invalidRequest: 'The line is not a JSON-RPC 2.0 request.',
  unknownMethod: 'Unknown method.',
  invalidParams: 'Invalid parameters for this method.',
  internal: 'The agent failed.',
  otherProtocol: 'This agent speaks another version of the protocol.',
  tooLong: 'The request is longer than 65536 bytes; the connection is closed.',
  unsupported: 'The runtime of this program does not support that.',
  refused: 'Refused: that would not be safe.',
};

/** Thrown by a method to answer with that error; never leaves the agent. */
export class ProtocolError extends Error {
  readonly reason: ErrorName;

  /** @param message a sentence for people; what ERROR_SENTENCES says unless given */
  constructor(reason: ErrorName, message: string = ERROR_SENTENCES[reason]) {
    super(message);
    this.name = 'ProtocolError';
    this.reason = reason;
  }
}
