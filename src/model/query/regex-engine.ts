// The engine for regular expressions: linear in the text whatever the pattern (re2js). A chunk of its own, loaded when a
// pattern is first typed.
import { RE2JS } from 're2js';
import type { Pattern, PatternComplaint, Regexes } from './regexes.ts';

/**
 * A program with this many steps needs at most about 30 µs per character: whole words and lists of
 * names fit, repetitions of repetitions do not.
 */
const MOST_STEPS = 250;
/** Case never matters, and ^ and $ stand for the ends of the name and of the command. */
const FLAGS = RE2JS.CASE_INSENSITIVE | RE2JS.MULTILINE;

export interface EngineOptions {
  /** Milliseconds that the patterns of one pass over all rows may take; Infinity without a screen. */
  readonly passLasts: number;
  /** How many characters of a text are searched. */
  readonly longestText: number;
  /** A clock in milliseconds. */
  readonly now: () => number;
}

/** An engine. What a pass leaves out is decided in a later one. */
export function openRegexes({ passLasts, longestText, now }: EngineOptions): Regexes {
  let ends = Number.POSITIVE_INFINITY;
  let leftOut = 0;
  return {
    compile: (source) =>
      compilePattern(source, (matches) => ({
        test(text) {
          if (now() > ends) {
            leftOut += 1;
            return undefined;
          }
          return matches(text.length > longestText ? text.slice(0, longestText) : text);
        },
      })),
    startPass() {
      ends = now() + passLasts;
      leftOut = 0;
    },
    get leftOut() {
      return leftOut;
    },
  };
}

function compilePattern(
  source: string,
  patternOf: (matches: (text: string) => boolean) => Pattern,
): Pattern | PatternComplaint {
  try {
    const compiled = RE2JS.compile(source, FLAGS);
    if (compiled.programSize() > MOST_STEPS) {
      return { message: 'Pattern too large', expected: 'fewer or smaller repetitions' };
    }
    return patternOf((text) => compiled.test(text));
  } catch (error) {
    return { message: 'Invalid regular expression', expected: `a valid one: ${reasonOf(error)}` };
  }
}

/** The engine's error message, on one line and shortened. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message
    .replace(/^error parsing regexp: /, '')
    .replace(/: `[\s\S]*$/, '')
    .slice(0, 80);
}
