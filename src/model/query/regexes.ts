// What a query asks of the engine for regular expressions, which is loaded only when one is typed.
import type { Complaint } from './expression.ts';

/** A pattern that is ready to be looked for. */
export interface Pattern {
  /** Whether the text has it; undefined when this pass has taken long enough and the text was not looked at. */
  test(text: string): boolean | undefined;
}

/** What is wrong with a pattern, and what would not be. */
export type PatternComplaint = Pick<Complaint, 'message' | 'expected'>;

/** Makes patterns, and sees to it that a pass over all rows never holds up the screen. */
export interface Regexes {
  /** The pattern, or why it is not valid. */
  compile(source: string): Pattern | PatternComplaint;
  /** A new pass over all rows begins. */
  startPass(): void;
  /** Texts that the pass has left out: they are looked at in the next one. */
  readonly leftOut: number;
}
