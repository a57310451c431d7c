// The keys that change how rows are written: `%`, `p`, `=`, and left and right in the flat list.
import { drawnPart } from '../../model/rows/label.ts';
import { cellWidth } from '../../text/width.ts';
import type { DisplayCommand } from '../state/key-command.ts';
import type { KeyCommand } from '../state/keys.ts';
import { only, type State, type Update } from '../state/state.ts';
import { visibleRows } from '../view/selectors.ts';
import { changeArrangement } from './folding.ts';

/** Cells that one key press moves the list. */
const STEP = 8;

/** Whether a command is about how rows are written. */
export function isOfDisplay(command: KeyCommand): command is DisplayCommand {
  return ['percent', 'path', 'scale', 'sideways'].includes(command.do);
}

/** Carries out a command of that kind. Only the flat list scrolls sideways: in tree and groups the same keys fold and open. */
export function inDisplay(state: State, command: DisplayCommand): Update {
  if (command.do === 'scale') return only(scaleTurned(state));
  if (command.do !== 'sideways') return only(turned(state, command.do));
  if (state.arrangement === 'list') return only(panned(state, command.by));
  return changeArrangement(state, { do: command.by === 1 ? 'unfold' : 'fold' });
}

/** `%` and `p`. */
function turned(state: State, what: 'percent' | 'path'): State {
  const { display } = state;
  if (what === 'percent') {
    const isPercent = !display.isPercent;
    if (isPercent && state.view?.snapshot.system.total === undefined)
      return { ...state, notice: 'Memory size unknown: sizes stay in bytes' };
    const notice = isPercent ? "Sizes in percent of the machine's memory" : 'Sizes in bytes';
    return { ...state, display: { ...display, isPercent }, notice };
  }
  const isPathShown = !display.isPathShown;
  const notice = isPathShown ? 'Commands with their paths' : 'Commands by name, without paths';
  return { ...state, display: { ...display, isPathShown, pan: 0 }, notice };
}

/** Switches between one scale for all trends and one for each. */
function scaleTurned(state: State): State {
  const notice = state.isScaleShared
    ? 'Each trend has its own scale (compare shapes)'
    : 'All trends share one scale (compare sizes)';
  return { ...state, isScaleShared: !state.isScaleShared, notice };
}

/** Left and right in the flat list: scrolls the commands sideways, up to the end of the longest on the screen. */
function panned(state: State, direction: 1 | -1): State {
  const width = state.layout.columns.find(({ column }) => column.flex)?.width ?? 0;
  const { isPathShown, pan } = state.display;
  const longest = Math.max(
    0,
    ...visibleRows(state).map(({ label }) => cellWidth(isPathShown ? drawnPart(label.command) : label.shortCommand)),
  );
  const furthest = width === 0 ? 0 : Math.max(0, Math.ceil((longest - width) / STEP) * STEP);
  const next = Math.max(0, Math.min(pan + direction * STEP, Math.max(furthest, direction === 1 ? pan : 0)));
  if (next === pan)
    return { ...state, notice: direction === 1 ? 'No command on the screen is longer' : 'Commands begin here' };
  return { ...state, display: { ...state.display, pan: next } };
}
