// The header: the gauge of memory and its history, swap, pressure, OOM kills and notices.

import type { Layout } from '../../app/layout/layout.ts';
import { playText } from '../../app/state/replay.ts';
import type { State, View } from '../../app/state/state.ts';
import { type Condition, conditionOf } from '../../app/view/conditions.ts';
import { arrangementNote } from '../../model/arrangement/note.ts';
import { swapHeadroom, swapOnZram } from '../../model/breakdown/zram.ts';
import { type Gauge, gaugeOf, statusOf, usedFraction } from '../../model/cgroup/gauge.ts';
import { pressureLevel, pressureTextIn } from '../../model/cgroup/pressure.ts';
import {
  availableText,
  limitTitle,
  noSwapText,
  type SwapGauge,
  statusText,
  swapOf,
  swapText,
  unknownText,
  usedTextIn,
} from '../../model/cgroup/sentences.ts';
import { samplesIn, trendLine } from '../../model/columns/trend-cell.ts';
import { uptimeOf } from '../../model/rows/age.ts';
import { existing } from '../../numbers/existing.ts';
import { clean } from '../../text/clean.ts';
import { formatAge, formatClock, formatSize } from '../../text/format.ts';
import { scaleOf } from '../../text/sparkline.ts';
import { formatDayAndClock, formatPast } from '../../text/when.ts';
import { cellWidth, cut, fitLeft } from '../../text/width.ts';
import { roleOfLevel, type Theme } from '../theme/theme.ts';
import { bar } from './bar.ts';
import { forecastLine } from './forecast.ts';
import { lastKill, oomText, oomWords } from './oom-text.ts';
import { timelineLine } from './timeline-line.ts';

const MINUTE = 60_000;
/** Cells of the sparkline of available memory. */
const SPARK = 10;
/** With this many cells only the number of OOM kills fits. */
const SHORTEST_KILLS = 14;

/** The lines of the header, as many as the layout says. */
export function headerLines(state: State, layout: Layout, theme: Theme): string[] {
  if (layout.headerLines === 0) return [];
  return layout.hasTimeline
    ? [...linesOf(state, layout, theme), timelineLine(state, theme)]
    : linesOf(state, layout, theme);
}

function linesOf(state: State, layout: Layout, theme: Theme): string[] {
  const { view } = state;
  if (view === undefined)
    return ['Mem …', '', '', ''].slice(0, layout.headerLines - Number(layout.hasTimeline)).map(theme.plain);
  if (layout.header === 'bare') return [memoryLine(view, state, theme)];
  if (layout.header === 'short') return [memoryLine(view, state, theme), noticeOrKill(state, view, theme)];
  return [
    hostLine(view, state, theme),
    memoryLine(view, state, theme),
    swapLine(view, state, theme),
    noticeLine(state, theme),
  ];
}

/** Without a line for swap a kill is shown in the notice line where that is free, and for a minute before the forecast. */
function noticeOrKill(state: State, view: View, theme: Theme): string {
  const last = lastKill(view);
  const isRequested = state.notice !== undefined || state.isPaused;
  const isNew = last !== undefined && view.snapshot.time - last.kill.time < MINUTE;
  const notice = isNew && !isRequested ? '' : noticeLine(state, theme);
  return notice === '' && last !== undefined ? oomWords(view, state.columns, theme) : notice;
}

function hostLine({ snapshot }: View, state: State, theme: Theme): string {
  const { columns: width, isHostGauge } = state;
  const { host, time, system } = snapshot;
  const parts = [clean(host.name), clean(host.distribution ?? host.platform)];
  const up = uptimeOf({ ...snapshot, bootedAt: host.bootedAt });
  if (up !== undefined) parts.push(`up ${formatAge(up)}`);
  if (system.limit !== undefined) {
    const title = limitTitle(system.limit);
    parts.push(isHostGauge ? `machine memory (H: ${title})` : `${title} (H: machine)`);
  }
  const past = pastText(state);
  const clock = past ?? formatClock(time);
  const left = cut(parts.filter((part) => part !== '').join('  '), width - cellWidth(clock) - 1);
  const drawn = theme.plain(fitLeft(left, width - clock.length));
  return drawn + (past === undefined ? clock : theme.paint('selected', past));
}

