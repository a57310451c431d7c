// Heap spaces, workers and collections as text.

import type { GcFact, Insight, SpaceFact } from '../../model/snapshot/insight.ts';
import { clean } from '../../text/clean.ts';
import { formatSize } from '../../text/format.ts';
import type { Fact } from './fact-lines.ts';

/** The facts, each with its name. */
export function insightFacts({ spaces, workers, gc }: Insight): Fact[] {
  const facts: Fact[] = [];
  const spaceTexts = spaces.map(spaceText).filter((text) => text !== undefined);
  if (spaceTexts.length > 0) facts.push(['spaces', spaceTexts.join(', ')]);
  if (workers !== undefined && workers > 0) facts.push(['worker threads', String(workers)]);
  const counted = gc.filter(({ count }) => count > 0).map(gcText);
  if (counted.length > 0) facts.push(['collections', counted.join(', ')]);
  return facts;
}

/** The spaces that matter: those that hold something. */
function spaceText({ name, used, size, count }: SpaceFact): string | undefined {
  const title = clean(name)
    .replace(/_space$/, '')
    .replaceAll('_', ' ');
  if (used !== undefined && used > 0) {
    return size === undefined ? `${title} ${formatSize(used)}` : `${title} ${formatSize(used)} of ${formatSize(size)}`;
  }
  return count === undefined || count === 0 ? undefined : `${title} ${count} objects`;
}

function gcText({ kind, count, ms, maxMs }: GcFact): string {
  return `${count} ${clean(kind)} (${Math.round(ms)} ms, longest ${Math.round(maxMs)} ms)`;
}
