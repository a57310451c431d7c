// The header: whose memory, how much of it is left and since when, what swap says.
import { type Condition, conditionOf } from '../app/conditions.ts';
import type { Layout } from '../app/layout.ts';
import type { State, View } from '../app/state.ts';
import { clean } from '../model/clean.ts';
import { formatAge, formatClock, formatSize } from '../model/format.ts';
import { type Gauge, gaugeOf, titleOfLimit } from '../model/gauge.ts';
import { usedSwap } from '../model/memory.ts';
import { pressureLevel, pressureText } from '../model/pressure-words.ts';
import { shapeWords } from '../model/shape-words.ts';
import type { SystemMemory } from '../model/snapshot.ts';
import { scaleOf } from '../model/sparkline.ts';
import { samplesIn, trendLine } from '../model/trend-line.ts';
import { cellWidth, cut, fitLeft } from '../model/width.ts';
import { bar } from './bar.ts';
import { forecastLine } from './forecast-line.ts';
import { lastKill, oomText, oomWords } from './oom-words.ts';
import type { Role, Theme } from './theme.ts';

const MINUTE = 60_000;
/** Cells of the sparkline of available memory. */
const SPARK = 10;

/** The lines of the header, as many as the layout says. */
export function headerLines(state: State, layout: Layout, theme: Theme): string[] {
  const { view } = state;
  if (layout.headerLines === 0) return [];
  if (view === undefined) return ['Mem …', '', '', ''].slice(0, layout.headerLines).map(theme.plain);
  if (layout.header === 'bare') return [memoryLine(view, state, theme)];
  if (layout.header === 'short') return [memoryLine(view, state, theme), noticeOrKill(state, view, theme)];
  return [
    hostLine(view, state, theme),
    memoryLine(view, state, theme),
    swapLine(view, state, theme),
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

function hostLine({ snapshot }: View, { columns: width, isHostGauge }: State, theme: Theme): string {
  const { host, time, system } = snapshot;
  const parts = [clean(host.name), clean(host.distribution ?? host.platform)];
  if (host.bootedAt !== undefined) parts.push(`up ${formatAge(time - host.bootedAt)}`);
  if (system.limit !== undefined) {
    const title = clean(titleOfLimit(system.limit));
    parts.push(isHostGauge ? `memory of the machine (H: limit of ${title})` : `limit of ${title} (H: machine)`);
  }
  const clock = formatClock(time);
  const left = cut(parts.filter((part) => part !== '').join('  '), width - cellWidth(clock) - 1);
  return theme.plain(`${fitLeft(left, width - clock.length)}${clock}`);
}

function memoryLine(view: View, state: State, theme: Theme): string {
  const width = state.columns;
  const gauge = gaugeOf(view.snapshot.system, state.isHostGauge);
  if (gauge === undefined) return fitLeft('Mem  not known on this machine', width);
  const percent = (gauge.used / gauge.total) * 100;
  const { role, word } = theme.severity(percent);
  if (width < 30) return narrowMemoryLine(gauge, role, width, theme);
  const used = Math.min(1, gauge.used / gauge.total);
  const cache = gauge.cache / gauge.total;
  const text = `${formatSize(gauge.available)} ${wordsFor(width, gauge)} ${formatSize(gauge.total)}${ofLimit(gauge)}`;
  const said = `${Math.round(percent)}% used, ${word}`;
  if (width < 60) {
    const barWidth = Math.max(4, width - 5 - cellWidth(text));
    return `Mem ${bar(theme, barWidth, used, cache, role)} ${text}`;
  }
  const trend = width < 76 ? '' : `${theme.fill('quiet', availableTrend(view, gauge, theme))}  `;
  const drawn = bar(theme, barWidthOf(width, gauge), used, cache, role);
  return `Mem [${drawn}]  ${fitLeft(text, textWidthOf(width, gauge))}  ${trend}${theme.paint(role, said)}`;
}

function wordsFor(width: number, { limit }: Gauge): string {
  if (width < 40 && limit !== undefined) return 'of';
  return width < (limit === undefined ? 60 : 76) ? 'avail of' : 'available of';
}

function ofLimit({ limit }: Gauge): string {
  if (limit === undefined) return '';
  return limit.slows === true ? ' mark' : ' limit';
}

/** Cells of the numbers behind the bar: a limit is named as one. */
function textWidthOf(width: number, gauge: Gauge | undefined): number {
  return gauge?.limit === undefined ? 24 : width < 76 ? 25 : 30;
}

/** Cells for the bars of memory and swap, which stand one below the other: what numbers and trend leave. */
function barWidthOf(width: number, gauge: Gauge | undefined): number {
  return Math.max(8, Math.min(60, width - textWidthOf(width, gauge) - (width < 76 ? 26 : 38)));
}

function narrowMemoryLine(gauge: Gauge, role: Role, width: number, theme: Theme): string {
  const [available, total] = [formatSize(gauge.available), formatSize(gauge.total)];
  const text = gauge.limit === undefined ? `Mem ${available} of ${total}` : `Mem ${available}/${total} limit`;
  return theme.paint(role, cut(text, width));
}

/** The past of available memory, scaled from nothing to its highest: a falling line is the warning. */
function availableTrend({ tracker }: View, { limit }: Gauge, theme: Theme): string {
  const past = limit === undefined ? tracker.available : tracker.limits.gauge;
  if (past === undefined) return '';
  const { timeline } = tracker;
  const { high } = scaleOf(past.cells(timeline, samplesIn(SPARK, theme.sparklines)));
  return trendLine(past, timeline, SPARK, theme.sparklines, { low: 0, high });
}

/** Swap, pressure and OOM kills; a kill has more to say than pressure, and both than an explanation. */
function swapLine(view: View, state: State, theme: Theme): string {
  const { columns } = state;
  const { system } = view.snapshot;
  const gauge = gaugeOf(system, state.isHostGauge);
  const pressure = gauge?.pressure ?? system.pressure;
  const told = pressure === undefined ? '' : pressureText(pressure);
  const longest = cellWidth(oomText(view, columns));
  const swap = swapOf(system, columns, gauge, cellWidth(told) + longest + 4, theme);
  const left = columns - swap.width - 2;
  const shares = told === '' || cellWidth(told) > left ? 0 : cellWidth(told) + 2;
  const beside = oomWords(view, left - shares, theme);
  const kills = beside === '' ? oomWords(view, left, theme) : beside;
  const hasPressure = pressure !== undefined && shares > 0 && kills === beside;
  const pressed = hasPressure ? theme.paint(pressureLevel(pressure).role, told) : '';
  return [swap.line, pressed, kills].filter((part) => part !== '').join('  ');
}

/** A text and how many cells it takes, its styles not counted. */
interface Part {
  readonly line: string;
  readonly width: number;
}

/** The swap of the machine, in few words where `beside` cells are wanted for others. */
function swapOf(system: SystemMemory, columns: number, gauge: Gauge | undefined, beside: number, theme: Theme): Part {
  const used = usedSwap(system);
  if (system.swapTotal === undefined || used === undefined) return { line: '', width: 0 };
  if (system.swapTotal === 0) {
    const words = [
      'Swp  none: when memory is gone there is nothing behind it',
      'Swp  none: nothing is behind memory',
      'Swp  none',
    ] as const;
    const text = cut(words.find((each) => each.length + beside <= columns) ?? words[2], columns);
    return { line: theme.paint('quiet', text), width: cellWidth(text) };
  }
  const { role } = theme.severity((used / system.swapTotal) * 100);
  const text = `${formatSize(system.swapTotal - used)} free of ${formatSize(system.swapTotal)}`;
  const cells = barWidthOf(columns, gauge);
  const line = `Swp [${bar(theme, cells, used / system.swapTotal, 0, role)}]  ${text}`;
  return { line, width: cells + 8 + cellWidth(text) };
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
