// The one place where the state changes: state and action in, state and effects out. Pure.

import type { Column } from '../../model/columns/column.ts';
import { columnOf } from '../../model/columns/columns.ts';
import { playedTo, speedTurned } from '../recorder/replaying.ts';
import { isOfTime, travelledBy } from '../recorder/travel.ts';
import { begun, ended, isSame, type Running } from '../state/collects.ts';
import { bindingOf, type SearchCommand } from '../state/key-command.ts';
import { keyTitle } from '../state/key-title.ts';
import type { KeyBinding, KeyCommand } from '../state/keys.ts';
import { jumpOf, onSample, onSilence } from '../state/sample-timing.ts';
import { only, type State, type Update, type View } from '../state/state.ts';
import { laidOut } from '../view/laid-out.ts';
import { arranged, hasPaneFocus } from '../view/selectors.ts';
import type { Action } from './action.ts';
import { ACTS } from './acts.ts';
import { batchContinued, batchStopped } from './collect-all.ts';
import { chooserOpened, inColumns } from './column-chooser.ts';
import { filterOpened, inFilter, unfiltered, withRegexes } from './filtering.ts';
import { changeArrangement, isArrangementCommand } from './folding.ts';
import { gaugeTurned } from './gauge-choice.ts';
import { currentChoice, inChoice, inConfirm, inHelp, inInterval, inTime, typed, withMode } from './modes.ts';
import { moused } from './mouse.ts';
import { followToggled, inverted, moved, pauseToggled, recalled, sortedBy, sortedByNext } from './moving.ts';
import {
  chartZoomed,
  detailToggled,
  focusMoved,
  following,
  memoryToggled,
  oomToggled,
  opened,
  refreshed,
  scrolledPane,
  shut,
} from './pane-moves.ts';
import { inDisplay, isOfDisplay } from './row-display.ts';
import { inSearch, jumped, nextMatch, searchOpened } from './searching.ts';
import { signalled } from './sending.ts';
import { inSignal } from './signal-menu.ts';
import { withoutEnded } from './tagging.ts';

/** Milliseconds that a notice stays, unless a key removes it. */
const NOTICE_STAYS = 8000;

/** The state after an action, laid out. */
export function update(before: State, action: Action): Update {
  const { state, effects } = searchingOn(updated(before, action));
  return { state: laidOut(before, dated(before, state)), effects };
}

/** The state with the time of its notice, where the notice is new. */
function dated(before: State, state: State): State {
  if (state.notice === before.notice || state.notice === undefined) return state;
  return { ...state, noticedAt: state.latest?.snapshot.monotonic ?? 0 };
}

/** Rows that patterns left out are searched soon: the screen must not wait for them. */
function searchingOn({ state, effects }: Update): Update {
  return { state, effects: state.isSearching ? [...effects, { do: 'search-on' }] : effects };
}

function updated(state: State, action: Action): Update {
  switch (action.type) {
    case 'sampled':
      return only(sampled(state, action.view));
    case 'recorded':
      return only({ ...state, recorded: action.recorded });
    case 'recalled':
      return only(recalled(state, action.recalled));
    case 'played':
      return playedTo(state, action.time);
    case 'resized':
      return only({ ...state, columns: action.columns, lines: action.rows });
    case 'key':
      return following(state, pressed(state, action.key, action.at));
    case 'mouse':
      return following(state, moused(state, action, pressed));
    case 'paste':
      return typed(state, action.text);
    case 'loaded':
      return withRegexes(state, action.regexes);
    case 'search-on':
      return only(state.isSearching ? arranged(state) : state);
    case 'began':
      return only(commenced(state, action.running));
    case 'signalled':
      return only(signalled(state, action.signal, action.deliveries));
    case 'ended':
      return batchContinued(state, action.target, action.outcome, action.at) ?? only(concluded(state, action));
    case 'overdue':
      return only({ ...state, timing: onSilence(state.timing, action.silence, state.interval) });
    case 'background':
      return only({ ...state, appearance: { ...state.appearance, background: action.background } });
    case 'notified':
      return only({ ...state, notice: action.notice });
  }
}

function sampled(before: State, view: View): State {
  const isStale = view.snapshot.monotonic - before.noticedAt > NOTICE_STAYS;
  const last = before.latest?.snapshot;
  const timing = onSample(before.timing, last, view.snapshot, before.interval);
  const notice = jumpOf(last, view.snapshot) ?? (isStale ? undefined : before.notice);
  const aged = { ...before, timing, notice };
  const state = withoutEnded(aged, view, aged.signals.awaited);
  if (state.isPaused) return { ...state, latest: view };
  return refreshed(arranged({ ...state, view, latest: view }, state));
}

function commenced(state: State, running: Running): State {
  const begins = { ...state, collects: begun(state.collects, running) };
  if (running.what !== 'lines') return begins;
  return opened(begins, { kind: 'lines', target: running.target, outcome: undefined, top: 0, behind: undefined });
}

