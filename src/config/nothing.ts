// What is said when nothing is there to print.
import type { Request } from './request.ts';
import { quoted } from './values.ts';

/** The sentences for a filter that keeps nothing. */
export function nothingMatches({ settings, nearCommand }: Request): string {
  if (settings.filter === '') return 'There is no process to show.';
  const next =
    nearCommand === undefined
      ? 'Words are looked for in names and commands; a value that is not known matches no comparison.'
      : `Did you mean the command ${quoted(nearCommand)}?`;
  return `No process matches ${quoted(settings.filter)}. ${next}`;
}

/** The sentences for pids that nobody has. */
export function noSuchProcess(pids: readonly number[]): string {
  const which = pids.length === 1 ? `process ${pids[0]}` : `process with any of the ids ${pids.join(', ')}`;
  return `There is no ${which}. \`memtop --once\` lists those there are.`;
}
