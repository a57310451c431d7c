// The chart of the detail pane: RSS over time, of the selected process or of all tagged ones, the heap within it.

import { type Axis, axisOf } from '../../chart/axis.ts';
import { type ChartHistory, endedAt } from '../../chart/curve.ts';
import { plotArea, plotLines, valuesPerColumn } from '../../chart/plot.ts';
import { including, type Summary, summaryOf } from '../../chart/summary.ts';
import { columnValues, usualSpan, type Window, windowOf } from '../../chart/window.ts';
import { chartHistoryOf } from '../../model/history/chart-history.ts';
import type { Series } from '../../model/history/series.ts';
import type { Timeline } from '../../model/history/timeline.ts';
import { ageOf } from '../../model/rows/age.ts';
import type { Row } from '../../model/rows/row.ts';
import { existing } from '../../numbers/existing.ts';
import { formatSize } from '../../text/format.ts';
import type { Graph } from '../../text/sparkline.ts';
import { cut, fitRight } from '../../text/width.ts';
import type { Space } from '../layout/areas.ts';
import type { DetailPane, Paint, PaneRole, PaneSource } from '../state/pane.ts';
import { marksLine, timeLine } from './chart-marks.ts';

/** One of the processes in the chart. */
interface Drawn {
  readonly row: Row;
  readonly history: ChartHistory;
  readonly sign: string;
  readonly role: PaneRole;
}

const SIGNS = { unicode: ['●', '◆', '■', '○', '◇'], ascii: ['o', 'x', '#', '@', '%'] };
const ROLES: readonly PaneRole[] = ['trend', 'warn', 'good', 'bad', 'mark'];
/** With fewer columns or lines than these a chart shows no more than the trend of the table. */
const NARROWEST = 12;
/** Lines next to the plot itself: marks, times, numbers. */
const BESIDE_PLOT = 3;

/** Milliseconds that the chart of a pane covers. */
export function spanOf({ span, seen, row }: DetailPane, timeline: Timeline): number {
  const age = ageOf(row.process.who, seen) ?? Number.POSITIVE_INFINITY;
  return span ?? usualSpan(Math.min(timeline.now, age));
}

/** How many lines of the given space the chart takes: all or none. */
export function chartHeight({ view }: PaneSource, space: Space): number {
  return view === undefined || space.width < NARROWEST || space.height < 1 ? 0 : space.height;
}

/** The chart in the given space: the plot, marks, times, and its figures. Empty where it does not fit. */
export function chartLines(pane: DetailPane, source: PaneSource, space: Space, paint: Paint): string[] {
  const { view } = source;
  if (view === undefined || chartHeight(source, space) === 0) return [];
  const all = processesIn(pane, source);
  const columns = space.width - labelWidth(space) - 1;
  const { monotonic } = view.snapshot;
  const window = windowOf(monotonic, spanOf(pane, view.tracker.timeline), columns);
  const summaries = all.map(({ row, history }) => {
    const summary = summaryOf(history.readings(window.from, monotonic), window.from, monotonic);
    return summary === undefined ? undefined : including(summary, row.process.rss, pane.seen.monotonic);
  });
  const known = summaries.filter((summary) => summary !== undefined);
  const axis = axisOf(
    // An area with a heap in it must begin at zero, so that the parts are in proportion.
    heapIn(pane, source, all.length) === undefined
      ? Math.min(...known.map(({ lowest }) => lowest), pane.row.process.rss)
      : 0,
    Math.max(...known.map(({ highest }) => highest), pane.row.process.rss),
  );
  const height = Math.max(1, space.height - (space.height > BESIDE_PLOT ? BESIDE_PLOT : 0));
  const plot =
    all.length > 1
      ? linesPlot(all, { window, axis, height }, paint)
      : areaPlot(pane, source, { window, axis, height, paint });
  const lines = plot.map((line, index) => `${paint.paint('quiet', labelAt(index, height, axis, space))}${line}`);
  if (space.height <= BESIDE_PLOT) return lines;
  const peak = all.length === 1 ? summaries[0] : undefined;
  const indent = ' '.repeat(labelWidth(space) + 1);
  return [
    ...lines,
    indent + marksLine(pane, source, { window, peak }, paint),
    indent + timeLine(window, source.appearance.ascii, paint),
    all.length > 1 ? legend(all, space.width, paint) : numbersLine(peak, pane, source, space.width),
  ];
}

/** The history of the heap where it is drawn: within the area of a single process. */
function heapIn(pane: DetailPane, { view }: PaneSource, processes: number): Series | undefined {
  return processes === 1 ? view?.tracker.heapOf(pane.row) : undefined;
}

