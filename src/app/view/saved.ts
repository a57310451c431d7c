// What the key S saves: the part of the state that a settings file can hold.

import { groupingOf } from '../../model/arrangement/layout.ts';
import type { ColumnId } from '../../model/columns/columns.ts';
import type { FileSettings } from '../../settings/table.ts';
import type { State } from '../state/state.ts';

/**
 * The settings to save, as they are on the screen now: those that keys change. What is only meant for the moment
 * (filter, user, pids) is not among them.
 */
export function savedOf({ order, appearance, ...state }: State): Partial<FileSettings> {
  return {
    interval: state.interval,
    sort: { column: order.column.id as ColumnId, descending: order.descending },
    columns: state.chosenColumns,
    tree: state.arrangement === 'tree',
    group: groupingOf(state.arrangement),
    kernel: state.kernel,
    scale: state.isScaleShared ? 'shared' : 'own',
    theme: appearance.theme,
    // A terminal that can only show ASCII says nothing about what the user wants on another.
    ...(appearance.ascii ? {} : { graph: appearance.graph }),
    thresholds: appearance.thresholds,
  };
}
