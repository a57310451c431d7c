// memtop on a screen: opens what a session needs, runs it, and closes all of it again.
import type { Context } from '../../cli/context.ts';
import { loadRegexes, openQuery } from '../../cli/open-query.ts';
import { surviving } from '../../cli/survival.ts';
import { openSampler } from '../../sampling/samplers.ts';
import type { Settings } from '../../settings/settings.ts';
import { PATTERNS } from './patterns.ts';
import { Session } from './session.ts';

/**
 * Watches until the user quits. Settles with the exit code: 0; 1 when none of the requested processes exists; or 128
 * and the number of the signal that ended it.
 * Rejects, the terminal given back, with a UserError when there is nothing to sample or the filter is not valid.
 */
export async function watch(settings: Settings, context: Context): Promise<number> {
  const { procRoot, survive } = settings;
  const { regexes } = await openQuery(settings.filter, () => loadRegexes(PATTERNS));
  const opened = await openSampler(settings);
  const sampler = survive ? surviving(opened) : opened;
  const openSignalling = async () => {
    const { openSignalling: open } = await import('./open-signalling.ts');
    return open(sampler.name, procRoot);
  };
  const session = new Session({ settings, context, sampler, openSignalling, regexes });
  try {
    return await session.run();
  } finally {
    await session.close();
    sampler.close();
  }
}
