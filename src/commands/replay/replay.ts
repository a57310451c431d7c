// `memtop replay`: prints samples of a recording, in the same form as those of this machine.
import type { Context } from '../../cli/context.ts';
import type { ParsedWords } from '../../cli/flags.ts';
import { openQuery } from '../../cli/open-query.ts';
import type { Request } from '../../cli/request.ts';
import { UserError } from '../../errors/user-error.ts';
import { planOf } from '../../printing/plan.ts';
import { Printer } from '../../printing/printer.ts';
import { lossWarnings } from '../../recording/loss-warnings.ts';
import { Playback } from '../../recording/playback.ts';
import { readWhen } from './when.ts';

/** Milliseconds of history to read before the first printed sample, for growth and forecasts: their longest window. */
const PAST = 6 * 3_600_000;

/**
 * Prints the sample at a time, or all from one time to another. Settles with 0, and with 1 when nothing matched or a part of
 * the recording was damaged.
 *
 * @throws UserError without a file, for a file that is not a recording, and for an invalid time
 */
export async function replay(
  request: Request,
  context: Context,
  flags: ParsedWords['flags'],
  [path]: ParsedWords['words'],
): Promise<number> {
  if (path === undefined) throw new UserError('No recording to replay.', 'Example: memtop replay memory.rec --at -15m');
  const playback = new Playback(path);
  const { query } = await openQuery(request.settings.filter);
  const { from, to } = stretchOf(flags, playback);
  const output = request.output ?? 'table';
  const isStream = flags.at === undefined && (output === 'ndjson' || output === 'csv') && request.count !== 1;
  const span = Math.max(0, playback.end - playback.begin);
  // A table of several samples says when they were taken, and this one must too.
  const count = isStream || output === 'table' ? Number.POSITIVE_INFINITY : 1;
  const plan = planOf({ ...request, output, count, span }, query);
  const printer = new Printer(request, plan, query, context);
  const first = isStream ? from : to;
  let hasOne = false;
  for (const snapshot of playback.snapshots({ from: first - PAST, to })) {
    printer.take(snapshot);
    hasOne = true;
    if (isStream && snapshot.time >= from) await context.print(printer.text());
    if (printer.printed >= (request.count ?? Number.POSITIVE_INFINITY)) break;
  }
  if (!isStream && hasOne) await context.print(printer.text());
  const { complaint } = printer;
  if (complaint !== undefined) context.warn(complaint);
  const { warnings, isDamaged } = lossWarnings(playback.loss, path);
  for (const warning of warnings) context.warn(warning);
  return complaint === undefined && !isDamaged && printer.printed > 0 ? 0 : 1;
}

/** The first and the last moment. Where one sample is printed, it is the last one before `to`. */
function stretchOf({ at, from, to }: ParsedWords['flags'], { begin, end }: Playback): { from: number; to: number } {
  if (at !== undefined && (from ?? to) !== undefined) {
    throw new UserError('--at cannot be used together with --from and --to.', 'Leave out one of them.');
  }
  const read = (text: string | boolean | undefined) => (typeof text === 'string' ? readWhen(text, end) : undefined);
  const last = read(at) ?? read(to) ?? end;
  const first = read(from) ?? begin;
  if (last < begin || first > end) {
    const [since, until] = [begin, end].map((time) => new Date(time).toLocaleString('sv'));
    throw new UserError('The recording has nothing at that time.', `It goes from ${since} to ${until}.`);
  }
  if (first > last) throw new UserError('--from is later than --to.', 'Swap them.');
  return { from: first, to: last };
}
