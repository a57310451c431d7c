// Places and sizes as whole cells, so that neighbours touch: edges are rounded, not sizes.

import { areClose, float, type Rounding, wholeCells } from './lengths.ts';
import type { LayoutNode } from './node.ts';

/** Rounds a node that is in a parent whose place on the screen, before rounding, is known; and all that is in it. */
export function roundToCells(node: LayoutNode, parentLeft: number, parentTop: number): void {
  const { position, computed, isText } = node;
  const left = parentLeft + position.left;
  const top = parentTop + position.top;
  const lower: Rounding = isText ? 'down' : 'nearest';
  position.left = float(wholeCells(position.left, lower));
  position.top = float(wholeCells(position.top, lower));
  computed.width = roundedSize(left, computed.width, isText);
  computed.height = roundedSize(top, computed.height, isText);
  for (const child of node.children) roundToCells(child, left, top);
}

/** A text with a fraction of a cell gets the whole cell. */
function roundedSize(from: number, size: number, isText: boolean): number {
  const isFraction = !areClose(Math.round(size), size);
  const upper: Rounding = isFraction ? 'up' : 'down';
  const end = float(wholeCells(from + size, isText ? upper : 'nearest'));
  return float(end - float(wholeCells(from, isText ? 'down' : 'nearest')));
}
