// What the agent of a process reports of its heap, and the collects that were requested.

import { heldBytes, limitFraction } from '../../model/snapshot/heap.ts';
import { formatClock, formatPercent, formatSize } from '../../text/format.ts';
import { collectsOf } from '../state/collects.ts';
import type { DetailPane, PaneSource } from '../state/pane.ts';
import { clockOf } from './chart-marks.ts';
import type { Fact, FactGroup } from './fact-lines.ts';
import { insightFacts } from './insight.ts';

/** Collects that are reported one by one. */
const MOST_COLLECTS = 4;

/** What the agent reports; only the collects where there is none. */
export function heapFacts(pane: DetailPane, source: PaneSource): FactGroup {
  const { process } = pane.row;
  const { heap } = process;
  const collects = collectFacts(pane, source);
  if (heap === undefined) return { heading: 'Collects', facts: collects };
  const facts: Fact[] = [];
  if (heap.used !== undefined) {
    const fraction = limitFraction(heap);
    const limit = heap.limit === undefined ? '' : `, limit ${formatSize(heap.limit)}`;
    const percent = fraction === undefined ? '' : ` (${formatPercent(fraction * 100)}% used)`;
    const taken = heap.total === undefined ? '' : ` of ${formatSize(heap.total)} committed`;
    facts.push(['used', `${formatSize(heap.used)}${taken}${limit}${percent}`]);
  }
  if (heap.external !== undefined) facts.push(['external', `${formatSize(heap.external)} (Buffers)`]);
  const held = heldBytes(heap);
  if (held !== undefined && process.rss > 0) {
    const rest = Math.max(0, process.rss - held);
    const percent = formatPercent((rest / process.rss) * 100);
    facts.push(['outside the heap', `${formatSize(rest)} of ${formatSize(process.rss)} RSS (${percent}%)`]);
  }
  if (heap.busySince !== undefined) facts.push(['busy', 'no answer: the event loop is blocked']);
  const insight = pane.details?.insight;
  if (insight !== undefined) facts.push(...insightFacts(insight));
  return { heading: `Heap (${heap.runtime})`, facts: [...facts, ...collects] };
}

/** The newest collects: when they ran, the verdict, and what they freed. */
function collectFacts(pane: DetailPane, source: PaneSource): Fact[] {
  return collectsOf(source.collects, pane.row.process)
    .slice(-MOST_COLLECTS)
    .map(({ at, verdict, returned }) => {
      const change = returned >= 0 ? `RSS fell by ${formatSize(returned)}` : `RSS grew by ${formatSize(-returned)}`;
      return [`c ${formatClock(clockOf(at, source))}`, `${verdict}: ${change}`];
    });
}
