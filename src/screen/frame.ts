// The lines of a frame: a state in, exactly as many lines out as the terminal has. Both the first frame and Ink draw them.
import type { Layout } from '../app/layout/layout.ts';
import type { State } from '../app/state/state.ts';
import { cut } from '../text/width.ts';
import { wrapped } from '../text/wrap.ts';
import { headerLines } from './header/header.ts';
import { withPane } from './panes/pane-frame.ts';
import { choicePane, columnsPane, helpPane } from './panes/pane-lines.ts';
import { signalPane } from './panes/signal-pane.ts';
import { statusLines } from './prompt/status-line.ts';
import { tableLines } from './table/table.ts';
import { type Theme, themeOf } from './theme/theme.ts';

/** Below this many columns the screen does not promise to fit. */
const TINY = 24;
/** Below this width a row has no space for a name after its number. */
const FEWEST_COLUMNS = 10;
const TOO_SMALL = 'needs at least 20x5';

/** A frame, and what decides how its screen is divided: where that is the same, so is the place of each line. */
export interface Frame {
  readonly lines: readonly string[];
  readonly areas: readonly unknown[];
}

/** The frame of a state. */
export function frameOf(state: State): Frame {
  return { lines: frameLines(state), areas: areasOf(state) };
}

/** The lines of the frame, each no wider than the terminal. */
export function frameLines(state: State): string[] {
  if (state.columns < FEWEST_COLUMNS) return wrapped(TOO_SMALL, state.columns, state.lines);
  const isTiny = state.columns < TINY;
  const theme = themeOf({ ...state.appearance, color: state.appearance.color && !isTiny });
  const layout = state.layout;
  const body = bodyLines(state, layout, theme);
  const status = layout.hasStatus ? statusLines(state, Math.max(1, body.length), theme) : [];
  const covered = Math.max(0, status.length - 1);
  const lines = [...headerLines(state, layout, theme), ...body.slice(0, body.length - covered), ...status];
  // Where hardly a column fits, lines are cut rather than refused.
  return lines.slice(0, state.lines).map((line) => (isTiny ? cut(line, state.columns) : line));
}

function bodyLines(state: State, layout: Layout, theme: Theme): string[] {
  switch (state.mode.kind) {
    case 'help':
      return helpPane(state, layout, state.mode.top, theme);
    case 'signal':
      return signalPane(state, layout, state.mode, theme);
    case 'choose':
      return choicePane(state, layout, state.mode, theme);
    case 'columns':
      return [...tableLines(state, layout, theme), ...columnsPane(state, state.mode, theme)];
    default:
      return withPane(tableLines(state, layout, theme), state, layout, theme);
  }
}

function areasOf({ columns, lines, mode, pane, layout }: State): readonly unknown[] {
  return [columns, lines, mode.kind, pane?.kind, layout.headerLines, layout.hasTitles, layout.body, layout.hasStatus];
}
