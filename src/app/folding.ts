// The shape of the table: tree, groups, and what is folded in them.
import { GROUPINGS } from '../model/grouping.ts';
import { keyOf } from '../model/members.ts';
import { groupingOf, type TableShape } from '../model/table-shape.ts';
import type { Row } from '../model/tracker.ts';
import type { Command, ShapeCommand } from './keys.ts';
import { held } from './lines.ts';
import { arranged, only, type State, scrolled, type Update } from './state.ts';

/** Whether a command is about the shape of the table. */
export function isOfShape(command: Command): command is ShapeCommand {
  return ['tree', 'group', 'fold', 'unfold'].includes(command.do);
}

/** Does what a key says about the shape. */
export function inShape(state: State, command: ShapeCommand): Update {
  switch (command.do) {
    case 'tree':
      return only(treeToggled(state));
    case 'group': {
      const next = nextGrouping(state);
      // Cgroups are read only while they are grouped by: they are read now, not in the next tick.
      return { state: next, effects: next.shape === 'cgroup' ? [{ do: 'sample' }] : [] };
    }
    default:
      return only(folded(state, command.do));
  }
}

/** The tree, or the list again. */
function treeToggled(state: State): State {
  return reshaped(state, state.shape === 'tree' ? 'list' : 'tree');
}

/** By name, by user, by cgroup, and no groups any more. */
function nextGrouping(state: State): State {
  const by = groupingOf(state.shape);
  return reshaped(state, GROUPINGS[by === undefined ? 0 : GROUPINGS.indexOf(by) + 1] ?? 'list');
}

function reshaped(state: State, shape: TableShape): State {
  return arranged({ ...state, shape, notice: shape === 'list' ? 'Flat list' : undefined });
}

/**
 * The selected row folded or opened. Where there is nothing more to fold, the selection goes up to the row that this
 * one stands under.
 */
export function folded(state: State, to: 'fold' | 'unfold'): State {
  const row = state.shown[state.cursor];
  if (state.shape === 'list') return { ...state, notice: 'Nothing to fold: press t for the tree, b for groups' };
  if (row?.tree === undefined) return state;
  const { hasChildren, isFolded, above } = row.tree;
  if (hasChildren && isFolded === (to === 'unfold'))
    return arranged({ ...state, anchor: held(state.anchor), toggled: withToggled(state, row) });
  if (to === 'unfold' || above === undefined) return state;
  return scrolled({ ...state, anchor: 'process', cursor: state.shown.findIndex((each) => each.tree === above) });
}

function withToggled({ toggled }: State, row: Row): ReadonlySet<string> {
  const key = keyOf(row);
  return toggled.has(key) ? new Set([...toggled].filter((each) => each !== key)) : new Set([...toggled, key]);
}
