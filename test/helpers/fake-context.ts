// A world of its own for commands under test: nothing leaves it.
import type { Context } from '../../src/cli/context.ts';

export interface FakeContext extends Context {
  /** What was printed, text by text. */
  readonly printed: string[];
  /** The messages to the user. */
  readonly warned: string[];
  readonly ending: AbortController;
}

/** A context in which, by default, stdout is a pipe and the locale UTF-8. */
export function fakeContext(given: Partial<Context> = {}): FakeContext {
  const printed: string[] = [];
  const warned: string[] = [];
  const ending = new AbortController();
  return {
    printed,
    warned,
    ending,
    environment: { LANG: 'C.UTF-8', TERM: 'xterm-256color' },
    platform: 'linux',
    pid: 4,
    inputIsTerminal: false,
    outputIsTerminal: false,
    terminalWidth: () => undefined,
    print: async (text) => {
      printed.push(typeof text === 'string' ? text : Buffer.from(text).toString('latin1'));
    },
    progress: () => {},
    warn: (sentence) => warned.push(sentence),
    untilSignal: (work) => work(ending.signal),
    saveCodeCache: () => {},
    heap: { keepSmall: () => {}, size: () => 0, collect: () => {} },
    ...given,
  };
}