function concluded(state: State, { target, outcome, at }: Action & { type: 'ended' }): State {
  const collects = ended(state.collects, target, outcome, at);
  if ('attached' in outcome) {
    return { ...state, collects, notice: `Agent attached to ${target.name} (${target.pid}); press c to collect` };
  }
  if (state.collects.running.some(({ what, target: one }) => what === 'lines' && isSame(one, target))) {
    return opened({ ...state, collects }, { kind: 'lines', target, outcome, top: 0, behind: undefined });
  }
  return opened({ ...state, collects }, { kind: 'result', target, outcome, top: 0, behind: undefined });
}

function pressed(state: State, given: string, at = 0): Update {
  // Only the chooser gives arrows with Shift a meaning of their own.
  const key = state.mode.kind === 'columns' ? given : given.replace(/^shift-(?=up$|down$)/, '');
  if (key === 'ctrl-c') return { state, effects: [{ do: 'quit' }] };
  switch (state.mode.kind) {
    case 'table':
      return run(state, key, at);
    case 'filter':
      return inFilter(state, state.mode, key);
    case 'search':
      return inSearch(state, state.mode, key);
    case 'interval':
      return inInterval(state, state.mode, key);
    case 'time':
      return inTime(state, state.mode, key);
    case 'help':
      return inHelp(state, state.mode.top, key);
    case 'confirm':
      return inConfirm(state, state.mode, key);
    case 'signal':
      return inSignal(state, state.mode, key);
    case 'choose':
      return inChoice(state, state.mode, key);
    case 'columns':
      return inColumns(state, state.mode, key);
  }
}

/** Does what a key of the table means. */
function run(before: State, key: string, at: number): Update {
  const binding = bindingOf(key);
  const notice = refusalOf(key, binding, before);
  if (binding?.command.do === 'jump') return only(jumped(before, key, at));
  const isQuiet = before.notice === notice && before.jump === undefined;
  const state = isQuiet ? before : { ...before, notice, jump: undefined };
  return binding === undefined || notice !== undefined ? only(state) : performed(state, binding.command);
}

/** Why a key does nothing; undefined when it does something. */
function refusalOf(
  key: string,
  binding: KeyBinding | undefined,
  { isReadonly, past, replay }: State,
): string | undefined {
  if (binding === undefined) return `No such key: ${keyTitle(key)} (? for help)`;
  if (binding.acts !== true) return undefined;
  if (replay !== undefined) return `${keyTitle(key)}: a replay acts on no process`;
  if (isReadonly) return `${keyTitle(key)}: disabled by --readonly`;
  return past === undefined
    ? undefined
    : `${keyTitle(key)} acts on processes as they are now: press z to go back to now`;
}

function performed(state: State, command: KeyCommand): Update {
  if (isArrangementCommand(command)) return changeArrangement(state, command);
  if (isOfDisplay(command)) return inDisplay(state, command);
  if (isOfTime(command)) return travelledBy(state, command);
  if (isOfSearch(command)) return only(command.do === 'search' ? searchOpened(state) : nextMatch(state));
  switch (command.do) {
    case 'move':
      return only(hasPaneFocus(state) ? scrolledPane(state, command.by) : moved(state, command.by));
    case 'sort':
      return only(sortedBy(state, columnOf(command.column) as Column));
    case 'sort-next':
      return only(sortedByNext(state, command.by));
    case 'invert':
      return only(inverted(state));
    case 'follow':
      return only(followToggled(state));
    case 'choose':
      return only(withMode(state, { kind: 'choose', what: command.what, index: currentChoice(state, command.what) }));
    case 'filter':
      return only(filterOpened(state));
    case 'kernel':
      return only(kernelToggled(state));
    case 'gauge':
      return only(gaugeTurned(state));
    case 'interval':
      return only(withMode(state, { kind: 'interval', text: '', caret: 0 }));
    case 'speed':
      return only(speedTurned(state));
    case 'pause':
      return pauseToggled(state);
    case 'columns':
      return only(chooserOpened(state));
    case 'detail':
      return detailToggled(state);
    case 'oom':
      return oomToggled(state);
    case 'memory':
      return memoryToggled(state);
    case 'zoom':
      return only(chartZoomed(state, command.by));
    case 'focus':
      return only(focusMoved(state));
    case 'close':
      return only(closed(state));
    case 'act':
      return ACTS[command.what](state);
    case 'help':
      return only(withMode(state, { kind: 'help', top: 0 }));
    default:
      return { state, effects: [{ do: command.do }] };
  }
}

function isOfSearch(command: KeyCommand): command is SearchCommand {
  return ['search', 'search-next', 'jump'].includes(command.do);
}

/** Hides or shows kernel threads. */
function kernelToggled(state: State): State {
  const notice = state.kernel ? 'Kernel threads hidden' : 'Kernel threads shown';
  return arranged({ ...state, kernel: !state.kernel, notice });
}

/** Esc: the pane first, then what narrows the table. */
function closed(state: State): State {
  const stopping = batchStopped(state);
  if (stopping !== undefined) return stopping;
  return state.pane === undefined ? unfiltered({ ...state, user: undefined }) : shut(state);
}
