// What is drawn before a row's command: branch lines of the tree, or the sign of a group.

import type { Column } from '../columns/column.ts';
import type { Row } from '../rows/row.ts';
import { type BranchSet, branchText } from './branch-lines.ts';

export interface LeadStyle {
  readonly branches: BranchSet;
  /** Cells that it may take. */
  readonly width: number;
  /** The visible columns: the number of processes of a row is shown in the prefix when no column shows it. */
  readonly columns: readonly Column[];
}

/** With fewer cells than this there is space for the command only. */
const FEWEST_CELLS = 4;

/** Branch lines, `+` where a row is folded, and the number of its processes where no column shows it. */
export function leadOf(row: Row, { branches, width, columns }: LeadStyle): string {
  const { group, tree } = row;
  if (width < FEWEST_CELLS) return '';
  if (group !== undefined) {
    const sign = tree === undefined ? '' : tree.isFolded ? '+ ' : '- ';
    return isCounted(columns, 'group') ? sign : `${sign}x${group.members.length} `;
  }
  if (tree === undefined) return '';
  const text = branchText(tree, branches, width);
  return tree.isFolded && !isCounted(columns, 'tree') ? `${text}x${tree.total.count} ` : text;
}

/** The column that the tree is drawn in; undefined when no visible column can have it. */
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