/** The selected process, and all that are tagged as well. */
function processesIn(pane: DetailPane, source: PaneSource): Drawn[] {
  const { view, tags } = source;
  if (view === undefined) return [];
  const { who } = pane.row.process;
  const isTagged = ({ process }: Row) => tags?.get(process.who.pid)?.startTime === process.who.startTime;
  // Without tags not one of thousands of rows has to be looked at.
  const others = tags?.size ? view.rows.filter((row) => row.process.who.pid !== who.pid && isTagged(row)) : [];
  const signs = source.appearance.ascii ? SIGNS.ascii : SIGNS.unicode;
  return [pane.row, ...others].slice(0, signs.length).map((row, index) => {
    const history = chartHistoryOf(row.rss, view.tracker.timeline);
    const isOver = row === pane.row && pane.seen.monotonic < view.snapshot.monotonic;
    return {
      row,
      history: isOver ? endedAt(history, pane.seen.monotonic) : history,
      sign: existing(signs[index]),
      role: existing(ROLES[index]),
    };
  });
}

interface Plotting {
  readonly window: Window;
  readonly axis: Axis;
  readonly height: number;
  readonly paint: Paint;
}

/** One process as an area; the used heap has another texture within it. */
function areaPlot(pane: DetailPane, source: PaneSource, { window, axis, height, paint }: Plotting): string[] {
  const graph = graphOf(source);
  const { view } = source;
  if (view === undefined) return [];
  const [own] = processesIn(pane, { ...source, tags: new Map() });
  const parts = valuesPerColumn(graph);
  const fine = { ...window, columns: window.columns * parts, cell: window.cell / parts };
  const area = plotArea(columnValues(own?.history.readings(window.from, window.now) ?? [], fine), axis, height, graph);
  const heap = heapIn(pane, source, 1);
  const heapHistory = heap === undefined ? undefined : chartHistoryOf(heap, view.tracker.timeline);
  const levels = heapHistory === undefined ? [] : columnValues(heapHistory.readings(window.from, window.now), window);
  const cellSize = (axis.top - axis.bottom) / height;
  return area.map((line, index) => {
    // Cells that lie at least half below what the heap held.
    const middle = axis.bottom + (height - index - 0.5) * cellSize;
    return paintRuns(line, (column) => line[column] !== ' ' && (levels[column] ?? Number.NaN) >= middle, graph, paint);
  });
}

/** The characters of a line of the area, those within the heap in its texture. */
function paintRuns(line: readonly string[], isHeap: (column: number) => boolean, graph: Graph, paint: Paint): string {
  const texture = heapSign(graph === 'ascii');
  let text = '';
  let at = 0;
  while (at < line.length) {
    const inHeap = isHeap(at);
    let end = at + 1;
    while (end < line.length && isHeap(end) === inHeap) end += 1;
    text += inHeap ? paint.fill('good', texture.repeat(end - at)) : paint.fill('trend', line.slice(at, end).join(''));
    at = end;
  }
  return text;
}

/** The characters for the heap's part of an area. */
export function heapSign(ascii: boolean): string {
  return ascii ? '=' : '▒';
}

function linesPlot(
  all: readonly Drawn[],
  { window, axis, height }: { readonly window: Window; readonly axis: Axis; readonly height: number },
  paint: Paint,
): string[] {
  const values = all.map(({ history }) => columnValues(history.readings(window.from, window.now), window));
  return plotLines(values, axis, height, window.columns).map((line) =>
    line
      .map((index) => (index === undefined ? ' ' : paint.fill(all[index]?.role ?? 'trend', all[index]?.sign ?? '')))
      .join(''),
  );
}

function legend(all: readonly Drawn[], width: number, paint: Paint): string {
  let used = 0;
  let text = '';
  for (const { row, sign, role } of all) {
    const entry = ` ${row.label.name} (${row.process.who.pid}) ${formatSize(row.process.rss)}  `;
    const shown = cut(entry, width - used - 1);
    if (shown === '') break;
    text += paint.paint(role, sign) + shown;
    used += 1 + entry.length;
  }
  return text;
}

/** `lowest 132M  mean 139M  highest 146M`, and what the textures stand for where there are two. */
function numbersLine(summary: Summary | undefined, pane: DetailPane, source: PaneSource, width: number): string {
  if (summary === undefined) return '';
  const { lowest, mean, highest } = summary;
  const heap = heapIn(pane, source, 1);
  const sign = heapSign(graphOf(source) === 'ascii');
  const textures = heap === undefined ? '' : `   ${sign} heap and external ${formatSize(heap.value)}`;
  return cut(
    `RSS lowest ${formatSize(lowest)}  mean ${formatSize(mean)}  highest ${formatSize(highest)}${textures}`,
    width,
  );
}

function graphOf({ appearance }: PaneSource): Graph {
  return appearance.ascii ? 'ascii' : appearance.graph;
}

/** Cells of the numbers at the left. */
function labelWidth({ width }: Space): number {
  return width < 24 ? 0 : 6;
}

/** The numbers of the axis at the top, the middle and the bottom of the plot. */
function labelAt(line: number, height: number, { labels }: Axis, space: Space): string {
  const places = [height - 1, Math.floor((height - 1) / 2), 0];
  // On a very low plot the top matters most.
  const index = line === places[2] ? 2 : line === places[0] ? 0 : line === places[1] && height > 4 ? 1 : undefined;
  const label = index === undefined ? '' : existing(labels[index]);
  return `${fitRight(label, labelWidth(space))} `.slice(labelWidth(space) === 0 ? 1 : 0, labelWidth(space) + 1);
}
