// The detail pane: everything about one process. It follows the selection.

import { ageOf } from '../../model/rows/age.ts';
import { drawnPart } from '../../model/rows/label.ts';
import { growthOf } from '../../model/rows/row-growth.ts';
import { stateInWords } from '../../model/snapshot/process-state.ts';
import { formatAge, formatClock, formatGrowth, formatSize } from '../../text/format.ts';
import { cut } from '../../text/width.ts';
import { wrapped } from '../../text/wrap.ts';
import type { Space } from '../layout/areas.ts';
import type { DetailPane, Paint, PaneKind, PaneSource } from '../state/pane.ts';
import { chartHeight, chartLines } from './detail-chart.ts';
import { heapFacts } from './detail-heap.ts';
import { measureFacts } from './detail-measures.ts';
import { limitFacts, processFacts } from './detail-process.ts';
import { type FactGroup, factHeight, factLines } from './fact-lines.ts';

/** It requests most of the lines, so that its chart is tall. */
const PLENTY = 60;
/** Lines of the command above the chart; the full command is at the end. */
const COMMAND_LINES = 2;
/** Below this many lines there is space only for numbers and a line of chart. */
const FEW = 5;
/** From this many lines on there is space for more than the chart, which takes this part of them. */
const TALL = 20;
const CHART_FRACTION = 0.45;
const TALLEST_CHART = 18;
const LOWEST_CHART = 5;
/** Maximum number of lines of the full command. */
const LONGEST_COMMAND = 200;

export const DETAIL: PaneKind<DetailPane> = {
  place: 'side',
  fraction: 0.65,
  lines: PLENTY,
  title(pane, source) {
    const { label, process } = pane.row;
    const about = hasEnded(pane, source) ? `exited at ${formatClock(pane.seen.time)}` : 'follows the selection';
    return `${label.name} (${process.who.pid})  ${about}`;
  },
  height(pane, source, space) {
    if (space.height < FEW) return 1 + chartHeight(source, { ...space, height: 1 });
    const { top, bottom } = commandIn(pane, source, space);
    const facts = factsIn(pane, source).reduce((sum, group) => sum + factHeight(group, space), 0);
    return top.length + 1 + chartHeight(source, chartSpace(space)) + facts + 1 + bottom.length;
  },
  draw(pane, source, space, paint) {
    if (space.height < FEW)
      return [numbers(pane, source, space, paint), ...chartLines(pane, source, { ...space, height: 1 }, paint)];
    const { top, bottom } = commandIn(pane, source, space);
    return [
      ...top,
      numbers(pane, source, space, paint),
      ...chartLines(pane, source, chartSpace(space), paint),
      ...factsIn(pane, source).flatMap((group) => factLines(group, space, paint)),
      paint.paint('title', 'Command'),
      ...bottom.map((line) => `  ${line}`),
    ];
  },
};

/** The shortened command above the chart, and the full one at the end. */
function commandIn({ row }: DetailPane, { appearance }: PaneSource, { width, height }: Space) {
  const command = drawnPart(row.label.command);
  return {
    top: wrapped(command, width, height < TALL ? 1 : COMMAND_LINES, appearance.ascii ? '~' : '…'),
    bottom: wrapped(command, width - 2, LONGEST_COMMAND),
  };
}

/** With few lines the chart has all of them, and the rest is scrolled to. */
function chartSpace({ width, height }: Space): Space {
  const lines = height < TALL ? Math.max(LOWEST_CHART, height - 2) : Math.min(TALLEST_CHART, height * CHART_FRACTION);
  return { width, height: Math.floor(lines) };
}

function factsIn(pane: DetailPane, source: PaneSource): FactGroup[] {
  return [heapFacts(pane, source), measureFacts(pane, source), processFacts(pane, source), limitFacts(pane)];
}

/** Whether the newest snapshot no longer has it. */
function hasEnded({ seen }: DetailPane, { view }: PaneSource): boolean {
  return view !== undefined && seen.monotonic < view.snapshot.monotonic;
}

/** What matters most, in one line. */
function numbers(pane: DetailPane, source: PaneSource, { width }: Space, { plain }: Paint): string {
  const { process, label } = pane.row;
  const timeline = source.view?.tracker.timeline;
  const growth = timeline === undefined || hasEnded(pane, source) ? undefined : growthOf(pane.row, timeline);
  const parts = [process.isRssUnknown === true ? 'RSS unknown' : `RSS ${formatSize(process.rss)}`];
  if (growth !== undefined) {
    const rate = formatGrowth(growth, '');
    parts.push(rate === '' ? 'steady' : `${rate}/min`);
  }
  if (hasEnded(pane, source)) parts.push('has exited');
  else parts.push(stateInWords(process.state).replace(/^.*?, /, ''));
  if (label.user !== '') parts.push(label.user);
  const age = ageOf(process.who, pane.seen);
  if (age !== undefined) parts.push(`${formatAge(age)} old`);
  return cut(plain(parts.join('  ')), width);
}
