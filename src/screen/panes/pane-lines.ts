// Panes in the place of the table: help, and lists to choose from.

import { chosenIn } from '../../app/actions/column-chooser.ts';
import type { Layout } from '../../app/layout/layout.ts';
import type { Mode, State } from '../../app/state/state.ts';
import { choicesOf } from '../../app/view/choices.ts';
import { helpLines, TERM_WIDTH } from '../../app/view/help.ts';
import { columnOf } from '../../model/columns/columns.ts';
import { cellWidth, cut, fitLeft } from '../../text/width.ts';
import type { Theme } from '../theme/theme.ts';

const TITLE_WIDTH = 12;
/** Below this many columns the text takes the whole width. */
const NARROW = 60;
const NARROW_TITLE = 8;

/** The help screen from line `top` on, in the place of titles and table. */
export function helpPane(state: State, layout: Layout, top: number, theme: Theme): string[] {
  const height = layout.content;
  const lines = helpLines(state).slice(top, top + height);
  return filled(
    height,
    lines.map(({ term, text, isWide }) => {
      if (isWide) return cut(theme.plain(text), state.columns);
      if (text === '') return theme.paint('title', cut(theme.plain(term), state.columns));
      const key = theme.paint('key', fitLeft(theme.plain(term), TERM_WIDTH));
      return `  ${key} ${cut(theme.plain(text), state.columns - TERM_WIDTH - 3)}`;
    }),
  );
}

/** A list to choose from, the chosen line marked and always on the screen. */
export function choicePane(state: State, layout: Layout, mode: Mode & { kind: 'choose' }, theme: Theme): string[] {
  const heading = mode.what === 'sort' ? 'Sort by' : 'Show the processes of';
  const choices = choicesOf(state, mode.what);
  const { first, height } = state.layout.list ?? { first: 0, height: 0 };
  const lines = choices.slice(first, first + height).map((choice, index) => {
    const text = `${fitLeft(theme.plain(choice.title), TITLE_WIDTH)} ${theme.plain(choice.meaning)}`;
    return entry(text, first + index === mode.index, state.columns, theme);
  });
  return filled(layout.content, [theme.paint('title', cut(heading, state.columns)), ...lines]);
}

/** The column chooser: which are shown, what each means, and which do not fit on this terminal. */
export function columnsPane(state: State, mode: Mode & { kind: 'columns' }, theme: Theme): string[] {
  const { first, height, count } = state.layout.list ?? { first: 0, height: 0, count: 0 };
  const chosen = chosenIn(state);
  const fitted = new Set<string>(state.layout.columns.map(({ column }) => column.id));
  const { descending, ascending } = theme.signs;
  const titleWidth = state.columns < NARROW ? NARROW_TITLE : TITLE_WIDTH;
  const lines = mode.list.slice(first, first + height).map((id, index) => {
    const column = columnOf(id);
    const isSorted = id === state.order.column.id;
    const title = `${theme.plain(column?.title ?? '')}${isSorted ? (state.order.descending ? descending : ascending) : ''}`;
    const note = chosen.has(id) && !fitted.has(id) ? 'no space for it: ' : '';
    const text = `[${chosen.has(id) ? 'x' : ' '}] ${fitLeft(title, titleWidth)} ${note}${theme.plain(column?.meaning ?? '')}`;
    return entry(text, first + index === mode.index, state.columns, theme);
  });
  const cramped = chosen.size - fitted.size;
  const where = height < count ? `  lines ${first + 1} to ${Math.min(count, first + height)}` : '';
  const counted = `Columns: ${chosen.size} of ${count}${cramped > 0 ? `, ${cramped} without space` : ''}`;
  const whole = cellWidth(counted + where) <= state.columns ? counted + where : counted;
  const heading = theme.paint('title', cut(whole, state.columns));
  return filled(height + 1, [heading, ...lines]);
}

/** A line of a list; the marked one by a sign, and in colour where there is any. */
function entry(text: string, isMarked: boolean, width: number, theme: Theme): string {
  const line = fitLeft(`${isMarked ? theme.signs.selected : ' '} ${text}`, width);
  return isMarked ? theme.paint('selected', line) : line;
}

function filled(height: number, lines: readonly string[]): string[] {
  return Array.from({ length: height }, (_, index) => lines[index] ?? '');
}
