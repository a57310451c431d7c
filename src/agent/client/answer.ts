// What comes of asking an agent: an answer, a refusal, or the end of the connection.

/** What came of a request. Nothing here is ever thrown: trouble with an agent is a finding. */
export type AgentAnswer =
  | { readonly kind: 'result'; readonly value: unknown }
  /** The agent says no, with its sentence. */
  | { readonly kind: 'error'; readonly code: number; readonly sentence: string }
  /** It was not even asked: it owes too many answers already. */
  | { readonly kind: 'overdue' }
  /** The connection ended first, for the reason told: the program ended, or what it sent was not acceptable. */
  | { readonly kind: 'closed'; readonly ending: ConnectionEnding };

/** Why a connection is over. */
export interface ConnectionEnding {
  /**
   * `gone`: it hung up or ended. `unreachable`: it never was there. `silent`: it took the connection and never said who it
   * is. `misbehaved`: it broke the protocol.
   */
  readonly kind: 'gone' | 'unreachable' | 'silent' | 'misbehaved' | 'dropped';
  readonly sentence: string;
}
