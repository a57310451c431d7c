// The result pane: what the last collect proved, as lines.

import { heldIn } from '../../model/collection/balance.ts';
import { collectionLines, paragraph } from '../../model/collection/report.ts';
import { clean } from '../../text/clean.ts';
import { formatPercent, formatSize } from '../../text/format.ts';
import { cut } from '../../text/width.ts';
import type { CollectOutcome } from '../state/collects.ts';
import { type Paint, type PaneKind, type PaneSource, type ResultPane, UNPAINTED } from '../state/pane.ts';
import { insightFacts } from './insight.ts';

/** On a terminal so narrow a line is worth more than a curve. */
const NARROW = 60;

export const RESULT: PaneKind<ResultPane> = {
  place: 'below',
  share: 1,
  lines: (pane, source, width) => 1 + resultLines(pane, source, width, UNPAINTED).length,
  title({ target, outcome }, source) {
    if (!('collection' in outcome)) return `collect  ${target.name} (${target.pid})`;
    return collectionLines(outcome.collection, target.name, { ascii: source.look.ascii })[0] ?? '';
  },
  draw: (pane, source, { width }, paint) => resultLines(pane, source, width, paint),
};

/** Each line fits the width; the verdict is dressed as a heading. */
function resultLines({ target, outcome }: ResultPane, { look }: PaneSource, width: number, { paint }: Paint): string[] {
  const style = { ascii: look.ascii, width: Math.max(10, width - 1) };
  if (!('collection' in outcome)) return troubleLines(outcome, width, style, paint);
  const told = [...collectionLines(outcome.collection, target.name, style).slice(1), ...details(outcome, style)];
  const lines = width < NARROW ? told.filter((line) => !line.includes('RSS over ')) : told;
  return lines.map((line) =>
    cut(line, width).replace(/^( {2})([A-Z]+:)/, (_, indent, verdict) => indent + paint('title', verdict)),
  );
}

type Style = Parameters<typeof paragraph>[1];

function troubleLines(
  outcome: Exclude<CollectOutcome, { collection: unknown }>,
  width: number,
  style: Style,
  paint: Paint['paint'],
): string[] {
  if (!('trouble' in outcome)) return [];
  const lines = paragraph(clean(outcome.trouble), style).map((line) => cut(line, width));
  return outcome.isAlarm === true ? lines.map((line) => paint('bad', line)) : lines;
}

function details({ collection, insight }: Extract<CollectOutcome, { collection: unknown }>, style: Style): string[] {
  const { after } = collection;
  const lines: string[] = [];
  if (after.heapUsed !== undefined) {
    const rest = Math.max(0, after.rss - heldIn(after));
    const share = `${formatPercent((rest / after.rss) * 100)}%`;
    lines.push(`Outside the heap: ${formatSize(rest)} of ${formatSize(after.rss)} RSS (${share}).`);
  }
  if (insight !== undefined)
    lines.push(...insightFacts(insight).map(([name, text]) => `${name[0]?.toUpperCase()}${name.slice(1)}: ${text}.`));
  return lines.flatMap((line) => paragraph(line, style));
}
