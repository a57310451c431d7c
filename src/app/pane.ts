// The pane under the table: what the last collect proved, as lines.

import { clean } from '../model/clean.ts';
import { collectionLines, paragraph } from '../model/collection-lines.ts';
import { formatPercent, formatSize } from '../model/format.ts';
import { cut } from '../model/width.ts';
import type { Collects, GcFact, Insight, Outcome, SpaceFact } from './collects.ts';

/** What of a state the pane is made of. */
interface Shown {
  readonly columns: number;
  readonly look: { readonly ascii: boolean };
  readonly collects: Collects;
}

/** On a terminal so narrow a line is worth more than a curve or a gap. */
const NARROW = 60;

/** The lines of the pane, none while it is closed. Each fits the terminal. */
export function paneLines(state: Shown): string[] {
  const { result } = state.collects;
  if (result === undefined) return [];
  const style = { ascii: state.look.ascii, width: Math.max(10, state.columns - 1) };
  const { target, outcome } = result;
  const told =
    'trouble' in outcome
      ? [`collect  ${target.name} (${target.pid})`, ...paragraph(clean(outcome.trouble), style)]
      : [...collectionLines(outcome.collection, target.name, style), ...details(outcome, style)];
  const lines = state.columns < NARROW ? told.filter((line) => !line.includes('RSS over ')) : ['', ...told];
  return lines.map((line) => cut(line, state.columns));
}

/** Lines that the pane would like to have. */
export function paneHeight(state: Shown): number {
  return state.collects.result === undefined ? 0 : paneLines(state).length;
}

type Style = Parameters<typeof paragraph>[1];

function details({ collection, insight }: Extract<Outcome, { collection: unknown }>, style: Style): string[] {
  const { after } = collection;
  const lines: string[] = [];
  if (after.heapUsed !== undefined) {
    const held = after.heapUsed + (after.external ?? 0);
    const rest = Math.max(0, after.rss - held);
    const share = `${formatPercent((rest / after.rss) * 100)} %`;
    lines.push(`Not explained by the heap: ${formatSize(rest)} of ${formatSize(after.rss)} RSS (${share}).`);
  }
  if (insight !== undefined) lines.push(...insightLines(insight));
  return lines.flatMap((line) => paragraph(line, style));
}

function insightLines({ spaces, workers, gc }: Insight): string[] {
  const lines: string[] = [];
  const told = spaces.map(spaceText).filter((text) => text !== undefined);
  if (told.length > 0) lines.push(`Spaces: ${told.join(', ')}.`);
  if (workers !== undefined && workers > 0) lines.push(`Worker threads: ${workers}.`);
  const counted = gc.filter(({ count }) => count > 0).map(gcText);
  if (counted.length > 0) lines.push(`Collections seen: ${counted.join(', ')}.`);
  return lines;
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
