// What stands before a row's command: its place in the tree, or that it is a group.

import type { Column } from '../columns/column.ts';
import type { Row } from '../rows/row.ts';
import { type BranchSet, branchText } from './branch-lines.ts';

export interface LeadStyle {
  readonly branches: BranchSet;
  /** Cells that it may take. */
  readonly room: number;
  /** The columns that are shown: the number of processes in a row is shown here when no column shows it. */
  readonly columns: readonly Column[];
}

/** Fewer cells have space for the command only. */
const FEWEST_CELLS = 4;

/** The lines of the tree, `+` where something is folded, and where nothing else says it, how many are in it. */
export function leadOf(row: Row, { branches, room, columns }: LeadStyle): string {
  const { group, tree } = row;
  if (room < FEWEST_CELLS) return '';
  if (group !== undefined) {
    const sign = tree === undefined ? '' : tree.isFolded ? '+ ' : '- ';
    return isCounted(columns, 'group') ? sign : `${sign}x${group.members.length} `;
  }
  if (tree === undefined) return '';
  const text = branchText(tree, branches, room);
  return tree.isFolded && !isCounted(columns, 'tree') ? `${text}x${tree.total.count} ` : text;
}

/** The column that the tree is drawn in; undefined when none of those that are shown can have it. */
export function leadColumnOf(columns: readonly Column[]): Column | undefined {
  return columns
    .filter(({ leads }) => leads)
    .reduce<Column | undefined>(
      (best, one) => (best !== undefined && best.priority > one.priority ? best : one),
      undefined,
    );
}

function isCounted(columns: readonly Column[], what: Column['counts']): boolean {
  return columns.some(({ counts }) => counts === what);
}
