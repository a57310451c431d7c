// The header: whose memory, how much of it is left and since when, what swap says.
import { type Condition, conditionOf } from '../app/conditions.ts';
import type { Layout } from '../app/layout.ts';
import type { State, View } from '../app/state.ts';
import { clean } from '../model/clean.ts';
import { formatAge, formatClock, formatSize } from '../model/format.ts';
import { reclaimableCache, usedMemory, usedSwap } from '../model/memory.ts';
import { shapeWords } from '../model/shape-words.ts';
import type { SystemMemory } from '../model/snapshot.ts';
import { trendLine } from '../model/trend-line.ts';
import { cellWidth, cut, fitLeft } from '../model/width.ts';
import { bar } from './bar.ts';
import { forecastLine } from './forecast-line.ts';
import { lastKill, oomText, oomWords } from './oom-words.ts';
import type { Theme } from './theme.ts';

const MINUTE = 60_000;
/** Cells of the sparkline of available memory. */
const SPARK = 10;

/** The lines of the header, as many as the layout says. */
export function headerLines(state: State, layout: Layout, theme: Theme): string[] {
  const { view } = state;
  if (layout.headerLines === 0) return [];
  if (view === undefined) return ['Mem …', '', '', ''].slice(0, layout.headerLines).map(theme.plain);
  if (layout.header === 'bare') return [memoryLine(view, state.columns, theme)];
  if (layout.header === 'short') return [memoryLine(view, state.columns, theme), noticeOrKill(state, view, theme)];
  return [
    hostLine(view, state.columns, theme),
    memoryLine(view, state.columns, theme),
    swapLine(view, state.columns, theme),
    noticeLine(state, theme),
  ];
}

/** Without a line for swap a kill stands where it is free, and for a minute before the forecast. */
function noticeOrKill(state: State, view: View, theme: Theme): string {
  const last = lastKill(view);
  const isAsked = state.notice !== undefined || state.isPaused;
  const isNew = last !== undefined && view.snapshot.time - last.kill.time < MINUTE;
  const notice = isNew && !isAsked ? '' : noticeLine(state, theme);
  return notice === '' && last !== undefined ? oomWords(view, state.columns, theme) : notice;
}

function hostLine({ snapshot }: View, width: number, theme: Theme): string {
  const { host, time } = snapshot;
  const parts = [clean(host.name), clean(host.distribution ?? host.platform)];
  if (host.bootedAt !== undefined) parts.push(`up ${formatAge(time - host.bootedAt)}`);
  const clock = formatClock(time);
  const left = cut(parts.filter((part) => part !== '').join('  '), width - cellWidth(clock) - 1);
  return theme.plain(`${fitLeft(left, width - clock.length)}${clock}`);
}

function memoryLine(view: View, width: number, theme: Theme): string {
  const { system } = view.snapshot;
  const used = usedMemory(system);
  if (system.total === undefined || system.available === undefined || used === undefined) {
    return fitLeft('Mem  not known on this machine', width);
  }
  const percent = (used / system.total) * 100;
  const { role, word } = theme.severity(percent);
  if (width < 30) return narrowMemoryLine(system, percent, width, theme);
  const share = (bytes: number) => bytes / (system.total ?? 1);
  const cache = share(reclaimableCache(system) ?? 0);
  const words = width < 60 ? 'avail' : 'available';
  const text = `${formatSize(system.available)} ${words} of ${formatSize(system.total)}`;
  const state = `${Math.round(percent)}% used, ${word}`;
  if (width < 60) {
    const barWidth = Math.max(4, width - 5 - cellWidth(text));
    return `Mem ${bar(theme, barWidth, share(used), cache, role)} ${text}`;
  }
  const trend = width < 76 ? '' : `${theme.fill('trend', availableTrend(view, theme))}  `;
  return `Mem [${bar(theme, barWidthOf(width), share(used), cache, role)}]  ${fitLeft(text, 24)}  ${trend}${theme.paint(role, state)}`;
}

/** Cells for the bars of memory and swap, which stand one below the other: what numbers and trend leave. */
function barWidthOf(width: number): number {
  return Math.max(8, Math.min(60, width - (width < 76 ? 50 : 62)));
}

function narrowMemoryLine(system: SystemMemory, percent: number, width: number, theme: Theme): string {
  const text = `Mem ${formatSize(system.available ?? 0)} of ${formatSize(system.total ?? 0)}`;
  return theme.paint(theme.severity(percent).role, cut(text, width));
}

/** The past of available memory, scaled from nothing to its highest: a falling line is the warning. */
function availableTrend({ tracker }: View, theme: Theme): string {
  if (tracker.available === undefined) return '';
  return trendLine(tracker.available, tracker.timeline, SPARK, theme.sparklines);
}

function swapLine(view: View, width: number, theme: Theme): string {
  const { system } = view.snapshot;
  const used = usedSwap(system);
  if (system.swapTotal === undefined || used === undefined) return oomWords(view, width, theme);
  if (system.swapTotal === 0) return noSwapLine(view, width, theme);
  const { role } = theme.severity((used / system.swapTotal) * 100);
  const text = `${formatSize(system.swapTotal - used)} free of ${formatSize(system.swapTotal)}`;
  const kills = oomWords(view, width - barWidthOf(width) - 10 - cellWidth(text), theme);
  return `Swp [${bar(theme, barWidthOf(width), used / system.swapTotal, 0, role)}]  ${text}${kills === '' ? '' : `  ${kills}`}`;
}

/** A kill has more to say than an explanation, where there is no room for both. */
function noSwapLine(view: View, width: number, theme: Theme): string {
  const [long, short] = ['Swp  none: when memory is gone there is nothing behind it', 'Swp  none'] as const;
  const most = cellWidth(oomText(view, width - short.length - 2));
  const text = long.length + 2 + most <= width || most === 0 ? long : short;
  const kills = oomWords(view, width - text.length - 2, theme);
  return `${theme.paint('quiet', text.slice(0, width))}${kills === '' ? '' : `  ${kills}`}`;
}

/** The line that is kept free: the table never moves for what is said here. */
function noticeLine(state: State, theme: Theme): string {
  if (state.notice !== undefined) return theme.paint('warn', cut(theme.plain(clean(state.notice)), state.columns));
  if (state.view === undefined) return '';
  if (state.isPaused) {
    const text = `paused at ${formatClock(state.view.snapshot.time)}: z goes on`;
    return theme.paint('warn', cut(text, state.columns));
  }
  const condition = conditionOf(state);
  if (condition?.isUrgent === true) return conditionLine(condition, state.columns, theme);
  const forecast = forecastLine(state.view, state.columns, theme);
  if (forecast !== '') return forecast;
  const shape = shapeWords(state.shape, state.columns);
  return shape === '' ? conditionLine(condition, state.columns, theme) : theme.paint('quiet', shape);
}

/** The longest of its sentences that has room. */
export function conditionLine(condition: Condition | undefined, width: number, theme: Theme): string {
  if (condition === undefined) return '';
  const { sentences, isUrgent } = condition;
  const sentence = sentences.find((each) => cellWidth(each) <= width) ?? sentences.at(-1) ?? '';
  return theme.paint(isUrgent ? 'warn' : 'quiet', cut(theme.plain(clean(sentence)), width));
}
