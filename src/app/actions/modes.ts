// Keys while something is open: the interval prompt, help, lists, a confirmation.

import { COLUMNS, columnOf } from '../../model/columns/columns.ts';
import { existing } from '../../numbers/existing.ts';
import { LONGEST_INTERVAL, parseDuration, SHORTEST_INTERVAL } from '../../text/duration.ts';
import { formatInterval } from '../../text/format.ts';
import { travelledTo } from '../recorder/travel.ts';
import { type Mode, only, type State, type Update } from '../state/state.ts';
import { choicesOf } from '../view/choices.ts';
import { helpHeight } from '../view/help.ts';
import { arranged } from '../view/selectors.ts';
import { approved } from './acting.ts';
import { batchBegun } from './collect-all.ts';
import { edited, inserted, type Line } from './editing.ts';
import { pasted } from './filtering.ts';
import { clamped, inList } from './list-motion.ts';
import { sortedBy } from './moving.ts';
import { searched } from './searching.ts';
import { sending } from './sending.ts';

/** The state with another mode, unchanged otherwise. */
export function withMode(state: State, mode: Mode): State {
  return { ...state, mode };
}

/** The line of a list for the current choice. */
export function currentChoice(state: State, what: 'sort' | 'user'): number {
  const current = what === 'sort' ? state.order.column.id : state.user;
  return Math.max(
    0,
    choicesOf(state, what).findIndex((choice) => choice.value === current),
  );
}

/** Enter or y does it, anything else does not. */
export function inConfirm(state: State, mode: Mode & { kind: 'confirm' }, key: string): Update {
  const table = withMode(state, { kind: 'table' });
  if (key !== 'enter' && key !== 'y') return only(table);
  if ('batch' in mode) return batchBegun(approved(table, mode.batch.waiting), mode.batch);
  const { effect } = mode;
  if (effect.do === 'collect') return { state: approved(table, [effect.target]), effects: [effect] };
  return effect.do === 'signal' ? sending(table, effect.signal, effect.to) : { state: table, effects: [effect] };
}

/** A key while an interval is typed. */
export function inInterval(state: State, line: Line, key: string): Update {
  if (key === 'escape') return only(withMode(state, { kind: 'table' }));
  if (key !== 'enter') return only(withMode(state, { kind: 'interval', ...(edited(line, key) ?? line) }));
  const { text } = line;
  const interval = parseDuration(text);
  const table = withMode(state, { kind: 'table' });
  if (text === '') return only(table);
  if (interval === undefined || interval < SHORTEST_INTERVAL || interval > LONGEST_INTERVAL) {
    return only({
      ...table,
      notice: `Invalid interval "${text}". Examples: 500ms, 2s, 5m (at least ${SHORTEST_INTERVAL}ms)`,
    });
  }
  return {
    state: { ...table, interval, notice: `Refresh interval: ${formatInterval(interval)}` },
    effects: [{ do: 'resample' }],
  };
}

/** A key while a time to go to is typed. */
export function inTime(state: State, line: Line, key: string): Update {
  if (key === 'escape') return only(withMode(state, { kind: 'table' }));
  if (key !== 'enter') return only(withMode(state, { kind: 'time', ...(edited(line, key) ?? line) }));
  const table = withMode(state, { kind: 'table' });
  return line.text === '' ? only(table) : travelledTo(table, line.text);
}

/** A key while help is open: moves in it, or closes it. */
export function inHelp(state: State, top: number, key: string): Update {
  const { content } = state.layout;
  const place = { line: top, last: Math.max(0, helpHeight(state) - content), page: Math.max(1, content - 1) };
  return inList(state, key, place, {
    moved: (line) => withMode(state, { kind: 'help', top: line }),
    otherwise: () => withMode(state, { kind: 'table' }),
  });
}

/** A key while a list is open. */
export function inChoice(state: State, mode: Mode & { kind: 'choose' }, key: string): Update {
  const choices = choicesOf(state, mode.what);
  const table = withMode(state, { kind: 'table' });
  const choice = choices[mode.index];
  if (key === 'enter' && choice !== undefined) {
    if (mode.what === 'user') return only(arranged({ ...table, user: choice.value }));
    return only(sortedBy(table, columnOf(choice.value ?? '') ?? existing(COLUMNS[0])));
  }
  const place = { line: mode.index, last: choices.length - 1, page: Math.max(1, state.layout.list?.height ?? 1) };
  return inList(state, key, place, { moved: (line) => pointedAt(state, mode, line), otherwise: () => table });
}

/** The list with another entry marked. */
export function pointedAt(state: State, mode: Mode & { kind: 'choose' }, wanted: number): State {
  const index = clamped(wanted, choicesOf(state, mode.what).length - 1);
  return withMode(state, { ...mode, index, top: state.layout.list?.first });
}

/** A paste: text for a prompt, and never a key. */
export function typed(state: State, text: string): Update {
  const { mode } = state;
  if (mode.kind === 'filter') return pasted(state, mode, text);
  if (mode.kind === 'interval' || mode.kind === 'time')
    return only(withMode(state, { ...mode, ...inserted(mode, text) }));
  if (mode.kind === 'search') {
    const line = inserted(mode, text.replace(/\s+/g, ' '));
    return only(searched(state, mode, line.text, line.caret));
  }
  return only({ ...state, notice: 'Paste ignored: press / to filter by it' });
}
