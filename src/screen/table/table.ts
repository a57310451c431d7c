// The table: its titles and the rows that are on the screen, or a sentence where there are none.

import type { Layout } from '../../app/layout/layout.ts';
import type { State, View } from '../../app/state/state.ts';
import { visibleRows } from '../../app/view/selectors.ts';
import { fastestOf } from '../../model/rows/consequence.ts';
import { risersOf } from '../../model/rows/risers.ts';
import type { Row } from '../../model/rows/row.ts';
import { type Scale, scaleOf } from '../../text/sparkline.ts';
import { cellWidth, cut } from '../../text/width.ts';
import type { Theme } from '../theme/theme.ts';
import { rowLine, titleLine, withColumns } from './row-line.ts';

/** The title line (where the layout has one) and one line for each line of the body. */
export function tableLines(state: State, layout: Layout, theme: Theme): string[] {
  const { view } = state;
  if (view === undefined) return new Array(layout.body + Number(layout.hasTitles)).fill('');
  const rows = visibleRows(state);
  const rowStyle = {
    width: layout.tableWidth,
    moment: {
      time: view.snapshot.time,
      uptime: view.snapshot.uptime,
      timeline: view.tracker.timeline,
      memoryTotal: view.snapshot.system.total,
    },
    theme,
    trendScale: state.isScaleShared ? sharedScale(rows) : undefined,
    collects: state.collects,
    isFocused: state.pane !== undefined && state.focus === 'table',
    tags: state.tags,
    display: state.arrangement === 'list' ? state.display : { ...state.display, pan: 0 },
    fastest: theme.hasColour ? fastestOf(likeliest(state, view, rows), view.tracker.timeline) : undefined,
  };
  const context = withColumns(rowStyle, state.layout.columns);
  const lines = layout.hasTitles ? [titleLine(state.order.column.id, state.order.descending, context)] : [];
  for (let line = 0; line < layout.body; line += 1) {
    const row = rows[line];
    lines.push(row === undefined ? '' : rowLine(row, state.top + line === state.cursor, context));
  }
  if (layout.body > 0 && rows.length === 0)
    lines[layout.hasTitles ? 1 : 0] = theme.paint('quiet', cut(`  ${nothingToShow(state)}`, layout.tableWidth));
  return lines;
}

/** The rows that may be the fastest: the few that rose most, and those on the screen. */
function likeliest({ shown }: State, { tracker }: View, visible: readonly Row[]): Iterable<Row> {
  if (visible.length === shown.length) return visible;
  return new Set([...risersOf(shown, tracker.timeline), ...visible]);
}

/** A longer filter is cut in a sentence about it. */
const MOST_QUOTED = 30;

/** From nothing to the largest RSS on the screen. */
function sharedScale(rows: readonly Row[]): Scale {
  return { low: 0, high: scaleOf(rows.map((row) => row.process.rss)).high };
}

function nothingToShow(state: State): string {
  if (state.isSearching) return 'Searching…';
  const { text } = state.query;
  if (text !== '') return `No process matches "${shortened(text)}". Esc clears the filter.`;
  if (state.pids !== undefined) return 'None of these processes is still running.';
  return 'No processes to show.';
}

function shortened(text: string): string {
  return cellWidth(text) > MOST_QUOTED ? `${cut(text, MOST_QUOTED)}…` : text;
}
