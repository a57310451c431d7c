// Where a row stands below another, and the lines drawn for it before the command.

import type { Branch } from '../rows/row.ts';

/** The characters that branches are drawn with, each of one cell. */
export interface BranchSet {
  readonly rail: string;
  readonly fork: string;
  readonly end: string;
  readonly shown: string;
  readonly hidden: string;
  /** In the place of levels there is no room for. */
  readonly cut: string;
}

export const BOX_LINES: BranchSet = { rail: '│', fork: '├', end: '└', shown: '─', hidden: '+', cut: '…' };
export const ASCII_LINES: BranchSet = { rail: '|', fork: '|', end: '`', shown: '-', hidden: '+', cut: '~' };

/** However wide the room, no line begins with more levels than this. */
const MOST_LEVELS = 32;

/**
 * The lines before a row in at most `room` cells: two for each level, and the row's own end, `+` where something is
 * folded away. The outer levels give way where there are too many.
 */
export function branchText(branch: Branch<unknown>, set: BranchSet, room: number): string {
  const { depth } = branch;
  if (depth === 0) return branch.isFolded ? `${set.hidden} ` : '';
  const own = `${branch.isLast ? set.end : set.fork}${branch.isFolded ? set.hidden : set.shown} `;
  const levels = Math.max(0, Math.min(depth - 1, MOST_LEVELS, Math.floor((room - own.length - 1) / 2)));
  let text = own;
  let above = branch.above;
  for (let level = 0; level < levels && above !== undefined; level += 1) {
    text = `${above.isLast ? ' ' : set.rail} ${text}`;
    above = above.above;
  }
  return levels < depth - 1 ? set.cut + text : text;
}
