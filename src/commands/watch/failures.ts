// Errors while the screen is on: a notice for the user, and the details in the log. They never end the program.
import { clean } from '../../text/clean.ts';

export interface FailuresOptions {
  /** Shows one line on the screen. */
  readonly notify: (notice: string) => void;
  /** Keeps a line; it must not throw. Returns where it is kept, if it is. */
  readonly log: (line: string) => string | undefined;
}

export class Failures {
  readonly #options: FailuresOptions;

  constructor(options: FailuresOptions) {
    this.#options = options;
  }

  /** @param what was not done, as the beginning of a sentence: "Settings not saved" */
  report(what: string, error: unknown): void {
    const place = this.#options.log(`${what}: ${wholeOf(error)}`);
    this.#options.notify(`${what}: ${reasonOf(error)}${place === undefined ? '' : ` (log: ${place})`}`);
  }

  /** Output that would have disturbed the screen: a warning of Node, a line for the console. */
  note(text: string): void {
    const place = this.#options.log(onOneLine(text));
    const [first = ''] = text.trim().split('\n');
    this.#options.notify(`${clean(first)}${place === undefined ? '' : ` (log: ${place})`}`);
  }

  /** Does something, and reports instead of throwing. Settles with undefined where it failed. */
  async attempt<Value>(what: string, work: () => Value | Promise<Value>): Promise<Value | undefined> {
    try {
      return await work();
    } catch (error) {
      this.report(what, error);
      return undefined;
    }
  }
}

/** One line for people: the sentence of a mistake with its next step, else the message. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return clean(String(error));
  const { message, next } = error as Error & { next?: string };
  const [first = ''] = message.split('\n');
  return clean(next === undefined ? first : `${first} ${next}`);
}

/** With the stack. */
function wholeOf(error: unknown): string {
  return onOneLine(error instanceof Error ? (error.stack ?? error.message) : String(error));
}

/** What comes into the log cannot forge a line of it. */
function onOneLine(text: string): string {
  return text
    .trim()
    .split('\n')
    .map((line) => clean(line).trim())
    .join(' | ');
}
