// The messages for when there is nothing to print.
import type { Request } from './request.ts';
import { quoted } from './values.ts';

/** The message for a filter that keeps nothing, with the command that was probably meant. */
export function nothingMatches({ settings, nearCommand }: Request): string {
  if (settings.filter === '') return 'No processes to show.';
  const meant = nearCommand === 'help' ? '--help' : nearCommand;
  const next = meant === undefined ? '' : ` Did you mean \`memtop ${meant}\`?`;
  return `No process matches ${quoted(settings.filter)}.${next}`;
}

/** The sentences for pids that nobody has. */
export function noSuchProcess(pids: readonly number[]): string {
  const which = pids.length === 1 ? `process ${pids[0]}` : `process ${pids.join(', ')}`;
  return `No ${which}. Run \`memtop --once\` to list processes.`;
}