function memoryLine(view: View, state: State, theme: Theme): string {
  const width = state.columns;
  const gauge = gaugeOf(view.snapshot.system, state.isHostGauge);
  if (gauge === undefined) return fitLeft(`Mem  ${unknownText(view.snapshot.system)}`, width);
  const { thresholds } = state.appearance;
  const role = roleOfLevel(statusOf(gauge, thresholds).level);
  if (width < 30) return theme.paint(role, `Mem ${usedTextIn(gauge, width - 4)}`);
  const used = Math.min(1, usedFraction(gauge));
  const cache = gauge.total > 0 ? gauge.cache / gauge.total : 0;
  const text = availableText(gauge, wordsFor(width, gauge));
  if (width < 60) {
    const barWidth = Math.max(4, width - 5 - cellWidth(text));
    return `Mem ${bar(theme, barWidth, { used, cache }, role)} ${text}`;
  }
  // A long status wins over the chart, and is shortened if it still does not fit.
  const left = width - 10 - barWidthOf(width, gauge) - textWidthOf(width, gauge);
  const whole = statusText(gauge, thresholds);
  const status = cut(cellWidth(whole) <= left ? whole : whole.replace(' used', ''), left);
  const hasTrend = width >= 76 && cellWidth(status) + SPARK + 2 <= left;
  const trend = hasTrend ? `${theme.fill('quiet', availableTrend(view, gauge, theme))}  ` : '';
  const drawn = bar(theme, barWidthOf(width, gauge), { used, cache }, role);
  return `Mem [${drawn}]  ${fitLeft(text, textWidthOf(width, gauge))}  ${trend}${theme.paint(role, status)}`;
}

function wordsFor(width: number, { limit }: Gauge): 'available of' | 'avail of' | 'of' {
  if (width < 40 && limit !== undefined) return 'of';
  return width < (limit === undefined ? 60 : 76) ? 'avail of' : 'available of';
}

/** Cells of the numbers behind the bar: a limit is named as one. */
function textWidthOf(width: number, gauge: Gauge | undefined): number {
  return gauge?.limit === undefined ? 24 : width < 76 ? 25 : 30;
}

/** Cells for the bars of memory and swap, which are aligned: what figures and trend leave. */
function barWidthOf(width: number, gauge: Gauge | undefined): number {
  return Math.max(8, Math.min(60, width - textWidthOf(width, gauge) - (width < 76 ? 26 : 38)));
}

/** The history of available memory, scaled from nothing to its highest: a falling line is the warning. */
function availableTrend({ tracker }: View, { limit }: Gauge, theme: Theme): string {
  const history = limit === undefined ? tracker.available : tracker.limits.gauge;
  if (history === undefined) return '';
  const { timeline } = tracker;
  const { high } = scaleOf(history.cells(timeline, samplesIn(SPARK, theme.sparklines)));
  return trendLine(history, timeline, { width: SPARK, set: theme.sparklines, scale: { low: 0, high } });
}

/** Swap, pressure and OOM kills; a kill matters more than pressure, and both more than an explanation. */
function swapLine(view: View, state: State, theme: Theme): string {
  const { columns } = state;
  const { system } = view.snapshot;
  const gauge = gaugeOf(system, state.isHostGauge);
  const pressure = gauge?.pressure ?? system.pressure;
  const widest = pressure === undefined ? 0 : cellWidth(pressureTextIn(pressure, columns));
  const swap = swapPart(view, gauge, { columns, rest: widest + cellWidth(oomText(view, columns)) + 4 }, theme);
  const left = columns - swap.width - 2;
  const fewest = cellWidth(oomText(view, SHORTEST_KILLS));
  const text = pressure === undefined ? '' : pressureTextIn(pressure, fewest === 0 ? left : left - fewest - 2);
  const kills = oomWords(view, text === '' ? left : left - cellWidth(text) - 2, theme);
  const pressed = pressure === undefined ? '' : theme.paint(pressureLevel(pressure).role, text);
  return [swap.line, pressed, kills].filter((part) => part !== '').join('  ');
}

/** A text and how many cells it takes, its styles not counted. */
interface Part {
  readonly line: string;
  readonly width: number;
}

