// `memtop run COMMAND` without the rest of memtop: the launcher comes here at once, so that the command starts sooner.

import type { Launcher } from '../../cli/context.ts';
import { fail, warn } from '../../cli/stderr.ts';
import { runWith } from './run.ts';

/**
 * Runs a command and ends the process as it ended.
 *
 * @param words the command and its arguments; not empty
 */
export async function runDirectly(words: readonly string[], launcher: Launcher): Promise<void> {
  process.on('uncaughtException', fail);
  process.on('unhandledRejection', fail);
  try {
    const context = { environment: process.env, pid: process.pid, warn, saveCodeCache: launcher.saveCodeCache };
    process.exit(await runWith(words, context, import.meta.dirname));
  } catch (error) {
    fail(error);
  }
}
