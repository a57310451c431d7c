// Where the children of a line are: justified along the main axis, aligned across it.

import { alongAxis } from './axis.ts';
import { AT_MOST, constants, EXACT_SIZE } from './constants.ts';
import {
  alignmentOf,
  type Container,
  exactly,
  type FlexLine,
  isSizeAcrossKnown,
  isStretched,
  spaceAlong,
} from './container.ts';
import { float, larger } from './lengths.ts';
import type { LayoutNode } from './node.ts';

/** Places children along the main axis, and finds how large the line is. */
export function justify(container: Container, line: FlexLine): void {
  const { node, main, cross, mainMode, inner, isLayout } = container;
  if (mainMode === AT_MOST && line.free > 0) line.free = 0;
  const spacing = spacingOf(node.justify, line);
  const isAcrossKnown = isSizeAcrossKnown(container);
  let end = float(node.padding[main.start] + node.border[main.start] + spacing.before);
  line.crossSize = isAcrossKnown && line.items.length > 0 ? inner[cross.size] : 0;
  for (const [index, child] of line.items.entries()) {
    if (isLayout) child.position[main.start] = float(child.position[main.start] + end);
    if (index < line.items.length - 1) end = float(end + float(node.gap[main.size] + spacing.between));
    if (isAcrossKnown) {
      end = float(end + float(alongAxis(child.margin, main) + child.flexBasis));
    } else {
      end = float(end + child.outerSize(main));
      line.crossSize = larger(line.crossSize, child.outerSize(cross));
    }
  }
  line.mainSize = float(end + node.padding[main.end] + node.border[main.end]);
}

/** How the free space of a line is spread. Children that already take too much are not spread. */
function spacingOf(justification: number, { free, items }: FlexLine): { before: number; between: number } {
  const count = items.length;
  switch (justification) {
    case constants.JUSTIFY_CENTER:
      return { before: float(free / 2), between: 0 };
    case constants.JUSTIFY_FLEX_END:
      return { before: free, between: 0 };
    case constants.JUSTIFY_SPACE_BETWEEN:
      return { before: 0, between: free > 0 && count > 1 ? float(free / (count - 1)) : 0 };
    case constants.JUSTIFY_SPACE_AROUND:
      return free > 0 ? { before: float(free / 2 / count), between: float(float(free / 2 / count) * 2) } : NOT_SPREAD;
    case constants.JUSTIFY_SPACE_EVENLY:
      return free > 0 ? { before: float(free / (count + 1)), between: float(free / (count + 1)) } : NOT_SPREAD;
    default:
      return NOT_SPREAD;
  }
}

const NOT_SPREAD = { before: 0, between: 0 };

/** Places children across the main axis, and lays out those that are stretched. */
export function align(container: Container, line: FlexLine): void {
  const { node, cross, crossMode, inner } = container;
  const frame = node.frameAlong(cross);
  const withFrame = (size: number) => float(node.bounded(cross, float(size + frame)) - frame);
  const containerSize = crossMode === EXACT_SIZE ? inner[cross.size] : withFrame(line.crossSize);
  line.crossSize = withFrame(crossMode === EXACT_SIZE ? inner[cross.size] : line.crossSize);
  if (!container.isLayout) return;
  const leading = float(node.padding[cross.start] + node.border[cross.start]);
  for (const child of line.items) {
    const before = float(leading + offsetAcross(container, line, child, containerSize));
    child.position[cross.start] = float(child.position[cross.start] + before);
  }
}

function offsetAcross(container: Container, line: FlexLine, child: LayoutNode, containerSize: number): number {
  const { node, main, cross, visit } = container;
  const alignment = alignmentOf(node, child);
  if (alignment === constants.ALIGN_STRETCH) {
    if (!isStretched(container, child)) return 0;
    const size = child.outerSize(main);
    visit(child, spaceAlong(main, exactly(size), exactly(line.crossSize)), true);
    return 0;
  }
  const free = float(containerSize - child.outerSize(cross));
  if (alignment === constants.ALIGN_FLEX_START) return 0;
  return alignment === constants.ALIGN_CENTER ? float(free / 2) : free;
}
