// `memtop line`: memory and the most interesting process in one line, once or every interval.
import type { Context } from '../cli/context.ts';
import type { ParsedWords } from '../cli/flags.ts';
import type { Request } from '../cli/request.ts';
import { formatStatusLine, type Suspect } from '../formats/tmux-line.ts';
import { gaugeOf } from '../model/cgroup/gauge.ts';
import { firstEnd } from '../model/rows/exhaustion.ts';
import type { Row } from '../model/rows/row.ts';
import { growthOf } from '../model/rows/row-growth.ts';
import { Tracker } from '../model/rows/tracker.ts';
import type { Snapshot } from '../model/snapshot/snapshot.ts';
import { poll } from '../sampling/poll.ts';
import { EVERY_ROW, type Needs, type Sampler } from '../sampling/sampler/sampler.ts';
import { withSampler } from '../sampling/samplers.ts';

/** Growth is shown from this rate on, in bytes a second: a MiB a minute fills a small machine within a day. */
const WORTH_TELLING = 2 ** 20 / 60;

/** Cells of the chart of used memory. */
const CHART = 6;

/** Names are enough, and every row must be read to find the one that grows fastest. */
const NEEDS: Needs = { ...EVERY_ROW, commandLimit: 64 };

/** Prints the line, or with `--follow` a line every interval until a signal or a closed stdout ends it. */
export async function line(request: Request, context: Context, flags: ParsedWords['flags']): Promise<number> {
  const style = { follow: flags.follow === true, tmux: flags.tmux === true, isForTmux: isReadByTmux(context) };
  return withSampler(request.settings, (sampler) =>
    context.untilSignal((signal) => lineFrom(sampler, request, context, { ...style, signal })),
  );
}

/**
 * tmux(1) sets TMUX for what it runs: a job of its status line writes into a pipe that tmux reads as a format. In a pane
 * stdout is a terminal, and what is written is shown as it is.
 */
function isReadByTmux({ environment, outputIsTerminal }: Context): boolean {
  return (environment['TMUX'] ?? '') !== '' && !outputIsTerminal;
}

export interface LineOptions {
  readonly follow: boolean;
  readonly tmux: boolean;
  readonly isForTmux?: boolean;
  readonly signal: AbortSignal;
}

/** The same from a sampler that is open. */
export async function lineFrom(
  sampler: Sampler,
  { settings }: Request,
  context: Context,
  { follow, tmux, isForTmux = false, signal }: LineOptions,
): Promise<number> {
  const tracker = new Tracker();
  // Growth is not known before the second sample: a line that is the only one has the largest process.
  const needs = follow ? NEEDS : { ...NEEDS, largestOnly: true };
  for await (const snapshot of poll(sampler, { interval: () => settings.interval, needs: () => needs, signal })) {
    const rows = tracker.advance(snapshot, settings.interval);
    const trend = follow ? usedTrend(tracker, snapshot) : undefined;
    const suspect = suspectAmong(rows, tracker, snapshot);
    const exhaustedIn = firstEnd(tracker)?.forecast.middle;
    const text = formatStatusLine(
      { system: snapshot.system, trend, suspect, exhaustedIn },
      { ascii: settings.ascii, tmux, isForTmux, thresholds: settings.thresholds },
    );
    await context.print(`${text}\n`);
    if (!follow) break;
  }
  return 0;
}

/** What was used of the gauge's total, oldest first: the chart rises as memory fills. */
function usedTrend(tracker: Tracker, { system }: Snapshot): readonly number[] | undefined {
  const total = gaugeOf(system)?.total;
  const available = (tracker.limits.gauge ?? tracker.available)?.cells(tracker.timeline, CHART);
  return total === undefined ? undefined : available?.map((value) => Math.max(0, total - value));
}

/** The process that grows fastest, if any grows fast enough to be shown, else the largest. Never memtop itself. */
function suspectAmong(rows: readonly Row[], { timeline }: Tracker, { observer }: Snapshot): Suspect | undefined {
  let largest: Row | undefined;
  let fastest: Row | undefined;
  let growth = WORTH_TELLING;
  for (const row of rows) {
    if (largest === undefined || row.process.rss > largest.process.rss) largest = row;
    const own = growthOf(row, timeline) ?? 0;
    if (own >= growth && row.process.who.pid !== observer?.pid) [fastest, growth] = [row, own];
  }
  const row = fastest ?? largest;
  if (row === undefined) return undefined;
  return { name: row.label.name, rss: row.process.rss, growth: fastest === undefined ? undefined : growth };
}