/** The swap of the gauge, in a short form where `rest` cells are needed for other texts. */
function swapPart(
  view: View,
  gauge: Gauge | undefined,
  { columns, rest }: { readonly columns: number; readonly rest: number },
  theme: Theme,
): Part {
  const swap = swapOf(view.snapshot.system, gauge);
  if (swap === undefined) return { line: '', width: 0 };
  const none = noSwapText(swap);
  if (none !== undefined) {
    const text = cut(none.length + rest <= columns ? none : 'Swap: none', columns);
    return { line: theme.paint('quiet', text), width: cellWidth(text) };
  }
  const cells = barWidthOf(columns, gauge);
  const texts = swapTexts(swap, view);
  const text = texts.find((each) => cells + 8 + cellWidth(each) + rest <= columns) ?? existing(texts.at(-1));
  const used = swap.free === undefined ? 0 : 1 - swap.free / swap.total;
  const line = `Swp [${bar(theme, cells, { used, cache: 0 }, theme.severity(used * 100).role)}]  ${text}`;
  return { line, width: cells + 8 + cellWidth(text) };
}

/** The text for swap, in ever shorter forms. */
function swapTexts(swap: SwapGauge, { snapshot: { system }, tracker: { swapRates: rates } }: View): string[] {
  const size = swapText(swap);
  // What is swapped out to zram is not charged to a cgroup: below a limit it counts in full.
  const isOnZram = swapOnZram(system) > 0 && !swap.isLimited;
  const gained = isOnZram ? formatSize(swapHeadroom(system) ?? 0) : undefined;
  const isSwapping = rates !== undefined && rates.in + rates.out > 0;
  const moving = isSwapping ? `  in ${formatSize(rates.in)}/s out ${formatSize(rates.out)}/s` : '';
  if (gained === undefined) return [size + moving, size];
  const onZram = ` (zram: counts as ${gained})`;
  return [size + onZram + moving, size + moving, size + onZram, size];
}

/** The moment that is shown, and how long ago it was; undefined while that is now. */
function pastText({ past, view, latest, recorded, replay }: State): string | undefined {
  if (past === undefined || view === undefined) return undefined;
  if (replay !== undefined) return `${formatDayAndClock(view.snapshot.time)} ${playText(replay)}`;
  return formatPast(view.snapshot.time, latest?.snapshot.time ?? recorded?.range?.end ?? view.snapshot.time);
}

function firstKeys({ replay }: State): string {
  if (replay === undefined) return 'z back to now';
  return replay.isPlaying ? 'z pause  x speed' : 'z play  x speed';
}

/** The reserved line: messages here never move the table. */
function noticeLine(state: State, theme: Theme): string {
  if (state.notice !== undefined) return theme.paint('warn', cut(theme.plain(clean(state.notice)), state.columns));
  if (state.view === undefined) return '';
  const past = pastText(state);
  if (past !== undefined) {
    const forecast = state.replay === undefined ? '' : forecastLine(state.view, state.columns, theme);
    if (forecast !== '') return forecast;
    const first = firstKeys(state);
    const keys = `${first}  [ ] sample  { } event`;
    const texts = [`${past}: ${keys}  ( ) start and end  J time`, `${past}: ${keys}`, `${past}: ${first}`, past];
    const text = texts.find((each) => cellWidth(each) <= state.columns) ?? past;
    return theme.paint('warn', cut(text, state.columns));
  }
  if (state.isPaused) {
    const text = `Paused at ${formatClock(state.view.snapshot.time)}, press z to resume`;
    return theme.paint('warn', cut(text, state.columns));
  }
  const condition = conditionOf(state);
  if (condition?.isUrgent === true) return conditionLine(condition, state.columns, theme);
  const forecast = forecastLine(state.view, state.columns, theme);
  if (forecast !== '') return forecast;
  const arrangement = arrangementNote(state.arrangement, state.columns);
  return arrangement === '' ? conditionLine(condition, state.columns, theme) : theme.paint('quiet', arrangement);
}

/** The longest of its sentences that fits. */
export function conditionLine(condition: Condition | undefined, width: number, theme: Theme): string {
  if (condition === undefined) return '';
  const { sentences, isUrgent } = condition;
  const sentence = sentences.find((each) => cellWidth(each) <= width) ?? sentences.at(-1) ?? '';
  return theme.paint(isUrgent ? 'warn' : 'quiet', cut(theme.plain(clean(sentence)), width));
}
