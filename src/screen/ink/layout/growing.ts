// The free space of a line, shared out: children grow into it, or shrink where there is too little.

import { alongAxis } from './axis.ts';
import { EXACT_SIZE } from './constants.ts';
import { type Container, type Extent, type FlexLine, isStretched, modeUpTo, spaceAlong } from './container.ts';
import { float } from './lengths.ts';
import type { LayoutNode } from './node.ts';

/** Gives every child of a line its size. What no child could take is free afterwards. */
export function shareOut(container: Container, line: FlexLine): void {
  const { free } = line;
  setAside(container, line);
  let shared = 0;
  for (const child of line.items) {
    const size = shareOf(line, child);
    const mainSize = size === undefined ? child.flexBasis : child.bounded(container.main, size);
    shared = float(shared + float(mainSize - child.flexBasis));
    visitSized(container, child, mainSize);
  }
  line.free = float(free - shared);
}

/** Takes out of the sums the children that cannot shrink (or grow) as they should, for their padding and border. */
function setAside(container: Container, line: FlexLine): void {
  let taken = 0;
  for (const child of line.items) {
    const size = shareOf(line, child);
    if (size === undefined) continue;
    const bounded = child.bounded(container.main, size);
    if (Number.isNaN(size) || size === bounded) continue;
    taken = float(taken + float(bounded - child.flexBasis));
    if (line.free < 0) line.shrink = float(line.shrink - float(-child.shrinking() * child.flexBasis));
    else line.grow = float(line.grow - child.growth());
  }
  line.free = float(line.free - taken);
}

/** The size of a child with its share of the free space; undefined where it has none. */
function shareOf(line: FlexLine, child: LayoutNode): number | undefined {
  const basis = child.flexBasis;
  if (line.free < 0) {
    const factor = float(-child.shrinking() * basis);
    if (factor === 0) return undefined;
    if (line.shrink === 0) return float(basis + factor);
    return float(basis + float(float(line.free / line.shrink) * factor));
  }
  const factor = child.growth();
  if (!(line.free > 0) || factor === 0) return undefined;
  return float(basis + float(float(line.free / line.grow) * factor));
}

function visitSized(container: Container, child: LayoutNode, mainSize: number): void {
  const { main, isLayout, visit } = container;
  const along: Extent = { size: float(mainSize + alongAxis(child.margin, main)), mode: EXACT_SIZE };
  const across = extentAcross(container, child);
  // A stretched child is laid out when the size of its line is known.
  visit(child, spaceAlong(main, along, across), isLayout && !isStretched(container, child));
}

function extentAcross(container: Container, child: LayoutNode): Extent {
  const { cross, crossMode, inner } = container;
  if (child.hasGiven(cross.size)) {
    return { size: float(child.given[cross.size] + alongAxis(child.margin, cross)), mode: EXACT_SIZE };
  }
  const size = inner[cross.size];
  const isFilled = !Number.isNaN(size) && crossMode === EXACT_SIZE && isStretched(container, child);
  return { size, mode: isFilled ? EXACT_SIZE : modeUpTo(size) };
}
