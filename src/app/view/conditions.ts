// Conditions that explain what the screen lacks: a sentence each, shown while the condition lasts.
import { hiddenConsumer } from '../../model/breakdown/breakdown.ts';
import { growthIn } from '../../model/history/series.ts';
import type { Gap } from '../../model/snapshot/gap.ts';
import { formatSize, formatSpan } from '../../text/format.ts';
import { counted } from '../../text/plural.ts';
import type { State } from '../state/state.ts';

export interface Condition {
  /** The sentence in ever shorter forms, longest first. */
  readonly sentences: readonly string[];
  /** The screen is out of date. */
  readonly isUrgent: boolean;
}

/** The most important condition; undefined when there is none. */
export function conditionOf(state: State): Condition | undefined {
  const gaps = state.view?.snapshot.gaps ?? [];
  return delayed(state) ?? skipped(gaps) ?? measuring(state) ?? filled(state) ?? unanswered(gaps) ?? hidden(gaps);
}

/** What this sample could not read although the previous one could. */
function skipped(gaps: readonly Gap[]): Condition | undefined {
  const listing = gaps.find(({ what, why }) => what === 'process list' && why !== 'denied');
  const isShort = gaps.some(({ why }) => why === 'too-many-files');
  if (listing === undefined && !isShort) return undefined;
  const reason = isShort ? 'too many open files' : 'the kernel reported an error';
  const sentences =
    listing === undefined
      ? [`Some files of /proc could not be read: ${reason}`, `Not all read: ${reason}`]
      : [`Processes could not be listed: ${reason}. New ones may be missing`, `List not updated: ${reason}`];
  return { sentences, isUrgent: true };
}

/** Reads that have not returned: the command of such a process is unknown. */
function unanswered(gaps: readonly Gap[]): Condition | undefined {
  const late = gaps.filter(({ why }) => why === 'late');
  const gap = late.find(({ what }) => what === 'cmdline') ?? late[0];
  if (gap === undefined) return undefined;
  const what = gap.what === 'cmdline' ? 'The command' : `The file ${gap.what}`;
  const sentence = `${what} of ${counted(gap.count, 'process', 'processes')} cannot be read: no answer yet`;
  return {
    sentences: [sentence, `No answer: ${gap.what} of ${counted(gap.count, 'process', 'processes')}`],
    isUrgent: false,
  };
}

function delayed({ timing }: State): Condition | undefined {
  if (timing.overdueBy > 0) {
    const late = `Next sample overdue by ${formatSpan(whole(timing.overdueBy))}`;
    return { sentences: [`${late}: the screen shows the last one`, late], isUrgent: true };
  }
  if (timing.lateBy === 0) return undefined;
  const late = `Sample delayed by ${formatSpan(whole(timing.lateBy))}`;
  return { sentences: [`${late} (busy machine, or memtop was suspended)`, late], isUrgent: true };
}

/** The first seconds, in which two readings or more are still to come. */
function measuring({ view, interval }: State): Condition | undefined {
  const left = view === undefined ? undefined : growthIn(view.tracker.timeline, interval);
  if (left === undefined || view === undefined) return undefined;
  const growth = `Collecting samples: growth in ${formatSpan(whole(left))}`;
  const isFirst = view.tracker.timeline.tick === 0;
  return {
    sentences: isFirst ? [`${growth}, CPU and trends with the next sample`, growth] : [growth],
    isUrgent: false,
  };
}

/** What fills the machine's memory, where it is not processes; not while the gauge is that of a limit. */
function filled({ view, isHostGauge }: State): Condition | undefined {
  const system = view?.snapshot.system;
  if (system === undefined || (system.limit !== undefined && !isHostGauge)) return undefined;
  const consumer = hiddenConsumer(system);
  if (consumer === undefined) return undefined;
  const size = formatSize(consumer.bytes);
  const { noun, title } = consumer.part;
  return {
    sentences: [
      `${size} is in ${noun}, not in processes (m: details)`,
      `${size} in ${noun} (m: details)`,
      `${size} ${title} (m: details)`,
      `${size} ${title}`,
    ],
    isUrgent: false,
  };
}

/** What this user has no permission to see. */
function hidden(gaps: readonly Gap[]): Condition | undefined {
  const denied = gaps.filter(({ why }) => why === 'denied');
  const gap = denied.find(({ what }) => what === 'process list' || what === 'stat') ?? denied[0];
  if (gap === undefined) return undefined;
  const advice = 'run "memtop doctor" for the remedy';
  const sentence =
    gap.what === 'process list'
      ? 'Processes of other users are hidden'
      : gap.what === 'stat'
        ? `${counted(gap.count, 'process', 'processes')} of other users ${gap.count === 1 ? 'is' : 'are'} hidden`
        : `No permission to read ${gap.what} of ${counted(gap.count, 'process', 'processes')}`;
  return { sentences: [`${sentence}: ${advice}`, sentence], isUrgent: false };
}

/** Whole seconds, and at least one: tenths would flicker. */
function whole(milliseconds: number): number {
  return Math.max(1, Math.round(milliseconds / 1000)) * 1000;
}
