// What stands before a row's command: its place in the tree, or that it is a group.

import type { Row } from '../rows/row.ts';
import { type BranchSet, branchText } from './branch-lines.ts';

export interface LeadStyle {
  readonly branches: BranchSet;
  /** Cells that it may take. */
  readonly room: number;
  /** Ids of the columns that are shown: the number of processes in a row is shown here when no column shows it. */
  readonly columns: readonly string[];
}

/** Fewer cells have space for the command only. */
const FEWEST_CELLS = 4;

/** The lines of the tree, `+` where something is folded, and where nothing else says it, how many are in it. */
export function leadOf(row: Row, { branches, room, columns }: LeadStyle): string {
  const { group, tree } = row;
  if (room < FEWEST_CELLS) return '';
  if (group !== undefined) {
    const sign = tree === undefined ? '' : tree.isFolded ? '+ ' : '- ';
    return columns.includes('pid') ? sign : `${sign}x${group.members.length} `;
  }
  if (tree === undefined) return '';
  const text = branchText(tree, branches, room);
  return tree.isFolded && !columns.includes('subtree') ? `${text}x${tree.total.count} ` : text;
}

/** The column that the tree is drawn in; undefined when neither command nor name is shown. */
export function leadColumnOf(columns: readonly string[]): string | undefined {
  return ['command', 'name'].find((id) => columns.includes(id));
}
