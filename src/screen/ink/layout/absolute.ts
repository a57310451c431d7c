// Children that are placed by themselves: they take nothing of the line, and lie over the others.

import { alongAxis, COLUMN, type FlexAxis, ROW } from './axis.ts';
import { ANY_SIZE, AT_MOST, constants, EXACT_SIZE } from './constants.ts';
import { alignmentOf, type Container, type Extent, exactly } from './container.ts';
import { float } from './lengths.ts';
import type { LayoutNode } from './node.ts';

/** Lays out and places the children of a box, itself measured, that are placed by themselves. */
export function placeAbsolute(container: Container): void {
  for (const child of container.node.children) {
    if (child.isHidden || !child.isAbsolute) continue;
    layOut(container, child);
    const { node, main, cross } = container;
    placeAlong(node, child, main, justification(node));
    placeAlong(node, child, cross, alignment(node, child));
    if (main.isReversed) {
      child.position[main.end] = float(
        float(node.measured[main.size] - child.measured[main.size]) - child.position[main.start],
      );
    }
  }
}

function layOut({ node, main, space, visit }: Container, child: LayoutNode): void {
  let width = givenExtent(child, ROW);
  let height = givenExtent(child, COLUMN);
  if (width.mode !== EXACT_SIZE || height.mode !== EXACT_SIZE) {
    const available = float(node.measured.width - alongAxis(node.border, ROW));
    const isLimited = main.size === 'height' && width.mode !== EXACT_SIZE && space.widthMode !== ANY_SIZE;
    if (isLimited && available > 0) width = { size: available, mode: AT_MOST };
    visit(child, { width: width.size, widthMode: width.mode, height: height.size, heightMode: height.mode }, false);
    width = exactly(child.outerSize(ROW));
    height = exactly(child.outerSize(COLUMN));
  }
  visit(child, { width: width.size, widthMode: EXACT_SIZE, height: height.size, heightMode: EXACT_SIZE }, true);
}

/** The size that was given to a child, with its margins. */
function givenExtent(child: LayoutNode, axis: FlexAxis): Extent {
  return exactly(
    child.hasGiven(axis.size) ? float(child.given[axis.size] + alongAxis(child.margin, axis)) : Number.NaN,
  );
}

type Place = 'start' | 'center' | 'end';

function justification(node: LayoutNode): Place {
  switch (node.justify) {
    case constants.JUSTIFY_FLEX_END:
      return 'end';
    case constants.JUSTIFY_CENTER:
    case constants.JUSTIFY_SPACE_AROUND:
    case constants.JUSTIFY_SPACE_EVENLY:
      return 'center';
    default:
      return 'start';
  }
}

function alignment(node: LayoutNode, child: LayoutNode): Place {
  const align = alignmentOf(node, child);
  if (align === constants.ALIGN_FLEX_END) return 'end';
  return align === constants.ALIGN_CENTER ? 'center' : 'start';
}

function placeAlong(node: LayoutNode, child: LayoutNode, axis: FlexAxis, place: Place): void {
  const frameBefore = float(node.border[axis.start] + node.padding[axis.start]);
  const frameAfter = float(node.border[axis.end] + node.padding[axis.end]);
  const size = node.measured[axis.size];
  if (place === 'start') {
    child.position[axis.start] = float(frameBefore + child.margin[axis.start]);
  } else if (place === 'end') {
    const after = float(frameAfter + child.margin[axis.end]);
    child.position[axis.start] = float(float(size - child.measured[axis.size]) - after);
  } else {
    const free = float(float(size - frameBefore - frameAfter) - child.outerSize(axis));
    child.position[axis.start] = float(float(free / 2) + frameBefore + child.margin[axis.start]);
  }
}
