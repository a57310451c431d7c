// The open pane as lines of the screen, with those of the table next to it.

import { type Areas, type PaneBox, spaceIn } from '../../app/layout/areas.ts';
import { drawn, paneTitleOf } from '../../app/panes/drawn.ts';
import type { State } from '../../app/state/state.ts';
import { hasPaneFocus } from '../../app/view/selectors.ts';
import { counted } from '../../text/plural.ts';
import { cellWidth, cut } from '../../text/width.ts';
import type { Theme } from '../theme/theme.ts';

/** The lines of table and pane together, as many as the layout has for both. */
export function withPane(table: readonly string[], state: State, layout: Areas, theme: Theme): string[] {
  const { pane: box } = layout;
  if (box === undefined || state.pane === undefined) return [...table];
  const pane = paneFrame(state, box, theme);
  if (box.place !== 'side') return [...table, ...pane];
  const border = theme.paint('quiet', theme.signs.border);
  return pane.map((line, index) => `${padded(table[index] ?? '', layout.tableWidth)}${border}${line}`);
}

/** A title line, and as many lines of the pane below it as fit. */
function paneFrame(state: State, box: PaneBox, theme: Theme): string[] {
  if (state.pane === undefined) return [];
  const space = spaceIn(box);
  const indent = box.place === 'side' ? ' ' : '';
  const lines = drawn(state.pane, state, space, theme);
  const top = Math.max(0, Math.min(state.pane.top, lines.length - space.height));
  const content = Array.from({ length: space.height }, (_, index) => indent + (lines[top + index] ?? ''));
  const below = lines.length - space.height - top;
  return [titleLine({ title: paneTitleOf(state.pane, state), below }, state, box, theme), ...content];
}

/** The title, marked where the arrow keys move the pane, and its hints at the right. */
function titleLine(
  { title, below }: { readonly title: string; readonly below: number },
  state: State,
  { place, width }: PaneBox,
  theme: Theme,
): string {
  const isFocused = hasPaneFocus(state);
  const rule = place === 'side' ? ' ' : theme.signs.rule;
  const mark = isFocused ? theme.signs.focus : rule;
  const text = cut(theme.plain(title), width - 3);
  const more = below > 0 ? `${counted(below, 'more line')}  ` : '';
  const keys = place === 'instead' ? 'Esc close' : 'Tab  Esc close';
  const rest = width - cellWidth(text) - 3;
  const hints = [more + keys, keys, more.trim()].find((hint) => hint !== '' && cellWidth(hint) + 2 <= rest);
  const right = hints === undefined ? '' : ` ${hints}`;
  const fill = rule.repeat(Math.max(0, rest - cellWidth(right)));
  const role = isFocused ? 'mark' : 'title';
  return `${theme.paint(isFocused ? 'mark' : 'quiet', mark)} ${theme.paint(role, text)} ${theme.paint('quiet', fill + right)}`;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the styles of our own lines.
const STYLES = /\u001b\[[\d;]*m/g;

/** The line filled up with blanks; styles take no cells. */
function padded(line: string, width: number): string {
  return line + ' '.repeat(Math.max(0, width - cellWidth(line.replace(STYLES, ''))));
}
