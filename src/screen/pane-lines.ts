// Panes in the place of the table: help, and lists to choose from.
import { choicesOf } from '../app/choices.ts';
import { helpLines } from '../app/help.ts';
import type { Layout } from '../app/layout.ts';
import type { Mode, State } from '../app/state.ts';
import { cut, fitLeft } from '../model/width.ts';
import type { Theme } from './theme.ts';

const TERM_WIDTH = 10;

/** The help screen from line `top` on, in the place of titles and table. */
export function helpPane(state: State, layout: Layout, top: number, theme: Theme): string[] {
  const height = layout.content;
  const lines = helpLines(state).slice(top, top + height);
  return filled(
    height,
    lines.map(({ term, text }) => {
      if (text === '') return theme.paint('title', cut(theme.plain(term), state.columns));
      const key = theme.paint('key', fitLeft(theme.plain(term), TERM_WIDTH));
      return `  ${key} ${cut(theme.plain(text), state.columns - TERM_WIDTH - 3)}`;
    }),
  );
}

/** A list to choose from, the chosen line marked and always on the screen. */
export function choicePane(state: State, layout: Layout, mode: Mode & { kind: 'choose' }, theme: Theme): string[] {
  const height = layout.content;
  const heading = mode.what === 'sort' ? 'Sort by' : 'Show the processes of';
  const choices = choicesOf(state, mode.what);
  const room = height - 1;
  const first = Math.max(0, Math.min(mode.index - Math.floor(room / 2), choices.length - room));
  const lines = choices.slice(first, first + room).map((choice, index) => {
    const isChosen = first + index === mode.index;
    const mark = isChosen ? theme.signs.selected : ' ';
    const text = fitLeft(
      `${mark} ${fitLeft(theme.plain(choice.title), 12)} ${theme.plain(choice.meaning)}`,
      state.columns,
    );
    return isChosen ? theme.paint('selected', text) : text;
  });
  return filled(height, [theme.paint('title', cut(heading, state.columns)), ...lines]);
}

function filled(height: number, lines: readonly string[]): string[] {
  return Array.from({ length: height }, (_, index) => lines[index] ?? '');
}
