// The menu of signals in place of the table: the targets, warnings, and the list.

import type { Layout } from '../../app/layout/layout.ts';
import type { Addressee } from '../../app/state/signals.ts';
import type { Mode, State } from '../../app/state/state.ts';
import type { Signal } from '../../model/signals.ts';
import { formatSize } from '../../text/format.ts';
import { cellWidth, cut, fitLeft, fitRight } from '../../text/width.ts';
import type { Theme } from '../theme/theme.ts';

type Menu = Mode & { readonly kind: 'signal' };

/** From this many lines on the menu shows the command, and empty lines between its parts. */
const ROOMY = 12;
const NAME_WIDTH = 6;

/** The lines of the menu, as many as table and pane have together. */
export function signalPane(state: State, layout: Layout, menu: Menu, theme: Theme): string[] {
  const height = layout.content;
  const top = [...addressed(menu.to, state.columns, height, theme), ...warned(menu, state.columns, height, theme)];
  if (height >= ROOMY) top.push('');
  const list = listed(state, menu, Math.max(1, height - top.length), theme);
  return Array.from({ length: height }, (_, index) => [...top, ...list][index] ?? '');
}

/** The targets: one with all that identifies it; several by their number, with as many names as fit. */
function addressed(to: readonly Addressee[], columns: number, height: number, theme: Theme): string[] {
  const [first] = to;
  if (first === undefined) return [];
  const title = (text: string) => theme.paint('title', shortened(text, columns, theme));
  if (to.length === 1) {
    const whose = first.user === '' ? '' : ` of ${first.user}`;
    const long = `Signal to ${first.name} (${first.pid})${whose}, ${formatSize(first.rss)}`;
    const heading = title(cellWidth(long) <= columns ? long : `${first.pid} ${first.name}${whose}`);
    return height >= ROOMY ? [heading, shortened(`  ${first.command}`, columns, theme)] : [heading];
  }
  const sum = to.reduce((bytes, { rss }) => bytes + rss, 0);
  const heading = title(`Signal to ${to.length} ${columns < 30 ? 'tagged' : 'tagged processes'}, ${formatSize(sum)}`);
  const lines = height < 6 ? 0 : height < ROOMY ? 2 : Math.floor(height / 3);
  const few = to.length <= lines ? to : to.slice(0, Math.max(0, lines - 1));
  const names = few.map((one) => shortened(`  ${describe(one)}`, columns, theme));
  const rest = to.length - few.length;
  return [heading, ...names, ...(rest > 0 && lines > 0 ? [theme.plain(`  … and ${rest} more`)] : [])];
}

function describe({ pid, user, rss, command }: Addressee): string {
  return `${fitRight(String(pid), 7)} ${fitLeft(user, 8)} ${fitRight(formatSize(rss), 5)} ${command}`;
}

function warned({ warnings }: Menu, columns: number, height: number, theme: Theme): string[] {
  // The last line is always for the list, however many warnings there are.
  const lines = warnings.slice(0, Math.max(0, height - 2));
  return lines.map((line) => theme.paint('warn', shortened(`! ${line}`, columns, theme)));
}

function listed(state: State, { index: chosen }: Menu, lines: number, theme: Theme): string[] {
  const { offered } = state.signals;
  const first = Math.max(0, Math.min(chosen - Math.floor(lines / 2), offered.length - lines));
  return offered.slice(first, first + lines).map((signal, index) => {
    const isChosen = first + index === chosen;
    const text = fitLeft(shortened(entry(signal, isChosen, theme), state.columns, theme), state.columns);
    return isChosen ? theme.paint('selected', text) : text;
  });
}

function entry({ number, name, meaning }: Signal, isChosen: boolean, theme: Theme): string {
  const mark = isChosen ? theme.signs.selected : ' ';
  return `${mark} ${fitRight(String(number), 2)} ${fitLeft(name, NAME_WIDTH)} ${theme.plain(meaning)}`;
}

function shortened(text: string, columns: number, theme: Theme): string {
  const whole = theme.plain(text);
  return cellWidth(whole) <= columns ? whole : cut(whole, columns - 1) + theme.signs.cut;
}
