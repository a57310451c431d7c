// The lines pane: the progress of the watch, and then what holds the memory of a process.

import { paragraph } from '../../model/collection/report.ts';
import { holderLines } from '../../model/lines/holder-lines.ts';
import { clean } from '../../text/clean.ts';
import { cut } from '../../text/width.ts';
import { isSame } from '../state/collects.ts';
import type { LinesPane, PaneKind, PaneSource } from '../state/pane.ts';

/** Seconds that a process is watched for from the screen. */
export const WATCHED_SECONDS = 30;
/** Cells of the bar at most. */
const LONGEST_BAR = 30;

export const HOLDERS: PaneKind<LinesPane> = {
  place: 'below',
  fraction: 1,
  height: (pane, source, { width }) => textOf(pane, source, width).length,
  title({ target, outcome }, { appearance: { ascii } }) {
    if (outcome === undefined || !('holders' in outcome)) return `lines  ${target.name} (${target.pid})`;
    return holderLines(outcome.holders, target.name, { ascii })[0] ?? '';
  },
  draw: (pane, source, { width }, { paint }) =>
    textOf(pane, source, width).map((line) =>
      cut(line, width).replace(/^( {2})([A-Z]+:)/, (_, indent, verdict) => indent + paint('title', verdict)),
    ),
};

/** Its text, wrapped to the width. */
function textOf({ target, outcome }: LinesPane, source: PaneSource, width: number): string[] {
  const style = { ascii: source.appearance.ascii, width: Math.max(10, width - 1) };
  if (outcome === undefined) return progress(target, source, style);
  if ('holders' in outcome) return holderLines(outcome.holders, target.name, style).slice(1);
  return paragraph(clean('trouble' in outcome ? outcome.trouble : ''), style);
}

function progress(
  target: LinesPane['target'],
  { collects, view, appearance }: PaneSource,
  style: { width: number; ascii: boolean },
) {
  const since = collects.running.find((running) => isSame(running.target, target))?.since;
  const time = view?.snapshot.time;
  const passed = since === undefined || time === undefined ? 0 : Math.max(0, Math.round((time - since) / 1000));
  const seconds = Math.min(passed, WATCHED_SECONDS);
  const length = Math.max(4, Math.min(LONGEST_BAR, style.width - 26));
  const full = Math.round((seconds / WATCHED_SECONDS) * length);
  const bar = (appearance.ascii ? '#' : '█').repeat(full) + (appearance.ascii ? '.' : '░').repeat(length - full);
  const state = passed < WATCHED_SECONDS ? `${seconds} of ${WATCHED_SECONDS} s` : 'looking for names';
  return [
    `  Watching  ${bar}  ${state}`,
    ...paragraph(
      'Finds growing containers and what allocates them. Esc closes this; the result opens when it is ready.',
      style,
    ),
  ];
}
