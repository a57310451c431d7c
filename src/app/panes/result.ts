// The result pane: what the last collect proved, as lines.

import { heldIn } from '../../model/collection/balance.ts';
import { collectionLines, paragraph } from '../../model/collection/report.ts';
import { clean } from '../../text/clean.ts';
import { formatPercent, formatSize } from '../../text/format.ts';
import { cut } from '../../text/width.ts';
import type { CollectOutcome } from '../state/collects.ts';
import type { PaneKind, PaneSource, ResultPane } from '../state/pane.ts';
import { insightFacts } from './insight.ts';

/** On a terminal this narrow a line of text is worth more than a curve. */
const NARROW = 60;

export const RESULT: PaneKind<ResultPane> = {
  place: 'below',
  fraction: 1,
  height: (pane, source, { width }) => textOf(pane, source, width).length,
  title({ target, outcome }, source) {
    if (!('collection' in outcome)) return `collect  ${target.name} (${target.pid})`;
    return collectionLines(outcome.collection, target.name, { ascii: source.appearance.ascii })[0] ?? '';
  },
  draw(pane, source, { width }, { paint }) {
    const lines = textOf(pane, source, width).map((line) => cut(line, width));
    const { outcome } = pane;
    if (!('collection' in outcome)) {
      return 'trouble' in outcome && outcome.isAlarm === true ? lines.map((line) => paint('bad', line)) : lines;
    }
    // The verdict is styled as a heading.
    return lines.map((line) =>
      line.replace(/^( {2})([A-Z]+:)/, (_, indent, verdict) => indent + paint('title', verdict)),
    );
  },
};

/** Its text, wrapped to the width. */
function textOf({ target, outcome }: ResultPane, { appearance }: PaneSource, width: number): string[] {
  const style = { ascii: appearance.ascii, width: Math.max(10, width - 1) };
  if (!('collection' in outcome)) return 'trouble' in outcome ? paragraph(clean(outcome.trouble), style) : [];
  const lines = [...collectionLines(outcome.collection, target.name, style).slice(1), ...details(outcome, style)];
  return width < NARROW ? lines.filter((line) => !line.includes('RSS over ')) : lines;
}

type Style = Parameters<typeof paragraph>[1];

function details({ collection, insight }: Extract<CollectOutcome, { collection: unknown }>, style: Style): string[] {
  const { after } = collection;
  const lines: string[] = [];
  if (after.heapUsed !== undefined) {
    const rest = Math.max(0, after.rss - heldIn(after));
    const percent = `${formatPercent((rest / after.rss) * 100)}%`;
    lines.push(`Outside the heap: ${formatSize(rest)} of ${formatSize(after.rss)} RSS (${percent}).`);
  }
  if (insight !== undefined)
    lines.push(...insightFacts(insight).map(([name, text]) => `${name[0]?.toUpperCase()}${name.slice(1)}: ${text}.`));
  return lines.flatMap((line) => paragraph(line, style));
}
