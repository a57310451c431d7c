// The branch lines of a tree, drawn before the command.

import type { Branch } from '../rows/row.ts';

/** The characters that branches are drawn with, each of one cell. */
export interface BranchSet {
  readonly rail: string;
  readonly fork: string;
  readonly end: string;
  readonly shown: string;
  readonly hidden: string;
  /** Drawn in place of levels that do not fit. */
  readonly cut: string;
}

export const BOX_LINES: BranchSet = { rail: '│', fork: '├', end: '└', shown: '─', hidden: '+', cut: '…' };
export const ASCII_LINES: BranchSet = { rail: '|', fork: '|', end: '`', shown: '-', hidden: '+', cut: '~' };

/** The most levels that are drawn, however wide the column. */
const MOST_LEVELS = 32;

/**
 * The branch lines of a row in at most `room` cells: two for each level, then the row's own branch, `+` where it is
 * folded. The outer levels are left out where there are too many.
 */
export function branchText(branch: Branch<unknown>, set: BranchSet, width: number): string {
  const { depth } = branch;
  if (depth === 0) return branch.isFolded ? `${set.hidden} ` : '';
  const own = `${branch.isLast ? set.end : set.fork}${branch.isFolded ? set.hidden : set.shown} `;
  const levels = Math.max(0, Math.min(depth - 1, MOST_LEVELS, Math.floor((width - own.length - 1) / 2)));
  let text = own;
  let above = branch.above;
  for (let level = 0; level < levels && above !== undefined; level += 1) {
    text = `${above.isLast ? ' ' : set.rail} ${text}`;
    above = above.above;
  }
  return levels < depth - 1 ? set.cut + text : text;
}
