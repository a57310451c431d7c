// A box with children, while it is laid out: what is known of its space, and its children in one line.

import { alongAxis, crossAxisOf, type FlexAxis } from './axis.ts';
import { ANY_SIZE, AT_MOST, constants, EXACT_SIZE, type SizeMode } from './constants.ts';
import type { AvailableSize } from './known-sizes.ts';
import { float, larger } from './lengths.ts';
import type { LayoutNode, Visit } from './node.ts';

/** The space of a box, without its margins, borders and paddings for what is inner. */
export interface Container {
  readonly node: LayoutNode;
  readonly main: FlexAxis;
  readonly cross: FlexAxis;
  readonly mainMode: SizeMode;
  readonly crossMode: SizeMode;
  readonly inner: { readonly width: number; readonly height: number };
  readonly space: AvailableSize;
  readonly isLayout: boolean;
  readonly visit: Visit;
}

/** The children that follow each other, and what they add up to along the main axis. */
export interface FlexLine {
  readonly items: readonly LayoutNode[];
  /** What they take before growing and shrinking, with margins and gaps. */
  readonly used: number;
  /** The sums of their factors: those of shrinking are weighted by size, and negative. */
  grow: number;
  shrink: number;
  /** What is left to share out, or negative where they take too much. */
  free: number;
  mainSize: number;
  crossSize: number;
}

/** The container for a node, in a space that includes its margins. */
export function containerOf(node: LayoutNode, space: AvailableSize, isLayout: boolean, visit: Visit): Container {
  const main = node.axis;
  const isRow = main.size === 'width';
  return {
    node,
    main,
    cross: crossAxisOf(main),
    mainMode: isRow ? space.widthMode : space.heightMode,
    crossMode: isRow ? space.heightMode : space.widthMode,
    inner: {
      width: innerSize(
        float(space.width - node.margin.left - node.margin.right),
        node,
        isRow ? main : crossAxisOf(main),
      ),
      height: innerSize(
        float(space.height - node.margin.top - node.margin.bottom),
        node,
        isRow ? crossAxisOf(main) : main,
      ),
    },
    space,
    isLayout,
    visit,
  };
}

function innerSize(available: number, node: LayoutNode, axis: FlexAxis): number {
  const inner = float(available - node.frameAlong(axis));
  return Number.isNaN(inner) ? inner : larger(inner, 0);
}

/** The line of the children that are neither hidden nor placed by themselves. */
export function flexLineOf({ node, main }: Container): FlexLine {
  const items = node.children.filter((child) => !(child.isHidden || child.isAbsolute));
  let used = 0;
  let grow = 0;
  let shrink = 0;
  for (const [index, child] of items.entries()) {
    const gap = index === 0 ? 0 : node.gap[main.size];
    used = float(used + float(float(child.flexBasis + alongAxis(child.margin, main)) + gap));
    if (!child.isFlexible()) continue;
    grow = float(grow + child.growth());
    shrink = float(shrink + float(-child.shrinking() * child.flexBasis));
  }
  if (grow > 0 && grow < 1) grow = 1;
  return { items, used, grow, shrink, free: 0, mainSize: 0, crossSize: 0 };
}

/** How a child is aligned across the main axis. */
export function alignmentOf(node: LayoutNode, child: LayoutNode): number {
  return child.alignSelf === constants.ALIGN_AUTO ? node.alignItems : child.alignSelf;
}

/** Whether a child is made as wide (in a row: as high) as its line. */
export function isStretched({ node, cross }: Container, child: LayoutNode): boolean {
  return !child.hasGiven(cross.size) && alignmentOf(node, child) === constants.ALIGN_STRETCH;
}

/** A space along one axis. */
export interface Extent {
  readonly size: number;
  readonly mode: SizeMode;
}

/** A space from those along the main axis and across it. */
export function spaceAlong(main: FlexAxis, along: Extent, across: Extent): AvailableSize {
  const [row, column] = main.size === 'width' ? [along, across] : [across, along];
  return { width: row.size, height: column.size, widthMode: row.mode, heightMode: column.mode };
}

/** A size that nothing limits has no mode but one. */
export const modeUpTo = (size: number): SizeMode => (Number.isNaN(size) ? ANY_SIZE : AT_MOST);

/** Whether sizes of children along the main axis are not asked for. */
export const isSizeAcrossKnown = ({ isLayout, crossMode }: Container): boolean => !isLayout && crossMode === EXACT_SIZE;

/** Exactly a size, if there is one. */
export const exactly = (size: number): Extent => ({ size, mode: Number.isNaN(size) ? ANY_SIZE : EXACT_SIZE });
