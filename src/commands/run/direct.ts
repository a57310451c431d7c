// `memtop run COMMAND` without the rest of memtop: the launcher comes here at once, so that the command starts sooner.

import type { Launcher } from '../../cli/context.ts';
import { fail, warn } from '../../cli/stderr.ts';
import { showsUtf8 } from '../../settings/environment.ts';
import { isTerminal } from '../../terminal/standard-streams.ts';
import { runWith } from './run.ts';
import { readWishes } from './wishes.ts';

/**
 * Runs a command and ends the process as it ended.
 *
 * @param words the command and its arguments; not empty
 */
export async function runDirectly(words: readonly string[], launcher: Launcher): Promise<void> {
  process.on('uncaughtException', fail);
  process.on('unhandledRejection', fail);
  try {
    process.exit(await runWords(words, launcher));
  } catch (error) {
    fail(error);
  }
}

async function runWords(words: readonly string[], { saveCodeCache }: Launcher): Promise<number> {
  const context = { environment: process.env, pid: process.pid, warn, saveCodeCache };
  const folder = import.meta.dirname;
  if (!isTerminal(2)) return runWith(words, context, folder);
  const { runObserved } = await import('./observed.ts');
  const ascii = !showsUtf8(process.env, process.platform);
  return runObserved(words, readWishes({}, { ascii, isTerminal: true }), context, folder);
}
