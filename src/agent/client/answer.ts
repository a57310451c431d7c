// The outcome of a request to an agent: an answer, a refusal, or the end of the connection.

/** The outcome of a request. Nothing is thrown: problems with an agent are results. */
export type AgentAnswer =
  | { readonly kind: 'result'; readonly value: unknown }
  /** The agent refused, with its message. */
  | { readonly kind: 'error'; readonly code: number; readonly sentence: string }
  /** Not sent: too many requests are already open. */
  | { readonly kind: 'overdue' }
  /** The connection ended first, for the reason given: the program exited, or what it sent was not valid. */
  | { readonly kind: 'closed'; readonly ending: ConnectionEnding };

/** Why a connection is over. */
export interface ConnectionEnding {
  /**
   * `gone`: it closed the connection or exited. `unreachable`: no connection was made. `silent`: it accepted the connection but never identified
   * is. `misbehaved`: it broke the protocol.
   */
  readonly kind: 'gone' | 'unreachable' | 'silent' | 'misbehaved' | 'dropped';
  readonly sentence: string;
}
