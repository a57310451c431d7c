// `memtop replay` on the screen: opens the recording, plays it, and says at the end what is missing from it.
import type { Context } from '../../../cli/context.ts';
import type { ParsedWords } from '../../../cli/flags.ts';
import { loadRegexes, openQuery } from '../../../cli/open-query.ts';
import { readSpeed } from '../../../cli/values.ts';
import { UserError } from '../../../errors/user-error.ts';
import { lossWarnings } from '../../../recording/loss.ts';
import { Playback } from '../../../recording/playback.ts';
import { RecordedFile } from '../../../recording/recorded-file.ts';
import type { Settings } from '../../../settings/settings.ts';
import { quoted } from '../../../settings/values.ts';
import { parseWhen, WHEN_EXAMPLES } from '../../../text/when.ts';
import { PATTERNS } from '../patterns.ts';
import { ReplaySession } from './replay-session.ts';

/**
 * Plays until the user quits. Settles with 0; with 1 when a part of the recording was damaged; or with 128 and the number
 * of the signal that ended it.
 *
 * @throws UserError for a file that is not a recording, and for an invalid time, speed or filter
 */
export async function replayOnScreen(
  settings: Settings,
  context: Context,
  { at, speed }: ParsedWords['flags'],
  path: string,
): Promise<number> {
  const playback = new Playback(path);
  const { regexes } = await openQuery(settings.filter, () => loadRegexes(PATTERNS));
  const factor = typeof speed === 'string' ? readSpeed(speed) : 1;
  const moment = typeof at === 'string' ? momentOf(at, playback) : undefined;
  const recorded = new RecordedFile(playback);
  // What comes after that is indexed while the screen is shown.
  recorded.index(Number.POSITIVE_INFINITY, moment ?? playback.begin);
  const session = new ReplaySession({ settings, context, recorded, regexes, at: moment, speed: factor });
  let exitCode = 0;
  try {
    exitCode = await session.run();
  } finally {
    await session.close();
  }
  const { warnings, isDamaged } = lossWarnings(playback.loss, path);
  for (const warning of warnings) context.warn(warning);
  return exitCode === 0 && isDamaged ? 1 : exitCode;
}

function momentOf(text: string, { begin, end }: Playback): number {
  const time = parseWhen(text, end);
  if (time === undefined) throw new UserError(`Invalid time ${quoted(text)}.`, `Examples: ${WHEN_EXAMPLES}.`);
  return Math.max(begin, time);
}
