// Three kinds of errors reported to the user: a quiet end, a usage error, a bug.
import { clean } from '../text/clean.ts';
import type { UserError } from './user-error.ts';

/** What to say on stderr, and what to exit with. */
export interface Trouble {
  readonly text: string;
  readonly exitCode: number;
}

/** Errors are recognized by name, not by class: each of memtop's bundles has its own copy of the classes. */
export function troubleOf(error: unknown): Trouble {
  switch (error instanceof Error ? error.name : '') {
    case 'OutputClosed':
      return { text: '', exitCode: 0 };
    case 'OutputFailed':
      return mistake(`The output could not be written: ${(error as Error).message}.`, 'Check where stdout goes.');
    case 'UserError':
      return mistake((error as UserError).message, (error as UserError).next);
    default:
      return bug(error);
  }
}

function mistake(sentence: string, next: string): Trouble {
  return { text: `memtop: ${clean(sentence)} ${clean(next)}\n`, exitCode: 2 };
}

function bug(error: unknown): Trouble {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const lines = stack.split('\n').map(clean);
  return { text: `${lines.join('\n')}\nmemtop: This is a bug. Please report it with the lines above.\n`, exitCode: 70 };
}
