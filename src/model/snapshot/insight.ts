// What an agent reports beyond the sizes of the heap: its spaces, worker threads and collections.

/** One part of a heap, in bytes; or a generation of Python's, in objects. */
export interface SpaceFact {
  readonly name: string;
  readonly used?: number | undefined;
  readonly size?: number | undefined;
  readonly count?: number | undefined;
}

/** Collections of one kind since counting began: pauses in milliseconds. */
export interface GcFact {
  readonly kind: string;
  readonly count: number;
  readonly ms: number;
  readonly maxMs: number;
}

export interface Insight {
  readonly spaces: readonly SpaceFact[];
  readonly workers?: number | undefined;
  readonly gc: readonly GcFact[];
}
