// How large each child of a box is along the main axis before it grows or shrinks.

import { alongAxis, COLUMN, type FlexAxis, ROW } from './axis.ts';
import { EXACT_SIZE } from './constants.ts';
import { type Container, type Extent, isStretched, modeUpTo } from './container.ts';
import type { AvailableSize } from './known-sizes.ts';
import { areClose, float } from './lengths.ts';
import type { LayoutNode } from './node.ts';

/** Finds the basis of every child; hidden ones get no size at all. */
export function findBases(container: Container): void {
  const { node, isLayout } = container;
  const filling = fillingChild(container);
  for (const child of node.children) {
    if (child.isHidden) {
      hide(child);
      child.isDirty = false;
      continue;
    }
    if (isLayout) child.position = { ...child.margin };
    if (child.isAbsolute) continue;
    if (child === filling) child.flexBasis = 0;
    else findBasis(container, child);
  }
}

/** The one child that grows and shrinks fills what the others leave: it need not be measured first. */
function fillingChild({ node, mainMode }: Container): LayoutNode | undefined {
  if (mainMode !== EXACT_SIZE) return undefined;
  const [only, ...others] = node.children.filter((child) => child.isFlexible());
  if (only === undefined || others.length > 0) return undefined;
  return areClose(only.growth(), 0) || areClose(only.shrinking(), 0) ? undefined : only;
}

function hide(node: LayoutNode): void {
  node.forgetLayout();
  node.computed = { width: 0, height: 0 };
  for (const child of node.children) hide(child);
}

function findBasis(container: Container, child: LayoutNode): void {
  const { main, inner, visit } = container;
  if (!Number.isNaN(child.basis) && !Number.isNaN(inner[main.size])) {
    // As in Yoga, a basis that is known is not looked at again before something of the child changes.
    if (Number.isNaN(child.flexBasis)) child.flexBasis = child.bounded(main, child.basis);
  } else if (child.hasGiven(main.size)) {
    child.flexBasis = child.bounded(main, child.given[main.size]);
  } else {
    visit(child, measuringSpace(container, child), false);
    child.flexBasis = child.bounded(main, child.measured[main.size]);
  }
}

/** The space in which a child is measured: what it was given, or at most what there is, or exactly that to stretch. */
function measuringSpace(container: Container, child: LayoutNode): AvailableSize {
  const width = measuringSize(container, child, ROW);
  const height = measuringSize(container, child, COLUMN);
  return { width: width.size, height: height.size, widthMode: width.mode, heightMode: height.mode };
}

function measuringSize(container: Container, child: LayoutNode, axis: FlexAxis): Extent {
  if (child.hasGiven(axis.size)) {
    return { size: float(child.given[axis.size] + alongAxis(child.margin, axis)), mode: EXACT_SIZE };
  }
  const size = container.inner[axis.size];
  const isFilled =
    axis.size === container.cross.size && container.crossMode === EXACT_SIZE && isStretched(container, child);
  return isFilled && !Number.isNaN(size) ? { size, mode: EXACT_SIZE } : { size, mode: modeUpTo(size) };
}
