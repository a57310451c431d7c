// The pane of OOM kills: the killed processes, newest first, with their last curve and the largest other processes.

import type { Obituary } from '../../model/oom/obituaries.ts';
import type { Kill } from '../../model/snapshot/oom-kill.ts';
import { clean } from '../../text/clean.ts';
import { formatClock, formatSize, formatSpan } from '../../text/format.ts';
import { SPARKLINES, scaleOf, sparkline } from '../../text/sparkline.ts';
import { cut } from '../../text/width.ts';
import { wrapped } from '../../text/wrap.ts';
import type { Space } from '../layout/areas.ts';
import type { Paint, PaneKind, PaneSource, PlainPane } from '../state/pane.ts';
import { noKills, unreadable } from './oom-nothing.ts';

declare module '../state/pane.ts' {
  interface PanesByKind {
    readonly oom: PlainPane<'oom'>;
  }
}

const DAY = 86_400_000;
/** Lines of one sentence. */
const MOST_LINES = 4;
const INDENT = '  ';

export const OOM: PaneKind<PlainPane<'oom'>> = {
  place: 'below',
  fraction: 0.6,
  title(_, source) {
    const { view } = source;
    const count = view?.snapshot.system.oomKills;
    return count === undefined ? 'OOM kills' : `OOM kills  ${count} since this machine booted`;
  },
  height(_, source, space) {
    const kills = obituariesIn(source).reduce((sum, obituary) => sum + obituaryHeight(obituary, space), 0);
    return kills + remarksIn(source).flatMap((text) => wrapped(text, space.width, MOST_LINES)).length;
  },
  draw(_, source, space, paint) {
    const { view } = source;
    if (view === undefined) return [];
    const kills = obituariesIn(source).flatMap((obituary) =>
      obituaryLines(obituary, { now: view.snapshot.time, source }, space, paint),
    );
    return [...kills, ...remarksIn(source).flatMap((text) => wrapped(paint.plain(text), space.width, MOST_LINES))];
  },
};

/** Why no kill is shown, or not all of them. */
function remarksIn(source: PaneSource): string[] {
  if (source.view === undefined) return [];
  const { snapshot, isReplayed } = source.view;
  if (isReplayed) return obituariesIn(source).length === 0 ? ['No OOM kill was recorded before this moment.'] : [];
  return obituariesIn(source).length === 0 ? noKills(snapshot) : unreadable(snapshot);
}

/** Kills during this run, and earlier ones from the kernel's log. */
function obituariesIn({ view }: PaneSource): readonly Obituary[] {
  return [...(view?.obituaries ?? []), ...(view?.snapshot.pastKills ?? []).map((kill) => ({ kill }))];
}

function obituaryLines(
  { kill, curve, span, others }: Obituary,
  { now, source }: { readonly now: number; readonly source: PaneSource },
  { width }: Space,
  { paint, plain }: Paint,
): string[] {
  const facts = [...(kill.user === undefined ? [] : [clean(kill.user)])];
  if (kill.rss !== undefined) facts.push(`RSS ${formatSize(kill.rss)}`);
  const heading = `${momentOf(kill.time, now)}  ${[whoOf(kill), ...facts].join('  ')}`;
  const lines = [paint('title', cut(plain(heading), width))];
  const textWidth = Math.max(1, width - INDENT.length);
  const add = (text: string) => lines.push(...indented(wrapped(plain(text), textWidth, MOST_LINES)));
  for (const text of causesOf(kill)) add(text);
  if (curve !== undefined) {
    const set = SPARKLINES[source.appearance.ascii ? 'ascii' : source.appearance.graph];
    const over = span === undefined ? '' : `  RSS over ${formatSpan(span)}`;
    const drawn = sparkline(curve, scaleOf(curve), set);
    lines.push(`${INDENT}${paint('trend', cut(drawn, textWidth))}${cut(over, textWidth - drawn.length)}`);
  }
  for (const text of othersText(others)) add(text);
  return lines;
}

/** How many lines a kill has: its heading, its sentences, its curve. */
function obituaryHeight({ kill, curve, others }: Obituary, { width }: Space): number {
  const textWidth = Math.max(1, width - INDENT.length);
  const sentences = [...causesOf(kill), ...othersText(others)];
  return 1 + sentences.flatMap((text) => wrapped(text, textWidth, MOST_LINES)).length + Number(curve !== undefined);
}

/** What killed it, and how certain that is. */
function causesOf(kill: Kill): string[] {
  const cause = causeOf(kill);
  return kill.source === 'syslog' ? [cause, 'Source: a log file that any user can write to.'] : [cause];
}

function othersText(others: Obituary['others']): string[] {
  if (others === undefined || others.length === 0) return [];
  const large = others.map(({ name, pid, rss }) => `${clean(name)} (${pid}) ${formatSize(rss)}`).join(', ');
  return [`Also large: ${large}`];
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => INDENT + line);
}

/** `python3 (9122)`, as far as it is known. */
export function whoOf({ name, pid, cgroup, by }: Kill): string {
  if (name === undefined && pid === undefined) return by === 'systemd-oomd' ? clean(cgroup ?? '') : 'a process';
  return pid === undefined ? clean(name ?? '') : `${clean(name ?? '')} (${pid})`;
}

/** The time of day, and the date when that is not enough. */
function momentOf(time: number, now: number): string {
  if (Math.abs(now - time) < DAY) return formatClock(time);
  const date = new Date(time);
  const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
  return `${day.map((part) => String(part).padStart(2, '0')).join('-')} ${formatClock(time)}`;
}

function causeOf({ by, certainty, scope, cgroup, limit, source }: Kill): string {
  const isSure = certainty === 'certain';
  if (by === 'v8') {
    return `It probably aborted by itself: its V8 heap was at its limit${limitOf(limit)} at the last sample.`;
  }
  if (by === 'systemd-oomd' && isSure) return 'systemd-oomd killed every process in this cgroup: memory was low.';
  if (by !== 'kernel') {
    return isSure
      ? `Killed by ${by}: the machine was low on memory.`
      : `Probably killed by ${by}: the machine was low on memory and this was the largest process.`;
  }
  if (source === 'counter') return 'The kernel counted a kill, but no readable log names the process.';
  if (scope !== 'cgroup') return 'Killed by the kernel: the machine was out of memory.';
  const where = cgroup === undefined ? 'its cgroup' : `the cgroup ${clean(cgroup)}`;
  return limit === undefined
    ? `Killed by the kernel: ${where} was at its limit.`
    : `Killed by the kernel: ${where} was at its limit of ${formatSize(limit)}.`;
}

function limitOf(limit: number | undefined): string {
  return limit === undefined ? '' : ` of ${formatSize(limit)}`;
}
