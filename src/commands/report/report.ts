// `memtop report`: a recording at a glance, as text, as a picture or as a page.
import type { Context } from '../../cli/context.ts';
import type { ParsedWords } from '../../cli/flags.ts';
import { openQuery } from '../../cli/open-query.ts';
import type { Request } from '../../cli/request.ts';
import { whyNotWritten } from '../../errors/not-written.ts';
import { UserError } from '../../errors/user-error.ts';
import { writeFile } from '../../files/write.ts';
import type { Reviewed } from '../../formats/report-html/report-data.ts';
import { formatReportHtml, PAGE_PARTS } from '../../formats/report-html/report-html.ts';
import { formatReviewSvg } from '../../formats/review-svg.ts';
import { formatReview } from '../../formats/review-text.ts';
import { select } from '../../model/arrangement/select-and-sort.ts';
import { Obituaries } from '../../model/oom/obituaries.ts';
import { filterAt, type Query } from '../../model/query/query.ts';
import { Collections } from '../../model/review/collections.ts';
import { Curves } from '../../model/review/curves.ts';
import { type Review, Reviewer } from '../../model/review/review.ts';
import { Tracker } from '../../model/rows/tracker.ts';
import { lossWarnings } from '../../recording/loss.ts';
import { Playback } from '../../recording/playback.ts';

/** Values along the span: cells of a sparkline, and points of a picture. */
const CELLS = 40;
const FEW_CELLS = 14;
const POINTS = 480;

/** Narrower terminals get the shorter sparklines. */
const WIDE = 120;

/** Processes in the text. */
const SHOWN = 20;

/**
 * Prints the report of a recording, or writes it to the file named by `-o`. Settles with 0, and with 1 when a part of the
 * recording was damaged.
 *
 * @throws UserError without a file, for one that is not a recording, and when the report cannot be written
 */
export async function report(
  request: Request,
  context: Context,
  flags: ParsedWords['flags'],
  [path]: ParsedWords['words'],
): Promise<number> {
  if (path === undefined) throw new UserError('No recording to report on.', 'Example: memtop report memory.rec');
  const target = targetOf(flags['reportFile']);
  const { query } = await openQuery(request.settings.filter);
  const playback = new Playback(path);
  const cells = (context.terminalWidth() ?? WIDE) >= WIDE ? CELLS : FEW_CELLS;
  const parts = target === undefined ? cells : POINTS;
  const reviewed = reviewOf(playback, request, query, { parts, pageParts: target?.kind === '.html' ? PAGE_PARTS : 0 });
  const { warnings, isDamaged } = lossWarnings(playback.loss, path);
  for (const warning of warnings) context.warn(warning);
  if (reviewed === undefined) return 1;
  if (target === undefined) await context.print(textOf(reviewed.review, request, context));
  else write(target.path, WRITTEN[target.kind](reviewed));
  return isDamaged ? 1 : 0;
}

/** The kinds of files, by the endings of their names. */
const WRITTEN = {
  '.svg': ({ review }: Reviewed) => formatReviewSvg(review),
  '.html': formatReportHtml,
} as const;

interface Target {
  readonly path: string;
  readonly kind: keyof typeof WRITTEN;
}

function targetOf(path: unknown): Target | undefined {
  if (typeof path !== 'string') return undefined;
  const kinds = Object.keys(WRITTEN) as (keyof typeof WRITTEN)[];
  const kind = kinds.find((ending) => path.endsWith(ending));
  if (kind === undefined) {
    throw new UserError(`Unknown kind of report: ${path}.`, `Use a name that ends in ${kinds.join(' or ')}.`);
  }
  return { path, kind };
}

/** `parts` are those of the curves in a text or a picture; `pageParts` those of a page, 0 for none. */
function reviewOf(
  playback: Playback,
  { settings }: Request,
  query: Query,
  { parts, pageParts }: { readonly parts: number; readonly pageParts: number },
): Reviewed | undefined {
  const tracker = new Tracker();
  const obituaries = new Obituaries();
  const { begin, end } = playback;
  const reviewer = new Reviewer(begin, end, parts);
  const curves = new Curves(begin, end, pageParts);
  const collections = new Collections();
  for (const snapshot of playback.snapshots()) {
    const rows = tracker.advance(snapshot, settings.interval);
    const { timeline } = tracker;
    const kills = obituaries.advance(snapshot, rows, timeline);
    const moment = { time: snapshot.time, uptime: snapshot.uptime, timeline };
    const filter = filterAt(query, moment);
    const named = { named: query.pids, pids: settings.pids, self: undefined };
    const selected = select(rows, { filter, ...named, kernel: settings.filter !== '' });
    reviewer.take(snapshot, selected, kills, timeline);
    if (pageParts === 0) continue;
    curves.take(snapshot, selected);
    collections.take(snapshot.time, selected);
  }
  const review = reviewer.finish();
  return review && { review, curves, collections };
}

function textOf(review: Review, { settings }: Request, context: Context): string {
  return formatReview(review, { ascii: settings.ascii, width: context.terminalWidth(), most: SHOWN });
}

/** An existing file is replaced: reports are made again and again. */
function write(path: string, text: string): void {
  try {
    writeFile(path, text, { choice: 'named', mode: 0o600, mayReplace: () => true });
  } catch (error) {
    const reason = whyNotWritten(error);
    if (reason === undefined) throw error;
    throw new UserError(`Cannot write ${path}: ${reason}.`, 'Choose another file.');
  }
}
