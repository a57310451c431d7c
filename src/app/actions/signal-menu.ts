// The menu of signals: its targets, the selected signal, and its keys. Only a signal to PID 1 needs a further confirmation.

import { drawnPart } from '../../model/rows/label.ts';
import { membersOf } from '../../model/rows/members.ts';
import type { Row } from '../../model/rows/row.ts';
import { signalTyped } from '../../model/signals.ts';
import { targetOf } from '../state/collects.ts';
import { type Addressee, isAmong } from '../state/signals.ts';
import { type Mode, only, type State, type Update } from '../state/state.ts';
import { editedText } from './editing.ts';
import { inList } from './list-motion.ts';
import { sending } from './sending.ts';
import { taggedRows } from './tagging.ts';

type Menu = Mode & { readonly kind: 'signal' };

/** F9: opens the menu for the tagged processes, or for the selected row where none is tagged; or shows why it cannot. */
export function askToSignal(state: State): Update {
  const tagged = taggedRows(state);
  const selected = state.shown[state.cursor];
  const rows = tagged.length > 0 ? tagged : selected === undefined ? [] : membersOf(selected);
  if (rows.length === 0) return withNotice(state, 'no process to signal');
  const own = state.latest?.snapshot.observer?.pid;
  const to = rows.filter(({ process: { who } }) => isReachable(who.pid, own) && !who.kernel);
  if (to.length === 0) return withNotice(state, whyNone(rows, own));
  const warnings = [...leftOut(rows, own), ...dangers(state, to, own)];
  const addressees = to.map(addresseeOf);
  const preselected = addressees.every((one) => isAmong(state.signals.stubborn, one)) ? 'KILL' : 'TERM';
  const index = Math.max(0, signalTyped(state.signals.offered, preselected));
  return only({ ...state, mode: { kind: 'signal', to: addressees, warnings, typed: '', index } });
}

/** A key while the menu is open: letters and digits are typed, arrows move, Enter sends, Esc leaves. */
export function inSignal(state: State, menu: Menu, key: string): Update {
  if (key === 'escape' || key === 'f9')
    return only({ ...state, mode: { kind: 'table' }, notice: 'no signal was sent' });
  if (key === 'enter') return chosen(state, menu);
  const { offered } = state.signals;
  const typed = editedText(menu.typed, key);
  if (typed !== undefined && key !== 'space') {
    const index = signalTyped(offered, typed);
    return only({ ...state, mode: { ...menu, typed, index: typed === '' || index < 0 ? menu.index : index } });
  }
  const place = { line: menu.index, last: offered.length - 1, page: Math.max(1, state.layout.content - 4) };
  return inList(state, key, place, {
    moved: (index) => ({ ...state, mode: { ...menu, typed: '', index } }),
    otherwise: () => state,
  });
}

/** Whether the typed text matches no signal: Enter must not send the selected one then. */
export function isUnknown({ signals }: State, { typed }: Pick<Menu, 'typed'>): boolean {
  return typed !== '' && signalTyped(signals.offered, typed) < 0;
}

function chosen(state: State, menu: Menu): Update {
  const signal = state.signals.offered[menu.index];
  if (signal === undefined || isUnknown(state, menu)) return only(state);
  const init = menu.to.find(({ pid }) => pid === 1);
  if (init === undefined) return sending(state, signal, menu.to);
  const question = `Really ${signal.name} to ${init.name} (1)? This may stop the machine or container.`;
  return only({ ...state, mode: { kind: 'confirm', question, effect: { do: 'signal', signal, to: menu.to } } });
}

/** kill(2) takes other numbers than PIDs for whole groups of processes. */
function isReachable(pid: number, own: number | undefined): boolean {
  return Number.isInteger(pid) && pid > 0 && pid !== own;
}

function whyNone(rows: readonly Row[], own: number | undefined): string {
  const [first] = rows as readonly [Row];
  const { who } = first.process;
  if (who.pid === own) return 'this is memtop: press q to quit it';
  const name = `${first.label.name} (${who.pid})`;
  return rows.length === 1
    ? `${name} is a kernel thread: signals have no effect`
    : 'signals have no effect on kernel threads; press q to quit memtop';
}

function leftOut(rows: readonly Row[], own: number | undefined): string[] {
  const kernel = rows.filter(({ process: { who } }) => who.kernel).length;
  const lines: string[] = [];
  if (rows.some(({ process: { who } }) => who.pid === own)) lines.push('memtop itself is excluded: press q to quit it');
  if (kernel > 0) lines.push(`${kernel} excluded: signals have no effect on them`);
  return lines;
}

/** Warns of targets that take others down with them: init, and the ancestors of memtop. */
function dangers(state: State, to: readonly Row[], own: number | undefined): string[] {
  const lines: string[] = [];
  if (to.some(({ process: { who } }) => who.pid === 1)) {
    lines.push('PID 1 is init: the machine or container may stop with it');
  }
  const above = ancestorsOf(state, own);
  const parent = to.find(({ process: { who } }) => who.pid !== 1 && above.has(who.pid));
  if (parent !== undefined) {
    lines.push(`memtop runs under ${parent.label.name} (${parent.process.who.pid}), and may exit with it`);
  }
  return lines;
}

function ancestorsOf({ latest }: State, own: number | undefined): Set<number> {
  const parents = new Map(latest?.rows.map(({ process: { who } }) => [who.pid, who.ppid]));
  const above = new Set<number>();
  let pid = own === undefined ? undefined : parents.get(own);
  while (pid !== undefined && pid > 0 && !above.has(pid)) {
    above.add(pid);
    pid = parents.get(pid);
  }
  return above;
}

function addresseeOf(row: Row): Addressee {
  const { label, process } = row;
  return { ...targetOf(row), user: label.user, command: drawnPart(label.command), rss: process.rss };
}

function withNotice(state: State, notice: string): Update {
  return only({ ...state, notice });
}
