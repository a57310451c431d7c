// The layout before the first sample.
import { arrangementFrom } from '../../model/arrangement/layout.ts';
import { type Layout, layoutOf } from '../layout/layout.ts';
import type { Beginning } from './beginning.ts';

/** The layout of a terminal of N columns and rows in which nothing is open. */
export function initialLayout(beginning: Beginning, size: { columns: number; rows: number }): Layout {
  return layoutOf({
    columns: size.columns,
    lines: size.rows,
    wants: undefined,
    fraction: undefined,
    chosenColumns: beginning.columns,
    hasAgents: false,
    arrangement: arrangementFrom(beginning),
    sorted: beginning.isSortChosen === true ? beginning.sort.column : undefined,
    list: undefined,
    hasTimeline: false,
  });
}
