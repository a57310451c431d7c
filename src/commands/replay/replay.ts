// `memtop replay`: prints samples of a recording, in the same form as those of this machine or for other programs.
import type { Context } from '../../cli/context.ts';
import type { ParsedWords } from '../../cli/flags.ts';
import { openQuery } from '../../cli/open-query.ts';
import type { ExportForm, Request } from '../../cli/request.ts';
import { UserError } from '../../errors/user-error.ts';
import type { Query } from '../../model/query/query.ts';
import { planOf } from '../../printing/plan.ts';
import { Printer } from '../../printing/printer.ts';
import { lossWarnings } from '../../recording/loss.ts';
import { Playback } from '../../recording/playback.ts';
import { exportTo } from './exporting.ts';
import { readTo, stretchOf } from './stretch.ts';

/** Milliseconds of history to read before the first printed sample, for growth and forecasts: their longest window. */
const HISTORY_BEFORE = 6 * 3_600_000;

/**
 * Prints the sample at a time, or all from one time to another, or writes them in a form for other programs. Settles with 0, and with 1 when nothing matched or a part of
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
  const { form, time } = readTo(flags.to);
  if (form !== undefined) refuseWith(form, request, flags);
  const stretch = stretchOf(flags, time, { ...playback.span, end: playback.end });
  const played = { request, query, playback, ...stretch };
  const hasPrinted = form === undefined ? await print(played, context, flags) : await write(played, form, context);
  const { warnings, isDamaged } = lossWarnings(playback.loss, path);
  for (const warning of warnings) context.warn(warning);
  return hasPrinted && !isDamaged ? 0 : 1;
}

/** @throws UserError for flags that mean something else than writing all samples in a form */
function refuseWith(form: ExportForm, { output }: Request, { at }: ParsedWords['flags']): void {
  if (output !== undefined)
    throw new UserError(`-o ${output} cannot be used together with --to ${form}.`, 'Leave out one of them.');
  if (at !== undefined)
    throw new UserError(`--at is one sample, and --to ${form} writes many.`, 'Use --from and --to with times.');
}

/** What is played, and from when to when. */
interface Played {
  readonly request: Request;
  readonly query: Query;
  readonly playback: Playback;
  readonly from: number;
  readonly to: number | undefined;
}

/** Settles with true when something was printed and nothing that was asked for is missing. */
async function print(
  { request, query, playback, from, to }: Played,
  context: Context,
  { at }: ParsedWords['flags'],
): Promise<boolean> {
  const output = request.output ?? 'table';
  const isStream = at === undefined && (output === 'ndjson' || output === 'csv') && request.count !== 1;
  const span = Math.max(0, playback.end - playback.begin);
  // A table of several samples says when they were taken, and this one must too.
  const count = isStream || output === 'table' ? Number.POSITIVE_INFINITY : 1;
  const plan = planOf({ ...request, output, count, span }, query);
  const printer = new Printer(request, plan, query, context);
  const first = isStream ? from : (to ?? playback.end);
  let hasOne = false;
  for (const snapshot of playback.snapshots({ from: first - HISTORY_BEFORE, to })) {
    printer.take(snapshot);
    hasOne = true;
    if (isStream && snapshot.time >= from) await context.print(printer.text());
    if (printer.printed >= (request.count ?? Number.POSITIVE_INFINITY)) break;
  }
  if (!isStream && hasOne) await context.print(printer.text());
  const { complaint } = printer;
  if (complaint !== undefined) context.warn(complaint);
  return complaint === undefined && printer.printed > 0;
}

/** The same in a form for other programs. */
function write({ playback, from, to, ...played }: Played, form: ExportForm, context: Context): Promise<boolean> {
  return exportTo(
    { ...played, form, from, snapshots: playback.snapshots({ from: from - HISTORY_BEFORE, to }) },
    context,
  );
}
