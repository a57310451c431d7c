// What a query asks of the engine for regular expressions, which is loaded only when one is typed.
import type { Complaint } from './expression.ts';

/** A compiled pattern. */
export interface Pattern {
  /** Whether the text matches; undefined when the time of this pass is used up and the text was not searched. */
  test(text: string): boolean | undefined;
}

/** What is wrong with a pattern, and what would be valid. */
export type PatternComplaint = Pick<Complaint, 'message' | 'expected'>;

/** Compiles patterns, and limits the time of a pass over all rows so that the screen is never delayed. */
export interface Regexes {
  /** The pattern, or why it is not valid. */
  compile(source: string): Pattern | PatternComplaint;
  /** A new pass over all rows begins. */
  startPass(): void;
  /** Texts that the pass has left out: the next pass searches them. */
  readonly leftOut: number;
}
