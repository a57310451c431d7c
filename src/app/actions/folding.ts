// Changes the arrangement of the table: tree, groups, and folding in them.

import { type Arrangement, groupingOf } from '../../model/arrangement/layout.ts';
import { keyOf } from '../../model/rows/members.ts';
import { GROUPINGS, type Row } from '../../model/rows/row.ts';
import type { ArrangementCommand } from '../state/key-command.ts';
import type { KeyCommand } from '../state/keys.ts';
import { only, type State, type Update } from '../state/state.ts';
import { held } from '../view/selection.ts';
import { arranged } from '../view/selectors.ts';

/** Whether a command changes the arrangement of the table. */
export function isArrangementCommand(command: KeyCommand): command is ArrangementCommand {
  return ['tree', 'group', 'fold', 'unfold'].includes(command.do);
}

/** Carries out a command that changes the arrangement. */
export function changeArrangement(state: State, command: ArrangementCommand): Update {
  switch (command.do) {
    case 'tree':
      return only(treeToggled(state));
    case 'group': {
      const next = nextGrouping(state);
      // Cgroups are read only while the table is grouped by them: sample now, not in the next tick.
      return { state: next, effects: next.arrangement === 'cgroup' ? [{ do: 'sample' }] : [] };
    }
    default:
      return only(folded(state, command.do));
  }
}

/** Switches between the tree and the list. */
function treeToggled(state: State): State {
  return arrangedAs(state, state.arrangement === 'tree' ? 'list' : 'tree');
}

/** The next grouping: by name, by user, by cgroup, none. */
function nextGrouping(state: State): State {
  const by = groupingOf(state.arrangement);
  return arrangedAs(state, GROUPINGS[by === undefined ? 0 : GROUPINGS.indexOf(by) + 1] ?? 'list');
}

function arrangedAs(state: State, arrangement: Arrangement): State {
  return arranged({ ...state, arrangement, notice: arrangement === 'list' ? 'Flat list' : undefined });
}

/**
 * Folds or opens the selected row. Where there is nothing to fold, the selection moves to the parent row.
 */
export function folded(state: State, to: 'fold' | 'unfold'): State {
  const row = state.shown[state.cursor];
  if (state.arrangement === 'list') return { ...state, notice: 'Nothing to fold: press t for the tree, b for groups' };
  if (row?.tree === undefined) return state;
  const { hasChildren, isFolded, above } = row.tree;
  if (hasChildren && isFolded === (to === 'unfold'))
    return arranged({ ...state, anchor: held(state.anchor), toggled: withToggled(state, row) });
  if (to === 'unfold' || above === undefined) return state;
  return {
    ...state,
    anchor: 'process',
    cursor: Math.max(
      0,
      state.shown.findIndex((each) => each.tree === above),
    ),
  };
}

function withToggled({ toggled }: State, row: Row): ReadonlySet<string> {
  const key = keyOf(row);
  return toggled.has(key) ? new Set([...toggled].filter((each) => each !== key)) : new Set([...toggled, key]);
}
